"""Automation: claims jobs from the store, runs each in a supervised child, settles the result.

    __main__     python -m worker
    queue        Huey's pool over the jobs table; the only file that imports huey
    loop         the same claims and settlements in one process, without Huey
    guard        what is checked before the first claim
    station      a worker's standing: its kernel lock, its doorbell, its heartbeat
    tenure       when a worker process makes room for a fresh one
    runner       batch after batch: claim → run → settle and claim, in one transaction
    batch        jobs claimed together, run in turn, settled with one commit
    run          one job, one straight line: gather → perform → the words for its end
    supervisor   the parent's side of a job's child: deadline, cancel, honest endings
    child        the child's side: a process without the store
    forked       that child as its parent holds it, kept for the next light job
    apart        work on the store's files, in a process started anew
    cores        one piece of work on every core, by forks that end with it
    frames       what goes over the pipes between the two
    outcome      what can become of one run
    telling      progress and log lines on their way to the store
    logs         colours for people, JSON lines for programs
    registry     job kind → handler, complete by test
    clock        what happens every second and every ten
    waiting      whether there is work for the kinds that only run when it waits
    watch        what can stand wrong: looked at, raised, resolved
    handlers/    one file per kind: gather, perform, settle
    pipeline/    the handover stages, values in, values out
    workflows/   work orders: what they plan, and how it is verified
    documents/   snapshot in, HTML and PDF out

It assists: it cannot sign, and the rules refuse it if it tries.
"""

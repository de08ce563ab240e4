"""One job whole: error, phase, estimate, spans, attempts, log, what it may, related, raw."""

import json
from pathlib import Path

from storage.jobs.actions import complete, submit
from storage.jobs.endings import Account
from storage.jobs.record import ClaimedJob, LogEntry, Progress
from storage.jobs.telemetry import tell
from storage.jobs.views import log_of, show_job
from tests.builders import a_second_officer, a_signed_handover
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_queued_job, a_running_job, a_worker
from tests.console.app.terminal import LARGE, Terminal, a_terminal


def a_run_of_thirty_seconds(clock: ShipClock) -> None:
    """History: what the last run of this kind took."""
    job = a_running_job()
    clock.advance(seconds=30)
    complete(job, dict, Account())


def says_more(job: ClaimedJob) -> None:
    """Progress with counters, and a line with something behind it."""
    progress = Progress(phase="sleep", current=4, total=10, unit="naps", counters={"dreams": 2})
    tell(job, progress, [LogEntry(level="WARN", event="nap", message="woke", context={"at": 4})])


async def opens_the_newest_job(terminal: Terminal, *words: str) -> None:
    """The job at the top of the list, whole."""
    await terminal.goes_to("4", "[Jobs]")
    await terminal.until(lambda: terminal.rows.cursor_id, "a row")
    await terminal.press("enter")
    await terminal.sees(*words)


async def test_a_running_job_shows_phase_counters_elapsed_and_an_estimate_from_history(
    store: Path, clock: ShipClock
) -> None:
    """CONSOLE rule 14"""
    with a_worker():
        a_run_of_thirty_seconds(clock)
        clock.advance(minutes=1)
        says_more(a_running_job())
        clock.advance(seconds=12)
        async with a_terminal(store, size=LARGE) as terminal:
            await opens_the_newest_job(terminal, "phase 1 of 1: sleep · 4 of 10 naps · 2 dreams")
            await terminal.sees("about 18 s left; the last runs took 30 s", "run time 12 s")
            await terminal.sees("A run usually takes about 30 s.")


async def test_a_queued_job_says_its_place_and_when_it_should_start(
    store: Path, clock: ShipClock
) -> None:
    """CONSOLE rules 6 and 10"""
    with a_worker():
        a_run_of_thirty_seconds(clock)
        a_running_job()
        for _ in range(3):
            submit(a_second_officer().actor, "sleep", {})
            clock.advance(seconds=1)
        clock.advance(minutes=2)
        async with a_terminal(store, size=LARGE) as terminal:
            await opens_the_newest_job(terminal, "3 in its queue (1 is next)")
            await terminal.sees("LT (UTC+2) · 04:03 UTC · in 1 min", "queue wait 2 min 01 s")


async def test_the_row_under_the_cursor_stays_explained_when_others_change(store: Path) -> None:
    """CONSOLE rule 6: the picture explains the row the cursor was on when it was asked for."""
    with a_worker():
        a_running_job("crud")
        a_queued_job()
        async with a_terminal(store) as terminal:
            await terminal.goes_to("4", "2 jobs", "why It waits")
            await terminal.press("down")
            await terminal.sees("why It has been running")
            a_queued_job()
            await terminal.sees("3 jobs", "why It has been running")


async def test_waiting_and_running_are_told_apart(store: Path, clock: ShipClock) -> None:
    submit(a_second_officer().actor, "sleep", {})
    clock.advance(minutes=4)
    with a_worker():
        a_run_of_thirty_seconds(clock)
        async with a_terminal(store, size=LARGE) as terminal:
            await terminal.goes_to("4", "2 jobs")
            await terminal.press("down", "enter")
            await terminal.sees("queue wait 4 min 00 s", "run time 30 s")


async def test_what_stands_behind_a_line_of_the_log_is_shown_on_demand(store: Path) -> None:
    """CONSOLE rule 8"""
    with a_worker():
        says_more(a_running_job())
        async with a_terminal(store, size=LARGE) as terminal:
            await opens_the_newest_job(terminal, "WARN nap · woke +1")
            assert '{"at": 4}' not in terminal.flat
            await terminal.press("c")
            await terminal.sees('{"at": 4}', "c hides what stands behind 1 of them")
            await terminal.press("c")
            await terminal.until(lambda: '{"at": 4}' not in terminal.flat, "hidden")


async def test_a_log_without_more_says_so(store: Path) -> None:
    """CONSOLE rule 5"""
    a_queued_job()
    async with a_terminal(store) as terminal:
        await opens_the_newest_job(terminal, "why")
        await terminal.press("c")
        await terminal.says("No line of its log has any.")
        await terminal.press("enter")
        await terminal.says("It is about nothing else on board.")


async def test_following_keeps_the_newest_line_in_sight(store: Path) -> None:
    with a_worker():
        job = a_running_job()
        async with a_terminal(store) as terminal:
            await opens_the_newest_job(terminal, "why")
            await terminal.press("l")
            tell(job, None, [LogEntry(level="INFO", event="n", message=f"{n}") for n in range(40)])
            await terminal.sees("n · 39")
            tell(job, None, [LogEntry(level="INFO", event="n", message="the last")])
            await terminal.sees("n · the last")


async def test_an_attempt_that_failed_shows_its_error_traceback_and_time(store: Path) -> None:
    with a_worker():
        a_failed_job("pump\x1b[2J dry")
    async with a_terminal(store, size=LARGE) as terminal:
        await opens_the_newest_job(terminal, "error pump<U+001B>[2J dry", "attempt 1 failed error")
        await terminal.sees("traceback Traceback: line 1", "RuntimeError: pump<U+001B>[2J dry")
        await terminal.sees("be stopped while it runs", "write nothing")


async def test_the_raw_record_is_the_json_that_the_command_line_prints(store: Path) -> None:
    with a_worker():
        job_id = a_failed_job("sharp \u202e end")
    async with a_terminal(store, size=LARGE) as terminal:
        await opens_the_newest_job(terminal, "why")
        await terminal.press("J")
        await terminal.sees(f'"job_id": "{job_id}"', "sharp \\u202e end")
        await terminal.press("y")
        await terminal.until(lambda: terminal.app.clipboard or "written" in terminal.status, "")
        copied = terminal.app.clipboard or (store / "copied.txt").read_text()
        assert json.loads(copied) == show_job(job_id).model_dump(mode="json")
        await terminal.press("J")
        await terminal.sees("why")


async def test_an_export_leads_to_its_signed_handover(store: Path) -> None:
    signed = a_signed_handover()
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("4", "Prepare export")
        await terminal.press("enter")
        await terminal.sees("goes to the signed handover")
        await terminal.press("enter")
        await terminal.sees("Signed handover", signed)


async def test_a_long_log_shows_its_newest_lines_and_follows_them(store: Path) -> None:
    """Following means the end, however long the log has become."""
    with a_worker():
        job = a_running_job()
        lines = [
            LogEntry(level="INFO", event="step", message=f"number {n}") for n in range(1, 1_205)
        ]
        tell(job, Progress(phase="sleep"), lines)
        async with a_terminal(store, size=LARGE) as terminal:
            await opens_the_newest_job(terminal, "the newest 1,000 of 1,20")
            await terminal.press("l")
            await terminal.sees("number 1204")
            tell(
                job,
                Progress(phase="sleep"),
                [LogEntry(level="INFO", event="step", message="one more")],
            )
            await terminal.press("f5")
            await terminal.sees("one more")
    assert len(log_of(job.job_id)) >= 1_205


async def test_a_queued_job_is_raised_by_a_key(store: Path) -> None:
    """JOBS §3, CONSOLE rule 5"""
    job = a_queued_job()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await terminal.goes_to("4", "b boost")
        await terminal.press("b")
        await terminal.says("Raised to priority 4, before the others of its queue.")
        await terminal.sees("(b boost)")
        await terminal.press("b")
        await terminal.says("It has the highest priority already.")
    assert show_job(job).priority == 4

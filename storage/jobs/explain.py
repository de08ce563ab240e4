"""Why a job is where it is, in one sentence; the console and the command line both ask here."""

from storage.clock import from_text, to_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.jobs.liveness import any_worker_alive
from storage.jobs.record import JobRow
from storage.jobs.rules import Head, Limits, why_not_cancel, why_not_retry, why_waiting
from storage.jobs.states import JobStatus, Reason, is_poisoned
from storage.jobs.waiting import limits

COUNTED_AHEAD = 1000

ENDINGS: dict[str, str] = {
    Reason.COMPLETED: "It did its work.",
    Reason.COMPLETED_WITH_ISSUES: "It did its work and noted problems; its log has them.",
    Reason.AWAITING_USER: "It did its work; what it made waits for a person.",
    Reason.NOTHING_TO_DO: "There was nothing to do, so nothing was changed.",
    Reason.DRY_RUN: "It was a dry run: recorded, and nothing done.",
    Reason.ERROR: "It failed with an error; nothing of it was kept.",
    Reason.REFUSED: "A rule refused its result; nothing of it was kept.",
    Reason.TIMED_OUT: "It ran past its time-out and was stopped; nothing of it was kept.",
    Reason.CRASHED: "Its process died; nothing of it was kept.",
    Reason.WORKER_LOST: "The worker that ran it died, too often to try again by itself.",
    Reason.OUTCOME_UNKNOWN: "The worker that ran it died, and nobody knows whether it took effect; "
    "decide `rerun` or `close`.",
    Reason.LOCK_UNAVAILABLE: "Another job held the lock it needs.",
    Reason.CANCELLED_BY_OPERATOR: "A person cancelled it.",
    Reason.PARENT_CANCELLED: "The job it belonged to was cancelled.",
}

_AHEAD = """
SELECT count(*) FROM (
    SELECT 1 FROM job WHERE status = 'queued' AND queue = ? AND available_at <= ?
    AND (priority > ? OR (priority = ? AND (available_at, job_id) < (?, ?))) LIMIT ?)
"""
_HOLDER = "SELECT job_id FROM job WHERE status = 'running' AND lock_key = ?"


def explain(job: JobRow) -> str:
    """One sentence for every situation a job can be in."""
    with read_only():
        if job.status is JobStatus.QUEUED:
            return _why_queued(job)
        if job.status is JobStatus.RUNNING:
            return _how_running(job)
    if is_poisoned(job.status_reason):
        what = job.status_reason.partition(":")[2]
        return f"It cannot succeed ({what}), so it is never retried."
    said = ENDINGS.get(job.status_reason, f"It is {job.status} ({job.status_reason}).")
    if job.status is JobStatus.FAILED and why_not_retry(job.status, job.status_reason, job.spec):
        return said
    return f"{said} It can be retried." if job.status is JobStatus.FAILED else said


def why_no_cancel(job: JobRow) -> str | None:
    """Why the job cannot be cancelled now; None when it can."""
    asked = job.cancel_requested_at is not None
    return why_not_cancel(job.status, job.status_reason, job.spec, asked)


def why_no_retry(job: JobRow) -> str | None:
    """Why the job cannot be retried now; None when it can."""
    return why_not_retry(job.status, job.status_reason, job.spec)


def _why_queued(job: JobRow) -> str:
    held = limits()
    head = Head(job.job_id, job.queue, job.lock_key, job.priority, to_text(job.available_at))
    match why_waiting(head, held):
        case "engine_paused":
            return "It waits because the whole engine is paused."
        case "queue_paused":
            return f"It waits because the queue {job.queue} is paused."
        case "not_due":
            return f"It is not due before {from_text(head.available_at):%Y-%m-%d %H:%M:%S} UTC."
        case "lock":
            holder = ledger.execute_sql(_HOLDER, (job.lock_key,)).fetchone()
            return f"It waits for job {holder[0]}, which holds the {job.spec.lock} lock."
        case "limit":
            return _limit_words(job, held)
    if not any_worker_alive():
        return "It waits because no worker is running; `eightbells worker` starts one."
    ahead = _ahead(job, head, held)
    return f"It waits for a free worker; {ahead} before it in the queue {job.queue}."


def _limit_words(job: JobRow, held: Limits) -> str:
    limit = held.max_concurrent[job.queue]
    return f"It waits because {limit} of the queue {job.queue} may run at once, and that many do."


def _ahead(job: JobRow, head: Head, held: Limits) -> str:
    facts = (job.queue, held.now, job.priority, job.priority, head.available_at, job.job_id)
    n = ledger.execute_sql(_AHEAD, (*facts, COUNTED_AHEAD)).fetchone()[0]
    return {0: "no job is", 1: "1 job is"}.get(n, f"{n} jobs are")


def _how_running(job: JobRow) -> str:
    if job.cancel_requested_at:
        return "It was asked to stop; its worker stops it within seconds."
    seconds = int((now() - (job.started_at or now())).total_seconds())
    left = max(0, job.spec.timeout_s - seconds)
    phase = f", in phase {job.progress.phase}" if job.progress else ""
    return f"It has been running for {seconds} s{phase}; it ends by itself or in {left} s."

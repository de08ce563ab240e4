"""Why a job is where it is, and why an act on it is refused, in one sentence; the console, the
command line and the refusals themselves all ask here."""

from storage.clock import from_text, span_words
from storage.database import now, read_only
from storage.engine import ledger
from storage.jobs.duplicates import active_duplicate
from storage.jobs.forecast import forecast, typical_s
from storage.jobs.limits import effective
from storage.jobs.liveness import any_worker_alive, is_alive
from storage.jobs.membership import group_is_cancelled
from storage.jobs.record import Forecast, JobRow
from storage.jobs.rules import (
    GROUP_CANCELLED,
    Head,
    Limits,
    why_not_cancel,
    why_not_decide,
    why_not_retry,
    why_waiting,
)
from storage.jobs.states import JobStatus, Reason, is_poisoned
from storage.jobs.views import workers
from storage.jobs.waiting import head_of, limits

WAITING: dict[str, str] = {
    "engine_paused": "It waits because the whole engine is paused.",
    "queue_paused": "It waits because the queue {queue} is paused.",
    "not_due": "It is not due before {due:%Y-%m-%d %H:%M:%S} UTC.",
    "lock": "It waits for job {holder}, which holds the {lock} lock.",
    "limit": "It waits because {limit} of the queue {queue} may run at once, and that many do.",
    "no_worker": "It waits because no worker is running; `eightbells worker` starts one.",
    "draining": "It waits because the workers were told to stop: they end what they run and take "
    "nothing more; `eightbells worker` starts others.",
    "behind": "It waits for a free worker; {ahead} before it in the queue {queue}.",
}
"""Why a queued job does not run. The first one that holds is told."""

EXPECTED = " It should start in about {wait}{later}; a run takes {each}."

RUNNING: dict[str, str] = {
    "orphaned": "The worker that ran it died without a word; others that run see to it within "
    "seconds, else the next one that starts does.",
    "stopping": "It was asked to stop; its worker stops it within seconds.",
    "atomic": "It has been running for {ran}{phase}; it is atomic: it ends by itself or in {left}.",
    "stoppable": "It has been running for {ran}{phase}; it ends by itself or in {left}, "
    "and may be cancelled.",
}

USUAL = " A run usually takes {each}."

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
    Reason.NOT_BEGUN: "It was claimed and given back before its turn came.",
    Reason.OUTCOME_UNKNOWN: "The worker that ran it died, and nobody knows whether it took effect; "
    "decide `rerun` or `close`.",
    Reason.LOCK_UNAVAILABLE: "Another job held the lock it needs.",
    Reason.CANCELLED_BY_OPERATOR: "A person cancelled it.",
    Reason.PARENT_CANCELLED: "The group it belonged to was cancelled before it began.",
}

COLLISION = "Job {other} already does the same work; wait for it or cancel it."

_WORKER = """
SELECT a.worker_id FROM job JOIN job_attempt a ON a.attempt_id = job.attempt_id
WHERE job.job_id = ? AND job.status = 'running'
"""
_HOLDER = "SELECT job_id FROM job WHERE status = 'running' AND lock_key = ?"


def explain(job: JobRow) -> str:
    """A sentence or two for every situation a job can be in."""
    with read_only():
        match job.status:
            case JobStatus.QUEUED:
                return _why_queued(job)
            case JobStatus.RUNNING:
                return _how_running(job)
            case JobStatus.FAILED:
                return _what_failed(job)
    return _ending(job)


def why_no_cancel(job: JobRow) -> str | None:
    """Why the job cannot be cancelled now; None when it can."""
    asked = job.cancel_requested_at is not None
    return why_not_cancel(job.status, job.spec, asked, _left_s(job))


def why_no_retry(job: JobRow) -> str | None:
    """Why the job cannot be retried now; None when it can.

    What the store alone knows counts too: a cancelled group, the same work already active.
    """
    refusal = why_not_retry(job.status, job.status_reason, job.spec)
    return refusal or _why_not_again(job)


def why_no_decision(job: JobRow, rerun: bool) -> str | None:
    """Why nothing is to be decided about the job now, or why not to run it again."""
    refusal = why_not_decide(job.status, job.status_reason)
    return refusal or (_why_not_again(job) if rerun else None)


def _why_not_again(job: JobRow) -> str | None:
    with read_only():
        if job.group_id and group_is_cancelled(job.job_id):
            return GROUP_CANCELLED
        other = active_duplicate(job.duplicate_key)
        return COLLISION.format(other=other) if other else None


def _why_queued(job: JobRow) -> str:
    held = limits()
    head = head_of(job)
    word = why_waiting(head, held)
    if word is None:
        word = _workers_word()
    where = forecast(job)
    said = WAITING[word].format(**_waiting_facts(job, head, held, where))
    return said + _expected(where) if word in ("behind", "lock", "limit") else said


def _workers_word() -> str:
    """What the workers say of a job that nothing else holds back."""
    if not any_worker_alive():
        return "no_worker"
    states = {worker.state for worker in workers() if worker.alive}
    return "draining" if states == {"draining"} else "behind"


def _waiting_facts(
    job: JobRow, head: Head, held: Limits, where: Forecast | None
) -> dict[str, object]:
    holder = ledger.execute_sql(_HOLDER, (job.lock_key,)).fetchone() if job.lock_key else None
    return {
        "queue": job.queue,
        "due": from_text(head.available_at),
        "holder": holder and holder[0],
        "lock": job.spec.lock,
        "limit": held.max_concurrent.get(job.queue),
        "ahead": _ahead_words(where),
    }


def _ahead_words(where: Forecast | None) -> str:
    ahead = where.position - 1 if where else 0
    words = {0: "no job is", 1: "1 job is"}.get(ahead, f"{ahead} jobs are")
    return f"at least {words}" if where and where.at_least else words


def _expected(where: Forecast | None) -> str:
    if where is None or where.expected_start is None or where.typical_s is None:
        return ""
    wait = span_words((where.expected_start - now()).total_seconds())
    each = _each_words(where.typical_s)
    later = " or later" if where.at_least else ""
    return EXPECTED.format(later=later, wait=wait, each=each)


def _each_words(typical: float) -> str:
    return f"about {span_words(typical)}" if typical >= 1 else "less than 1 s"


def _how_running(job: JobRow) -> str:
    if _is_orphaned(job):
        return RUNNING["orphaned"]
    if job.cancel_requested_at:
        return RUNNING["stopping"]
    ran = (now() - (job.started_at or now())).total_seconds()
    facts = {
        "ran": span_words(ran),
        "phase": f", in phase {job.progress.phase}" if job.progress else "",
        "left": span_words(_left_s(job)),
    }
    said = RUNNING["stoppable" if job.spec.cancel_running else "atomic"].format(**facts)
    usual = typical_s(job.kind)
    return said if usual is None else said + USUAL.format(each=_each_words(usual))


def _is_orphaned(job: JobRow) -> bool:
    row = ledger.execute_sql(_WORKER, (job.job_id,)).fetchone()
    return row is not None and not is_alive(row[0])


def _left_s(job: JobRow) -> float:
    ran = (now() - (job.started_at or now())).total_seconds()
    return max(0.0, effective(job.kind).timeout_s - ran)


def _what_failed(job: JobRow) -> str:
    if job.status_reason == Reason.OUTCOME_UNKNOWN:
        return _ending(job)
    refusal = why_no_retry(job)
    return f"{_ending(job)} {refusal or 'It can be retried.'}"


def _ending(job: JobRow) -> str:
    if is_poisoned(job.status_reason):
        what = job.status_reason.partition(":")[2]
        return f"It cannot succeed ({what})."
    return ENDINGS.get(job.status_reason, f"It is {job.status} ({job.status_reason}).")

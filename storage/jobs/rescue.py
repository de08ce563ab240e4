"""Rescue: what a dead worker left running is ended honestly, and run again where that is safe.

A worker is dead when its kernel lock is free; no clock is asked (JOBS §5).
"""

from datetime import datetime

from storage.audit.actions import act
from storage.audit.actor import SYSTEM, Actor
from storage.clock import to_text
from storage.database import on_commit
from storage.engine import ledger
from storage.jobs import doorbell
from storage.jobs.endings import Failure, end
from storage.jobs.groups import job_ended
from storage.jobs.kinds import JobKind
from storage.jobs.limits import effective
from storage.jobs.liveness import is_alive
from storage.jobs.membership import group_is_cancelled
from storage.jobs.record import Metrics
from storage.jobs.states import JobStatus, Reason
from storage.jobs.turns import not_begun

_RUNNING = """
SELECT a.worker_id, job.job_id, job.attempt_id, job.kind
FROM job JOIN job_attempt a ON a.attempt_id = job.attempt_id WHERE job.status = 'running'
"""
_HELD = """
SELECT kind, requeues, attempt, cancel_requested_at FROM job
WHERE job_id = ? AND attempt_id = ? AND status = 'running'
"""
_NOT_BEGUN = (JobStatus.FAILED, Reason.NOT_BEGUN)
_REQUEUE = """
UPDATE job SET status = 'queued', status_reason = ?, requeues = requeues + ?, finished_at = NULL,
    queued_at = ?, available_at = min(available_at, ?), last_activity_at = ?,
    cancel_requested_at = NULL
WHERE job_id = ? AND status = 'failed'
"""
LOST = "The worker that ran it is gone."
NO_TURN = "It was claimed with others and given back before its turn came."


def rescue_lost() -> list[str]:
    """End every running job whose worker is dead; the ids of those jobs.

    What it had claimed and not begun goes back as it was. Idempotent kinds go back into the queue,
    at most `auto_retry_limit` times and not in a cancelled group; of the others the outcome is
    unknown and a person decides.
    """
    rows = ledger.execute_sql(_RUNNING).fetchall()
    living = {worker for worker in {row[0] for row in rows} if is_alive(worker)}
    waiting = {worker: not_begun(worker) for worker in {row[0] for row in rows} - living}
    return [
        job_id
        for worker, job_id, attempt_id, _ in rows
        if worker in waiting and _rescue(job_id, attempt_id, attempt_id not in waiting[worker])
    ]


def running_attempts() -> dict[str, tuple[str, JobKind]]:
    """The worker and kind of every attempt that runs now, by attempt id."""
    rows = ledger.execute_sql(_RUNNING).fetchall()
    return {attempt_id: (worker, JobKind(kind)) for worker, _, attempt_id, kind in rows}


def give_up(actor: Actor, job_id: str, attempt_id: str, why: str) -> bool:
    """End one attempt that nobody will finish; False when it has ended by itself meanwhile."""
    with act(actor, "job.rescued", "job", job_id, job_id=job_id) as deed:
        held = ledger.execute_sql(_HELD, (job_id, attempt_id)).fetchone()
        if held is None:
            deed.unchanged()
            return False
        kind, requeues, number, _ = held
        spec = effective(JobKind(kind))
        reason = Reason.WORKER_LOST if spec.idempotent else Reason.OUTCOME_UNKNOWN
        again = spec.idempotent and requeues < spec.auto_retry_limit
        again = again and not group_is_cancelled(job_id)
        deed.detail = {"attempt": number, "reason": reason.value, "requeued": again}
        failure = Failure(reason, "WorkerLost", why)
        end(job_id, attempt_id, JobStatus.FAILED, reason, deed.at, Metrics(), failure=failure)
        if again:
            _requeue(job_id, deed.at, cost=1)
        else:
            job_ended(job_id)
        return True


def hand_back(actor: Actor, job_id: str, attempt_id: str) -> bool:
    """Queue a job again whose attempt was claimed and never began; False when it is not held.

    Its place in the queue is the old one and none of its automatic retries is used up. One that
    somebody asked to stop meanwhile is cancelled instead.
    """
    with act(actor, "job.rescued", "job", job_id, job_id=job_id) as deed:
        held = ledger.execute_sql(_HELD, (job_id, attempt_id)).fetchone()
        if held is None:
            deed.unchanged()
            return False
        stop = _why_stopped(job_id, held[3])
        deed.detail = {"attempt": held[2], "reason": Reason.NOT_BEGUN.value, "requeued": not stop}
        status, reason = (JobStatus.CANCELLED, stop) if stop else _NOT_BEGUN
        failure = Failure(reason, "NotBegun", NO_TURN)
        end(job_id, attempt_id, status, reason, deed.at, Metrics(), failure=failure)
        if stop:
            job_ended(job_id)
        else:
            _requeue(job_id, deed.at, cost=0)
        return True


def _rescue(job_id: str, attempt_id: str, begun: bool) -> bool:
    if begun:
        return give_up(SYSTEM, job_id, attempt_id, LOST)
    return hand_back(SYSTEM, job_id, attempt_id)


def _why_stopped(job_id: str, cancel_requested_at: str | None) -> Reason | None:
    if cancel_requested_at:
        return Reason.CANCELLED_BY_OPERATOR
    return Reason.PARENT_CANCELLED if group_is_cancelled(job_id) else None


def _requeue(job_id: str, at: datetime, *, cost: int) -> None:
    moment = to_text(at)
    ledger.execute_sql(_REQUEUE, (Reason.REQUEUED, cost, moment, moment, moment, job_id))
    on_commit(doorbell.ring)

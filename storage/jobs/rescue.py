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
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.liveness import is_alive
from storage.jobs.record import Metrics
from storage.jobs.states import JobStatus, Reason

_RUNNING = """
SELECT a.worker_id, job.job_id, job.attempt_id, job.kind
FROM job JOIN job_attempt a ON a.attempt_id = job.attempt_id WHERE job.status = 'running'
"""
_HELD = """
SELECT kind, requeues, attempt FROM job
WHERE job_id = ? AND attempt_id = ? AND status = 'running'
"""
_REQUEUE = """
UPDATE job SET status = 'queued', status_reason = ?, requeues = requeues + 1, finished_at = NULL,
    queued_at = ?, last_activity_at = ?, cancel_requested_at = NULL
WHERE job_id = ? AND status = 'failed'
"""
LOST = "The worker that ran it is gone."


def rescue_lost() -> list[str]:
    """End every running job whose worker is dead; the ids of those jobs.

    Idempotent kinds go back into the queue, at most `auto_retry_limit` times; of the others the
    outcome is unknown and a person decides.
    """
    rows = ledger.execute_sql(_RUNNING).fetchall()
    living = {worker for worker in {row[0] for row in rows} if is_alive(worker)}
    return [
        job_id
        for worker, job_id, attempt_id, _ in rows
        if worker not in living and give_up(SYSTEM, job_id, attempt_id, LOST)
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
        kind, requeues, number = held
        spec = KINDS[JobKind(kind)]
        reason = Reason.WORKER_LOST if spec.idempotent else Reason.OUTCOME_UNKNOWN
        again = spec.idempotent and requeues < spec.auto_retry_limit
        deed.detail = {"attempt": number, "reason": reason.value, "requeued": again}
        failure = Failure(reason, "WorkerLost", why)
        end(job_id, attempt_id, JobStatus.FAILED, reason, deed.at, Metrics(), failure=failure)
        if again:
            _requeue(job_id, deed.at)
        return True


def _requeue(job_id: str, at: datetime) -> None:
    moment = to_text(at)
    ledger.execute_sql(_REQUEUE, (Reason.REQUEUED, moment, moment, job_id))
    on_commit(doorbell.ring)

"""What people decide about a job: cancel it, retry it, say what became of it, raise it."""

from typing import Literal

from storage.audit.actions import Deed, act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.database import on_commit
from storage.engine import ledger
from storage.errors import BadInput, WrongState
from storage.jobs import doorbell
from storage.jobs.explain import why_no_cancel, why_no_decision, why_no_retry
from storage.jobs.groups import job_ended
from storage.jobs.states import JobStatus, Reason
from storage.jobs.views import find_job

_CANCEL = """
UPDATE job SET status = 'cancelled', status_reason = ?, finished_at = ?, last_activity_at = ?
WHERE job_id = ? AND status IN ('queued', 'failed')
"""
_ASK_TO_STOP = "UPDATE job SET cancel_requested_at = ? WHERE job_id = ? AND status = 'running'"
_REQUEUE = """
UPDATE job SET status = 'queued', status_reason = ?, finished_at = NULL, queued_at = ?,
    available_at = ?, last_activity_at = ?, cancel_requested_at = NULL
WHERE job_id = ? AND status = 'failed'
"""


def cancel(actor: Actor, job_id: str) -> Literal["cancelled", "requested"]:
    """Cancel a queued job, close a failed one, or ask a running one to stop.

    Asked is not stopped: the worker acknowledges by ending the attempt within seconds.

    Raises:
        NotFound. WrongState: the kind is atomic, or there is nothing left to cancel.
    """
    with act(actor, "job.cancelled", "job", job_id, job_id=job_id) as deed:
        job = find_job(job_id)
        _permit(why_no_cancel(job))
        moment = to_text(deed.at)
        deed.detail = {"from": job.status.value}
        on_commit(doorbell.ring)
        if job.status == JobStatus.RUNNING:
            deed.detail["requested"] = True
            ledger.execute_sql(_ASK_TO_STOP, (moment, job_id))
            return "requested"
        reason = Reason.CANCELLED_BY_OPERATOR
        ledger.execute_sql(_CANCEL, (reason, moment, moment, job_id))
        job_ended(job_id)
        return "cancelled"


def retry(actor: Actor, job_id: str) -> None:
    """Queue a failed job again; the next claim makes a new attempt, the earlier ones stay.

    Raises:
        NotFound. WrongState: not failed, poisoned, of unknown outcome, its group was cancelled, or
        the same work is already queued or running as another job.
    """
    with act(actor, "job.retried", "job", job_id, job_id=job_id) as deed:
        job = find_job(job_id)
        _permit(why_no_retry(job))
        deed.detail = {"after": job.status_reason, "attempt": job.attempt}
        _queue_again(job_id, deed)


def decide(actor: Actor, job_id: str, answer: Literal["rerun", "close"], reason: str) -> None:
    """Say what to do with a job whose outcome nobody knows: run it again, or close the case.

    Raises:
        NotFound. BadInput: no reason given, or another answer. WrongState: its outcome is known.
    """
    with act(actor, "job.decided", "job", job_id, job_id=job_id) as deed:
        job = find_job(job_id)
        if answer not in ("rerun", "close") or not reason.strip():
            raise BadInput(why="A decision is `rerun` or `close`, with a reason.")
        _permit(why_no_decision(job, answer == "rerun"))
        deed.detail = {"answer": answer, "reason": reason}
        if answer == "rerun":
            _queue_again(job_id, deed)
        else:
            moment = to_text(deed.at)
            ledger.execute_sql(_CANCEL, (Reason.CANCELLED_BY_OPERATOR, moment, moment, job_id))
            job_ended(job_id)


def _permit(refusal: str | None) -> None:
    if refusal:
        raise WrongState(why=refusal)


def _queue_again(job_id: str, deed: Deed) -> None:
    moment = to_text(deed.at)
    ledger.execute_sql(_REQUEUE, (Reason.RETRY, moment, moment, moment, job_id))
    on_commit(doorbell.ring)

"""Ending an attempt: one transaction writes the result, ends the attempt and moves the job.

Only the attempt that holds the job can end it; a lost one's late result is refused (I3).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.audit.actions import Deed, act
from storage.audit.actor import WORKER
from storage.clock import to_text
from storage.engine import ledger
from storage.errors import WrongState
from storage.jobs.record import ClaimedJob, LogEntry, Metrics
from storage.jobs.states import JobStatus, Reason
from storage.jobs.tables import json_text
from storage.jobs.telemetry import write_lines

_HELD = "SELECT 1 FROM job WHERE job_id = ? AND attempt_id = ? AND status = 'running'"
_END_ATTEMPT = """
UPDATE job_attempt SET ended_at = ?, outcome = ?, reason = ?, error_type = ?, error_message = ?,
    traceback = ?, metrics = ?, receipt = ?
WHERE attempt_id = ?
"""
_END_JOB = """
UPDATE job SET status = ?, status_reason = ?, attempt_id = NULL, finished_at = ?,
    last_activity_at = ?
WHERE job_id = ? AND attempt_id = ? AND status = 'running'
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong, verbatim; `reason` is the machine-readable word for it."""

    reason: str
    error_type: str
    message: str
    traceback: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """What a run leaves beside its result: its cost and its last words."""

    metrics: Metrics = field(default_factory=Metrics)
    lines: Sequence[LogEntry] = ()


def complete(
    job: ClaimedJob,
    write: Callable[[], dict[str, Any]],
    account: Account,
    reason: str = Reason.COMPLETED,
) -> None:
    """Write the result with `write` and end the attempt with it, or do neither.

    `write` returns the receipt, a JSON object.

    Raises:
        WrongState: the attempt was lost meanwhile; nothing is written. Refused: `write` said no.
        TypeError, ValueError: the receipt is not JSON.
    """
    with _ending(job, "job.completed", account) as deed:
        deed.outcome = "dry_run" if reason == Reason.DRY_RUN else "done"
        deed.detail["reason"] = reason
        receipt = json_text(write())
        end(job.job_id, job.attempt_id, JobStatus.COMPLETED, reason, deed.at, account.metrics,
            receipt=receipt)  # fmt: skip


def fail(job: ClaimedJob, failure: Failure, account: Account) -> None:
    """End the attempt as failed, with the error as it was raised.

    Raises:
        WrongState: the attempt was lost meanwhile.
    """
    with _ending(job, "job.failed", account) as deed:
        deed.detail |= {"reason": failure.reason, "error": failure.message[:500]}
        end(job.job_id, job.attempt_id, JobStatus.FAILED, failure.reason, deed.at,
            account.metrics, failure=failure)  # fmt: skip


def stop(job: ClaimedJob, account: Account) -> None:
    """End a running attempt that a person asked to stop; nothing of it remains.

    Raises:
        WrongState: the attempt was lost meanwhile.
    """
    with _ending(job, "job.cancelled", account) as deed:
        reason = Reason.CANCELLED_BY_OPERATOR
        deed.detail["reason"] = reason.value
        end(job.job_id, job.attempt_id, JobStatus.CANCELLED, reason, deed.at, account.metrics)


def end(
    job_id: str,
    attempt_id: str,
    status: JobStatus,
    reason: str,
    at: datetime,
    metrics: Metrics,
    *,
    failure: Failure | None = None,
    receipt: str | None = None,
) -> None:
    """The two guarded writes that end an attempt, in the caller's transaction.

    Raises:
        WrongState: it does not hold the job any more.
    """
    error = failure or Failure(reason, "", "")
    moment = to_text(at)
    ended = ledger.execute_sql(_END_JOB, (status, reason, moment, moment, job_id, attempt_id))
    if ended.rowcount != 1:
        raise late()
    ledger.execute_sql(
        _END_ATTEMPT,
        (
            moment, status, reason, error.error_type or None, error.message or None,
            error.traceback or None, metrics.model_dump_json(), receipt, attempt_id,
        ),
    )  # fmt: skip


def is_held(job: ClaimedJob) -> bool:
    """Whether the attempt still holds its job."""
    return ledger.execute_sql(_HELD, (job.job_id, job.attempt_id)).fetchone() is not None


def refuse_late(job: ClaimedJob) -> None:
    """Put on record that a result came after its attempt was given up (I3).

    Raises:
        WrongState: always; that is the refusal.
    """
    with act(WORKER, "job.settled", "job", job.job_id, job_id=job.job_id, trace_id=job.trace_id):
        raise late()


def late() -> WrongState:
    """The refusal of a result that comes after its attempt was given up."""
    return WrongState(why="This attempt was given up meanwhile; its late result is refused.")


@contextmanager
def _ending(job: ClaimedJob, action: str, account: Account) -> Iterator[Deed]:
    with act(WORKER, action, "job", job.job_id, job_id=job.job_id, trace_id=job.trace_id) as deed:
        if not is_held(job):
            raise late()
        deed.detail = {"attempt": job.number, "duration_ms": account.metrics.duration_ms}
        write_lines(job, account.lines)
        yield deed

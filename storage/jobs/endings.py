"""Ending an attempt: one transaction writes the result, ends the attempt and moves the job.

Only the attempt that holds the job can end it; a lost one's late result is refused (I3).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.audit.actions import Deed, Happening, act, append_all
from storage.audit.actor import WORKER
from storage.audit.confinement import confined
from storage.clock import to_text
from storage.database import transaction
from storage.engine import ledger
from storage.errors import WrongState
from storage.jobs.access import bounds
from storage.jobs.failures import note_failure
from storage.jobs.groups import job_ended
from storage.jobs.record import ClaimedJob, LogEntry, Metrics
from storage.jobs.states import JobStatus, Reason
from storage.jobs.tables import json_text
from storage.jobs.telemetry import write_lines

_HELD = "SELECT attempt_id FROM job WHERE job_id IN ({marks}) AND status = 'running'"
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

    `write` returns the receipt, a JSON object; one that lists `issues` completes with those.

    Raises:
        WrongState: the attempt was lost meanwhile; nothing is written. Refused: `write` said no.
        AccessViolation: `write` touched what the job may not write.
        TypeError, ValueError: the receipt is not JSON.
    """
    ids = {"job_id": job.job_id, "trace_id": job.trace_id}
    with act(WORKER, "job.completed", "job", job.job_id, **ids) as deed:
        complete_all([Completion(job, write, account, reason)])
        deed.unchanged()  # its event is written already


@dataclass(frozen=True, slots=True)
class Completion:
    """One of several jobs that are completed together; `write` as in `complete`."""

    job: ClaimedJob
    write: Callable[[], dict[str, Any]]
    account: Account
    reason: str = Reason.COMPLETED


def complete_all(completions: Sequence[Completion]) -> None:
    """Complete several jobs with one commit, each with its own attempt, event and result.

    They stand or fall together, and a refusal is not recorded here: when this raises, complete
    them one by one.

    Raises:
        What `complete` raises.
    """
    with transaction() as at:
        if not all_held([it.job for it in completions]):
            raise late()
        reasons = [_write(it, at) for it in completions]
        write_lines(*((it.job, it.account.lines) for it in completions))
        append_all(WORKER, map(_completed, completions, reasons))
        for it in completions:
            job_ended(it.job.job_id)


def _write(it: Completion, at: datetime) -> str:
    """Write one result and end its attempt; the reason it ends with."""
    with confined(bounds(it.job.access_mode, it.job.entity_refs)):
        result = it.write()
        receipt = json_text(result)
    issues = it.reason == Reason.COMPLETED and result.get("issues")
    reason = Reason.COMPLETED_WITH_ISSUES if issues else it.reason
    end(it.job.job_id, it.job.attempt_id, JobStatus.COMPLETED, reason, at,
        it.account.metrics, receipt=receipt)  # fmt: skip
    return reason


def _completed(it: Completion, reason: str) -> Happening:
    detail = {**_ending_detail(it.job, it.account), "reason": reason}
    outcome = "dry_run" if reason == Reason.DRY_RUN else "done"
    ids = (it.job.job_id, it.job.trace_id)
    return Happening("job.completed", "job", it.job.job_id, detail, outcome, *ids)


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
    if status is JobStatus.FAILED and reason != Reason.NOT_BEGUN:
        note_failure(job_id, attempt_id, error.error_type, error.message, at)


def is_held(job: ClaimedJob) -> bool:
    """Whether the attempt still holds its job."""
    return all_held([job])


def all_held(jobs: Sequence[ClaimedJob]) -> bool:
    """Whether each attempt still holds its job."""
    if not jobs:
        return True
    sql = _HELD.format(marks=", ".join("?" * len(jobs)))
    rows = ledger.execute_sql(sql, [job.job_id for job in jobs]).fetchall()
    return {job.attempt_id for job in jobs} <= {attempt_id for (attempt_id,) in rows}


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
        deed.detail = _ending_detail(job, account)
        write_lines((job, account.lines))
        yield deed
        job_ended(job.job_id)


def _ending_detail(job: ClaimedJob, account: Account) -> dict[str, Any]:
    return {"attempt": job.number, "duration_ms": account.metrics.duration_ms}

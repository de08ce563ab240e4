"""I1: only the legal moves happen, whoever tries."""

import itertools
from collections.abc import Callable
from pathlib import Path

import peewee
import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.database import transaction
from storage.engine import ledger
from storage.errors import WrongState
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.record import ClaimedJob
from storage.jobs.states import LEGAL_MOVES, JobStatus, JobView, Reason, job_view
from tests.storage.jobs.audit import events_of

NOW = "2026-01-01T00:00:00.000000Z"
BOOM = Failure(Reason.ERROR, "ValueError", "boom")


def force(job_id: str, status: JobStatus) -> None:
    """Write a status past every verb, as consistent with the CHECKs as can be."""
    held = "attempt" if status is JobStatus.RUNNING else None
    ended = None if status in (JobStatus.QUEUED, JobStatus.RUNNING) else NOW
    with transaction():
        ledger.execute_sql(
            "UPDATE job SET status = ?, attempt_id = ?, finished_at = ? WHERE job_id = ?",
            (status, held, ended, job_id),
        )


ROUTES: dict[JobStatus, list[JobStatus]] = {
    JobStatus.QUEUED: [],
    JobStatus.RUNNING: [JobStatus.RUNNING],
    JobStatus.COMPLETED: [JobStatus.RUNNING, JobStatus.COMPLETED],
    JobStatus.FAILED: [JobStatus.RUNNING, JobStatus.FAILED],
    JobStatus.CANCELLED: [JobStatus.CANCELLED],
}


@pytest.mark.parametrize(("before", "after"), itertools.permutations(JobStatus, 2))
def test_the_store_itself_refuses_every_move_outside_the_table(
    store: Path, before: JobStatus, after: JobStatus
) -> None:
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    for step in ROUTES[before]:
        force(job_id, step)
    if after in LEGAL_MOVES[before]:
        force(job_id, after)
        assert views.find_job(job_id).status is after
    else:
        with pytest.raises(peewee.IntegrityError, match="not a legal move"):
            force(job_id, after)


@pytest.mark.parametrize(
    ("status", "reason", "view"),
    [
        (JobStatus.QUEUED, Reason.RETRY, JobView.QUEUED),
        (JobStatus.RUNNING, Reason.RUNNING, JobView.RUNNING),
        (JobStatus.COMPLETED, Reason.COMPLETED, JobView.COMPLETED),
        (JobStatus.COMPLETED, Reason.NOTHING_TO_DO, JobView.COMPLETED),
        (JobStatus.COMPLETED, Reason.AWAITING_USER, JobView.AWAITING_USER),
        (JobStatus.COMPLETED, Reason.COMPLETED_WITH_ISSUES, JobView.COMPLETED_WITH_ISSUES),
        (JobStatus.FAILED, Reason.TIMED_OUT, JobView.FAILED),
        (JobStatus.FAILED, Reason.OUTCOME_UNKNOWN, JobView.AWAITING_VALIDATION),
        (JobStatus.FAILED, "poisoned:arguments", JobView.POISONED),
        (JobStatus.CANCELLED, Reason.CANCELLED_BY_OPERATOR, JobView.CANCELLED),
    ],
)
def test_the_nine_state_view_is_derived(status: JobStatus, reason: str, view: JobView) -> None:
    assert job_view(status, reason) is view


def test_what_was_asked_of_a_job_never_changes(store: Path) -> None:
    job_id = actions.submit(SYSTEM, "debug", {"message": "as asked"}).job_id
    for change in ("arguments = '{}'", "kind = 'sleep'", "trace_id = 'x'", "requested_by = 'y'"):
        with pytest.raises(peewee.IntegrityError, match="never changes"), transaction():
            ledger.execute_sql(f"UPDATE job SET {change} WHERE job_id = ?", (job_id,))
    with pytest.raises(peewee.IntegrityError, match="kept"), transaction():
        ledger.execute_sql("DELETE FROM job WHERE job_id = ?", (job_id,))


def test_an_ended_attempt_never_changes(store: Path, claim: Callable[[], ClaimedJob]) -> None:
    """I4 for attempts."""
    actions.submit(SYSTEM, "debug", {})
    job = claim()
    with pytest.raises(peewee.IntegrityError, match="how an attempt began"), transaction():
        ledger.execute_sql("UPDATE job_attempt SET number = 7")
    actions.fail(job, BOOM, Account())
    for change in ("error_message = 'nicer'", "outcome = 'completed'", "receipt = '{}'"):
        with pytest.raises(peewee.IntegrityError, match="never changes"), transaction():
            ledger.execute_sql(f"UPDATE job_attempt SET {change}")
    with pytest.raises(peewee.IntegrityError, match="kept"), transaction():
        ledger.execute_sql("DELETE FROM job_attempt")


def test_a_refused_move_is_an_audit_event(
    store: Path, operator: Actor, claim: Callable[[], ClaimedJob]
) -> None:
    actions.submit(SYSTEM, "debug", {})
    job = claim()
    actions.complete(job, dict, Account())
    for verb in (actions.cancel, actions.retry):
        with pytest.raises(WrongState):
            verb(operator, job.job_id)
    assert events_of(job.job_id)[-2:] == [
        ("job.cancelled", "refused"), ("job.retried", "refused"),
    ]  # fmt: skip


def test_a_late_result_of_a_lost_attempt_is_refused(
    store: Path, claim: Callable[[], ClaimedJob]
) -> None:
    """I3: the attempt id is the fence."""
    actions.submit(SYSTEM, "debug", {})
    lost = claim()
    assert actions.give_up(SYSTEM, lost.job_id, lost.attempt_id, "its worker is gone")
    again = claim()
    written: list[str] = []

    def write() -> dict[str, str]:
        written.append("late")
        return {}

    with pytest.raises(WrongState, match="given up"):
        actions.complete(lost, write, Account())
    with pytest.raises(WrongState, match="given up"):
        actions.fail(lost, BOOM, Account())
    actions.complete(again, lambda: {"echo": "second"}, Account())
    detail = views.show_job(lost.job_id)
    assert written == []
    assert detail.result == {"echo": "second"}
    assert [(a.number, a.outcome, a.reason) for a in detail.attempts] == [
        (1, "failed", "worker_lost"), (2, "completed", "completed"),
    ]  # fmt: skip

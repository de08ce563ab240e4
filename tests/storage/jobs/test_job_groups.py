"""Groups: their children are counted, and the last to end closes them, exactly once."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
import pytest

from storage import database
from storage.audit.actor import SYSTEM, Actor
from storage.database import transaction
from storage.engine import ledger
from storage.errors import WrongState
from storage.jobs import actions, views
from storage.jobs.endings import Account
from storage.jobs.group_views import show_group
from storage.jobs.record import ClaimedJob, JobQuery, Origin, Progress
from storage.jobs.rules import Tally, group_state
from storage.jobs.states import GroupState, JobStatus
from storage.jobs.telemetry import tell
from tests.storage.jobs.grouped import (
    ECHO,
    Claim,
    a_group,
    closings,
    complete,
    fail,
    tally_of,
)


@contextmanager
def refused_by_the_store(why: str) -> Iterator[None]:
    with pytest.raises(peewee.IntegrityError, match=why), ledger.atomic():
        yield


@pytest.mark.parametrize(
    ("children", "asked", "state"),
    [
        (Tally(), False, "completed"),
        (Tally(completed=3), False, "completed"),
        (Tally(completed=2, failed=1), False, "partial"),
        (Tally(completed=2, cancelled=1), False, "partial"),
        (Tally(failed=2, cancelled=1), False, "failed"),
        (Tally(cancelled=3), False, "cancelled"),
        (Tally(completed=3), True, "cancelled"),
        (Tally(completed=2, running=1), False, "open"),
        (Tally(completed=2, queued=1), True, "open"),
    ],
)
def test_what_a_group_came_to(children: Tally, asked: bool, state: str) -> None:
    assert group_state(children, sealed=True, cancel_asked=asked) == state
    assert group_state(children, sealed=False, cancel_asked=asked) == "open"


def test_children_are_counted_as_they_move(store: Path, operator: Actor, claim: Claim) -> None:
    group_id = a_group(4)
    assert tally_of(group_id) == (4, 0, 0, 0, 0)
    complete(claim())
    fail(claim())
    claim()
    assert tally_of(group_id) == (1, 1, 1, 1, 0)
    (waiting,) = views.list_jobs(JobQuery(group=group_id, status=JobStatus.QUEUED))
    actions.cancel(operator, waiting.job_id)
    assert tally_of(group_id) == (0, 1, 1, 1, 1)
    assert show_group(group_id).total == 4


def test_a_group_closes_with_its_last_child_and_not_before(store: Path, claim: Claim) -> None:
    group_id = a_group(2)
    complete(claim())
    assert show_group(group_id).state is GroupState.OPEN
    fail(claim())
    group = show_group(group_id)
    assert (group.state, group.percent) == (GroupState.PARTIAL, 100)
    assert group.closed_at is not None and closings(group_id) == 1


def stop(job: ClaimedJob) -> None:
    actions.stop(job, Account())


def lose(job: ClaimedJob) -> None:
    """Its worker dies once more than the rescue allows."""
    ledger.execute_sql("UPDATE job SET requeues = 3 WHERE job_id = ?", (job.job_id,))
    actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")


@pytest.mark.parametrize("end", [complete, fail, stop, lose])
def test_every_way_to_end_the_last_child_closes_its_group(
    end: Callable[[ClaimedJob], None], store: Path, claim: Claim
) -> None:
    group_id = a_group(1)
    end(claim())
    assert show_group(group_id).state is not GroupState.OPEN
    assert closings(group_id) == 1


def test_cancelling_the_last_child_that_waits_closes_its_group(
    store: Path, operator: Actor, claim: Claim
) -> None:
    group_id = a_group(1)
    (waiting,) = views.list_jobs(JobQuery(group=group_id))
    actions.cancel(operator, waiting.job_id)
    assert show_group(group_id).state is GroupState.CANCELLED
    assert closings(group_id) == 1


def test_a_group_stays_open_while_its_parent_adds(store: Path, claim: Claim) -> None:
    group_id = a_group(1, sealed=False)
    complete(claim())
    assert show_group(group_id).state is GroupState.OPEN
    actions.seal(SYSTEM, group_id)
    assert show_group(group_id).state is GroupState.COMPLETED
    with pytest.raises(WrongState, match="takes no more jobs"):
        actions.submit(SYSTEM, "debug", {}, group_id=group_id)
    with pytest.raises(WrongState, match="takes no more jobs"):
        actions.seal(SYSTEM, group_id)


def test_the_store_itself_keeps_a_closed_group_and_its_members(store: Path, claim: Claim) -> None:
    group_id = a_group(1)
    job = claim()
    complete(job)
    with refused_by_the_store("a closed group never changes"):
        ledger.execute_sql("UPDATE job_group SET state = 'open', closed_at = NULL")
    with refused_by_the_store("never changes its group"):
        ledger.execute_sql("UPDATE job SET group_id = NULL WHERE job_id = ?", (job.job_id,))
    with refused_by_the_store("groups are kept"):
        ledger.execute_sql("DELETE FROM job_group WHERE group_id = ?", (group_id,))


def test_closing_stands_or_falls_with_the_ending_that_caused_it(store: Path, claim: Claim) -> None:
    group_id = a_group(1, follow_up=ECHO)
    job = claim()
    with pytest.raises(RuntimeError, match="power cut"), transaction():
        complete(job)
        assert show_group(group_id).state is GroupState.COMPLETED
        raise RuntimeError("power cut")
    assert show_group(group_id).state is GroupState.OPEN
    assert [row.status for row in views.list_jobs()] == [JobStatus.RUNNING]


def test_progress_is_rolled_up_and_never_goes_back(store: Path, claim: Claim) -> None:
    group_id = a_group(4)
    complete(claim())
    assert show_group(group_id).percent == 25
    tell(claim(), Progress(phase="echo", current=1, total=2), [])
    assert show_group(group_id).percent == 37


def test_a_dry_run_closes_its_group_when_it_is_complete(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I18: recorded, audited, nothing done."""
    monkeypatch.setenv("JOB_DRY_RUN", "1")
    group = show_group(a_group(3))
    assert (group.state, group.completed) == (GroupState.COMPLETED, 3)


def test_two_connections_ending_the_last_two_children_close_it_once(
    store: Path, claim: Claim
) -> None:
    for _ in range(10):
        group_id = a_group(2, follow_up=ECHO)
        at_once = threading.Barrier(2)

        def end(job: ClaimedJob, at_once: threading.Barrier = at_once) -> None:
            at_once.wait()
            complete(job)
            database.disconnect()

        threads = [threading.Thread(target=end, args=(claim(),)) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert show_group(group_id).state is GroupState.COMPLETED
        assert closings(group_id) == 1
        follow_ups = [row for row in views.list_jobs() if row.origin is Origin.GROUP]
        complete(claim())
    assert len(follow_ups) == 10

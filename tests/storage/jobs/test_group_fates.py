"""What follows a group, cancels it, retries in it, and may not belong to it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.errors import BadInput, NotFound, WrongState
from storage.jobs import actions, views
from storage.jobs.explain import explain
from storage.jobs.group_views import show_group
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob, JobQuery, Origin
from storage.jobs.states import GroupState, JobStatus, Reason
from storage.jobs.together import FollowUp
from tests.storage.jobs.audit import events_of
from tests.storage.jobs.grouped import ECHO, Claim, a_group, closings, complete, fail, tally_of


@pytest.mark.parametrize(("ends", "followed"), [((complete, fail), True), ((fail, fail), False)])
def test_a_follow_up_is_submitted_with_the_closing_and_only_after_success(
    ends: tuple[Callable[[ClaimedJob], None], ...], followed: bool, store: Path, claim: Claim
) -> None:
    group_id = a_group(2, follow_up=ECHO)
    for end in ends:
        end(claim())
    group = show_group(group_id)
    assert (group.follow_up_job_id is not None) == followed
    if group.follow_up_job_id:
        job = views.show_job(group.follow_up_job_id)
        assert (job.origin, job.arguments) == (Origin.GROUP, {"message": "after"})
        assert (job.trace_id, job.group_id) == (group.trace_id, None)


def test_a_follow_up_is_checked_before_the_group_opens_and_never_publishes(store: Path) -> None:
    with pytest.raises(BadInput, match="message"):
        actions.open_group(
            SYSTEM, "x", follow_up=FollowUp(kind=JobKind.DEBUG, arguments={"message": 1})
        )
    with pytest.raises(WrongState, match="never publishes"):
        actions.open_group(SYSTEM, "x", follow_up=FollowUp(kind=JobKind.EXPORT_PREPARE))
    with pytest.raises(BadInput, match="label"):
        actions.open_group(SYSTEM, " ")


def test_a_refused_follow_up_does_not_keep_the_last_child_back(
    store: Path, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    group_id = a_group(1, follow_up=ECHO)
    monkeypatch.setattr("storage.jobs.arguments.SIZE_LIMIT", 3)
    complete(claim())
    group = show_group(group_id)
    assert (group.state, group.follow_up_job_id) == (GroupState.COMPLETED, None)


def test_cancelling_a_group_cancels_what_waits_and_lets_run_what_runs(
    store: Path, operator: Actor, claim: Claim
) -> None:
    group_id = a_group(3, follow_up=ECHO)
    running = claim()
    assert actions.cancel_group(operator, group_id) == 2
    assert tally_of(group_id) == (0, 1, 0, 0, 2)
    (job, *_) = views.list_jobs(JobQuery(group=group_id, status=JobStatus.CANCELLED))
    assert job.status_reason == Reason.PARENT_CANCELLED
    assert "group it belonged to was cancelled" in explain(job)
    assert ("job.cancelled", "done") in events_of(job.job_id)
    with pytest.raises(WrongState, match="1 of its jobs still run"):
        actions.cancel_group(operator, group_id)
    complete(running)
    group = show_group(group_id)
    assert (group.state, group.follow_up_job_id) == (GroupState.CANCELLED, None)
    with pytest.raises(WrongState, match="has closed as cancelled"):
        actions.cancel_group(operator, group_id)


def test_a_cancelled_group_is_not_revived(store: Path, operator: Actor, claim: Claim) -> None:
    group_id = a_group(2)
    fail(claim())
    running = claim()
    actions.cancel_group(operator, group_id)
    actions.give_up(SYSTEM, running.job_id, running.attempt_id, "gone")
    assert tally_of(group_id) == (0, 0, 0, 2, 0)
    assert show_group(group_id).state is GroupState.CANCELLED
    for row in views.list_jobs(JobQuery(group=group_id)):
        with pytest.raises(WrongState, match="group was cancelled"):
            actions.retry(operator, row.job_id)
    with pytest.raises(WrongState, match="was cancelled"):
        actions.submit(SYSTEM, "debug", {}, group_id=group_id)


def test_a_rescued_child_keeps_its_group_open_until_it_is_lost_for_good(
    store: Path, claim: Claim
) -> None:
    group_id = a_group(1)
    for _ in range(3):
        job = claim()
        actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")
        assert show_group(group_id).state is GroupState.OPEN
    job = claim()
    actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")
    assert show_group(group_id).state is GroupState.FAILED
    assert closings(group_id) == 1


def test_retrying_a_child_of_an_open_group_counts_and_of_a_closed_one_does_not(
    store: Path, operator: Actor, claim: Claim
) -> None:
    group_id = a_group(2)
    first = claim()
    fail(first)
    actions.retry(operator, first.job_id)
    assert tally_of(group_id) == (2, 0, 0, 0, 0)
    second, again = claim(), claim()
    complete(second)
    fail(again)
    assert show_group(group_id).state is GroupState.PARTIAL
    actions.retry(operator, again.job_id)
    complete(claim())
    group = show_group(group_id)
    assert (group.state, group.completed, group.failed) == (GroupState.PARTIAL, 1, 1)
    assert (group.retried_since, closings(group_id)) == (1, 1)


def test_a_group_does_not_wait_for_itself(store: Path, claim: Claim) -> None:
    outer = a_group(1, sealed=False)
    child = claim().job_id
    inner = actions.open_group(SYSTEM, "inner", parent_id=child)
    (grandchild, *_) = (actions.submit(SYSTEM, "debug", {}, group_id=inner, parent_id=child),)
    for parent in (child, grandchild.job_id):
        with pytest.raises(BadInput, match="wait for its own end"):
            actions.submit(SYSTEM, "debug", {}, group_id=outer, parent_id=parent)
    with pytest.raises(NotFound):
        actions.submit(SYSTEM, "debug", {}, group_id="no such group")
    with pytest.raises(NotFound):
        actions.open_group(SYSTEM, "x", parent_id="no such job")


def test_a_parent_that_ends_has_stopped_adding(store: Path, claim: Claim) -> None:
    actions.submit(SYSTEM, "debug", {})
    parent = claim()
    group_id = actions.open_group(SYSTEM, "made by a job", parent_id=parent.job_id)
    actions.submit(SYSTEM, "debug", {}, group_id=group_id, parent_id=parent.job_id)
    child = claim()
    complete(child)
    assert show_group(group_id).state is GroupState.OPEN
    complete(parent)
    assert show_group(group_id).state is GroupState.COMPLETED

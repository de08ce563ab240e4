"""What an operator sees before steering: queues, pauses with their reasons, workers, groups."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.audit.views import list_events
from storage.errors import BadInput
from storage.jobs import actions, workforce_views
from storage.jobs.endings import Account
from storage.jobs.forecast import typical_s
from storage.jobs.group_views import list_groups
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import take_lock
from storage.jobs.queue_views import QueueRecord, engine
from storage.jobs.record import ClaimedJob
from storage.jobs.views import workers
from storage.jobs.workforce_views import lost_workers, runs_done

Claim = Callable[[], ClaimedJob]


def queue(which: Queue) -> QueueRecord:
    """One queue as it stands."""
    return next(one for one in engine().queues if one.queue is which)


def test_a_pause_keeps_its_reason_until_it_is_resumed(store: Path, operator: Actor) -> None:
    actions.pause(operator, Queue.EXPORT, why="  the printer is being moved ")
    paused = queue(Queue.EXPORT).pause
    assert paused is not None and paused.why == "the printer is being moved"
    assert list_events()[0].detail == {"reason": "the printer is being moved"}
    assert engine().pause is None and queue(Queue.HANDOVER).pause is None
    actions.resume(operator, Queue.EXPORT)
    assert queue(Queue.EXPORT).pause is None


def test_a_later_pause_has_the_later_reason_and_may_have_none(store: Path, operator: Actor) -> None:
    actions.pause(operator, why="dry dock")
    actions.pause(operator)
    paused = engine().pause
    assert paused is not None and paused.why is None


def test_a_queue_knows_what_waits_what_runs_and_who_set_its_limit(
    operator: Actor, claim: Claim
) -> None:
    for _ in range(3):
        actions.submit(SYSTEM, "debug", {})
    claim()
    diagnostics = queue(Queue.DIAGNOSTICS)
    assert (diagnostics.queued, diagnostics.running) == (2, 1)
    assert (diagnostics.max_concurrent, diagnostics.is_set_by_hand) == (None, False)
    assert (queue(Queue.EXPORT).max_concurrent, queue(Queue.EXPORT).is_set_by_hand) == (2, False)
    actions.set_limit(operator, Queue.EXPORT, 1)
    assert (queue(Queue.EXPORT).max_concurrent, queue(Queue.EXPORT).is_set_by_hand) == (1, True)
    assert (engine().queued, engine().running) == (2, 1)


def test_setting_a_limit_leaves_a_pause_and_its_reason_alone(store: Path, operator: Actor) -> None:
    actions.pause(operator, Queue.EXPORT, why="no paper")
    actions.set_limit(operator, Queue.EXPORT, 1)
    with pytest.raises(BadInput, match="less than none"):
        actions.set_limit(operator, Queue.EXPORT, -1)
    paused = queue(Queue.EXPORT).pause
    assert paused is not None and paused.why == "no paper"


def test_a_worker_has_done_the_runs_it_ended(claim: Claim) -> None:
    for _ in range(3):
        actions.submit(SYSTEM, "debug", {})
    actions.complete(claim(), dict, Account())
    actions.complete(claim(), dict, Account())
    claim()
    ((worker_id, done),) = runs_done(workers()).items()
    assert (worker_id, done.runs, done.at_least) == ("worker-1", 2, False)


def test_runs_are_counted_only_so_far_back_and_that_is_said(
    claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workforce_views, "LOOKED_BACK", 2)
    for _ in range(3):
        actions.submit(SYSTEM, "debug", {})
        actions.complete(claim(), dict, Account())
    done = runs_done(workers())["worker-1"]
    assert (done.runs, done.at_least) == (2, True)


def test_a_worker_that_died_is_listed_as_lost_and_one_that_signed_off_is_not(store: Path) -> None:
    for name in ("worker-1", "worker-2"):
        handle = take_lock(name)
        actions.register_worker(name, "pool-1")
        if name == "worker-2":
            actions.sign_off(name)
        handle.close()
    actions.bury_dead_workers()
    assert [lost.worker_id for lost in lost_workers()] == ["worker-1"]


def test_groups_are_listed_with_the_last_one_first(store: Path) -> None:
    first = actions.open_group(SYSTEM, "first")
    second, _ = actions.submit_together(SYSTEM, "debug", {}, 2)
    assert [group.group_id for group in list_groups()] == [second, first]
    assert [group.total for group in list_groups(limit=1)] == [2]


def test_what_a_run_usually_takes_is_known_after_the_first(claim: Claim) -> None:
    assert typical_s(JobKind.DEBUG) is None
    actions.submit(SYSTEM, "debug", {})
    actions.complete(claim(), dict, Account())
    usual = typical_s(JobKind.DEBUG)
    assert usual is not None and usual >= 0

"""The watch on a real store with a clock that stands still: raised once, resolved by itself."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage.alerts import views
from storage.alerts.states import (
    LOOKED_WITHIN,
    LOOKED_WITHIN_ON_A_SERVER,
    SPIKE_FAILURES,
    Standing,
)
from storage.audit.views import AuditQuery, list_events
from storage.database import FILE_NAME
from storage.engines.choosing import on_a_server
from storage.errors import StoreError
from storage.jobs.actions import beat, bury_dead_workers, cancel, submit
from storage.jobs.liveness import take_lock
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.console.app.jobs import a_running_job, a_worker
from tests.storage.alerts.conftest import Fail
from tests.storage.tampering import tamper
from worker.watch import Watch

LOOKS_IN_TWO_MINUTES = 12


def stands() -> list[str]:
    """The types that stand, as people are shown them."""
    return [str(alert.type) for alert in views.standing()]


def recorded() -> list[tuple[str, str]]:
    """Every raising and resolving on record, in order: the act and the type."""
    found = list_events(AuditQuery(action="alert."))
    return [(event.action, event.detail["type"]) for event in reversed(found)]


def looks(watch: Watch, clock: ShipClock, times: int = LOOKS_IN_TWO_MINUTES) -> None:
    """Let the watch look every ten seconds."""
    for _ in range(times):
        clock.advance(seconds=10)
        watch.look()


@contextmanager
def no_room_to_grow(file: Path) -> Iterator[None]:
    """The kernel refuses this process any file that is longer than this one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (file.stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_quiet_store_that_is_watched_has_no_alert(watch: Watch) -> None:
    watch.look()
    assert stands() == []
    assert recorded() == []


def test_while_nobody_watches_all_is_never_well(watch: Watch, clock: ShipClock) -> None:
    (alert,) = views.standing()
    assert (alert.type, alert.alert_id) == (Standing.NOBODY_WATCHES, None)
    assert alert.message == "No worker is running; nobody has looked yet."
    watch.look()
    assert stands() == []
    watch.close()
    (alert,) = views.standing()
    assert "the last look was at 2026-03-01 06:00 LT (UTC+2) · 04:00 UTC." in alert.message


def test_a_watch_that_is_frozen_counts_as_none(watch: Watch, clock: ShipClock) -> None:
    silence = LOOKED_WITHIN_ON_A_SERVER if on_a_server() else LOOKED_WITHIN
    with a_worker():
        watch.look()
        clock.advance(seconds=silence.total_seconds())
        assert "nobody_watches" not in stands()
        clock.advance(seconds=1)
        assert "nobody_watches" in stands()
        assert "Workers run, none of them looks" in views.standing()[-2].message


def test_what_anybody_can_see_is_seen_while_nobody_watches(store: Path) -> None:
    with a_worker():
        pass
    assert stands() == ["worker_lost", "nobody_watches"]
    assert recorded() == []


def test_only_one_of_two_watches_looks_and_the_other_takes_over(watch: Watch) -> None:
    watch.look()
    other = Watch()
    with a_worker():
        pass
    other.look()
    assert recorded() == []
    watch.close()
    other.look()
    other.close()
    assert recorded() == [("alert.raised", "worker_lost")]


def test_a_lost_worker_stands_for_ten_minutes_and_resolves_by_itself(
    watch: Watch, clock: ShipClock
) -> None:
    with a_worker():
        watch.look()
        assert stands() == []
    watch.look()
    assert stands() == ["worker_lost"]
    bury_dead_workers()
    looks(watch, clock, 59)
    assert stands() == ["worker_lost"]
    assert recorded() == [("alert.raised", "worker_lost")]
    looks(watch, clock, 9)
    assert stands() == []
    assert recorded()[1:] == [("alert.resolved", "worker_lost")]


def test_a_living_worker_that_says_nothing_is_stale_and_one_that_beats_is_not(
    watch: Watch, clock: ShipClock
) -> None:
    with a_worker() as worker:
        watch.look()
        looks(watch, clock, 6)
        assert stands() == []
        looks(watch, clock, 1)
        assert stands() == ["worker_stale"]
        beat(worker)
        looks(watch, clock, 5)
        assert stands() == ["worker_stale"], "it is not taken back within a minute"
        beat(worker)
        looks(watch, clock, 1)
        assert stands() == []


@pytest.mark.parametrize(("hours", "words"), [(1, "forward by 1 h"), (-1, "back by 1 h")])
def test_a_stepped_clock_raises_the_alert_that_says_so_and_no_other(
    watch: Watch, clock: ShipClock, hours: int, words: str
) -> None:
    with a_worker() as worker:
        watch.look()
        clock.step(hours=hours)
        for _ in range(59):
            beat(worker)
            looks(watch, clock, 1)
        (alert,) = views.standing()
        assert alert.type is Standing.CLOCK_STEPPED and words in alert.message
        for _ in range(8):
            beat(worker)
            looks(watch, clock, 1)
        assert stands() == []


def test_a_clock_that_was_put_back_while_all_was_off_is_seen_at_the_first_look(
    watch: Watch, clock: ShipClock
) -> None:
    clock.step(hours=-2)
    watch.look()
    assert stands() == ["clock_stepped"]
    assert "back by 2 h" in views.standing()[0].message


def test_a_job_past_its_time_out_is_stuck(watch: Watch, clock: ShipClock) -> None:
    with a_worker() as worker:
        job = a_running_job()
        watch.look()
        for _ in range(31):
            beat(worker)
            looks(watch, clock, 1)
        assert stands() == []
        looks(watch, clock, 1)
        (alert,) = views.standing()
        assert alert.type is Standing.JOB_STUCK and job.job_id in alert.message


def test_a_job_that_waits_ten_minutes_for_a_worker_is_a_backlog(
    watch: Watch, clock: ShipClock
) -> None:
    job_id = submit(a_second_officer().actor, "debug", {}).job_id
    watch.look()
    looks(watch, clock, 59)
    assert stands() == []
    looks(watch, clock, 1)
    assert stands() == ["queue_backlog"]
    cancel(a_second_officer().actor, job_id)
    looks(watch, clock, 6)
    assert stands() == []


def test_many_failures_are_a_spike_unless_far_more_succeed(
    watch: Watch, failing: Fail, clock: ShipClock
) -> None:
    for _ in range(SPIKE_FAILURES - 1):
        failing()
    watch.look()
    assert stands() == []
    failing()
    watch.look()
    assert stands() == ["failure_spike"]
    clock.advance(minutes=11)
    looks(watch, clock, 8)
    assert "failure_spike" not in stands()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 3",
        "DELETE FROM audit_event WHERE seq > 4",
    ],
    ids=["a changed event", "a cut tail"],
)
def test_i15_a_broken_audit_chain_is_found_without_a_full_check(
    watch: Watch, store: Path, clock: ShipClock, statement: str
) -> None:
    if "DELETE" in statement:
        watch.look()
    tamper(store, statement)
    watch.look()
    (alert,) = views.standing()
    assert alert.type is Standing.AUDIT_CHAIN_BROKEN
    looks(watch, clock)
    assert stands() == ["audit_chain_broken"], "it stands until the log is whole again"


@pytest.mark.aboard
def test_a_store_that_cannot_be_written_is_told_beside_it_and_on_record_afterwards(
    watch: Watch, store: Path, clock: ShipClock
) -> None:
    watch.look()
    with no_room_to_grow(store / f"{FILE_NAME}-wal"):
        clock.advance(seconds=10)
        with pytest.raises(StoreError):
            watch.look()
        (alert,) = views.standing()
        assert (alert.type, alert.alert_id) == (Standing.STORE_UNWRITABLE, None)
        assert alert.message.startswith("Since 2026-03-01T04:00:10")
    looks(watch, clock, 1)
    (alert,) = views.standing()
    assert alert.alert_id is not None
    assert recorded() == [("alert.raised", "store_unwritable")]
    looks(watch, clock)
    assert stands() == []
    assert recorded()[1:] == [("alert.resolved", "store_unwritable")]


def test_an_alert_that_stands_is_seen_again_without_another_event(
    watch: Watch, clock: ShipClock
) -> None:
    with a_worker():
        pass
    watch.look()
    (first,) = views.standing()
    handle = take_lock("another")
    handle.close()
    looks(watch, clock, 3)
    (again,) = views.standing()
    assert (again.alert_id, again.raised_at) == (first.alert_id, first.raised_at)
    assert (again.last_seen_at - first.last_seen_at).total_seconds() == 30
    assert recorded() == [("alert.raised", "worker_lost")]

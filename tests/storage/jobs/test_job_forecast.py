"""When a waiting job will probably start: its place, the pace of its kind, and what may run."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import inf
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.database import now
from storage.engine import ledger
from storage.jobs import actions, views
from storage.jobs.endings import Account
from storage.jobs.explain import explain
from storage.jobs.forecast import forecast
from storage.jobs.kind_spec import Queue
from storage.jobs.record import ClaimedJob, Forecast
from storage.jobs.rules import Line, line_wait_s
from tests.clock import ShipClock

Claim = Callable[[], ClaimedJob]


@pytest.fixture
def store(empty_store: Path) -> Path:
    """Here time stands still until it is moved."""
    return empty_store


def sleep(**terms: object) -> str:
    return actions.submit(SYSTEM, "sleep", {}, **terms).job_id  # type: ignore[arg-type]


def forecast_of(job_id: str) -> Forecast:
    found = forecast(views.find_job(job_id))
    assert found is not None
    return found


@pytest.fixture
def paced(store: Path, claim: Claim, clock: ShipClock) -> None:
    """Sleeps took 10 s lately."""
    for _ in range(3):
        sleep()
        job = claim()
        clock.advance(seconds=10)
        actions.complete(job, dict, Account())


@pytest.mark.parametrize(
    ("line", "wait_s"),
    [
        (Line(slots=0, remaining_s=(), ahead=0, ahead_s=0), inf),
        (Line(slots=2, remaining_s=(60,), ahead=0, ahead_s=0), 0),
        (Line(slots=2, remaining_s=(60, 1), ahead=0, ahead_s=0), 1),
        (Line(slots=1, remaining_s=(5,), ahead=2, ahead_s=20), 25),
        (Line(slots=2, remaining_s=(), ahead=4, ahead_s=40), 20),
        (Line(slots=1, remaining_s=(4, 2, 3), ahead=0, ahead_s=0), 4),
    ],
)
def test_how_long_a_line_is(line: Line, wait_s: float) -> None:
    assert line_wait_s(line) == wait_s


def test_a_job_starts_when_those_before_it_have_run(paced: None, claim: Claim) -> None:
    sleep()
    claim()
    first, second = sleep(), sleep()
    assert forecast_of(first) == Forecast(
        position=1, at_least=False, typical_s=10, expected_start=now() + timedelta(seconds=10)
    )
    assert forecast_of(second).position == 2
    assert forecast_of(second).expected_start == now() + timedelta(seconds=20)
    assert explain(views.find_job(second)).endswith("start in about 20 s; a run takes about 10 s.")


def test_a_raised_job_is_ahead_and_a_later_one_is_not(
    paced: None, operator: Actor, claim: Claim
) -> None:
    sleep()
    claim()
    first, second = sleep(), sleep()
    actions.boost(operator, second)
    assert (forecast_of(second).position, forecast_of(first).position) == (1, 2)


def test_what_runs_longer_than_usual_may_end_any_moment(
    paced: None, claim: Claim, clock: ShipClock
) -> None:
    sleep()
    claim()
    waiting = sleep()
    clock.advance(seconds=4)
    assert forecast_of(waiting).expected_start == now() + timedelta(seconds=6)
    clock.advance(seconds=100)
    assert forecast_of(waiting).expected_start == now()


def test_the_slowest_line_decides(paced: None, operator: Actor, claim: Claim) -> None:
    actions.set_limit(operator, Queue.DIAGNOSTICS, 0)
    assert forecast_of(sleep()).expected_start is None
    actions.set_limit(operator, Queue.DIAGNOSTICS, 5)
    assert forecast_of(sleep()).expected_start is not None


@pytest.mark.parametrize("why", ["paused", "not due", "unknown pace"])
def test_without_grounds_no_start_is_expected(
    why: str, paced: None, operator: Actor, clock: ShipClock
) -> None:
    expected: datetime | None = None
    job_id = sleep()
    match why:
        case "paused":
            actions.pause(operator)
        case "not due":
            expected = now() + timedelta(hours=1)
            job_id = sleep(available_at=expected)
        case "unknown pace":
            job_id = actions.submit(SYSTEM, "debug", {}).job_id
    assert forecast_of(job_id).expected_start == expected


def test_only_a_queued_job_has_a_forecast(store: Path, claim: Claim) -> None:
    sleep()
    assert forecast(views.find_job(claim().job_id)) is None


def test_the_pace_is_kept_by_the_store_for_the_last_twenty_runs(
    store: Path, claim: Claim, clock: ShipClock
) -> None:
    for _ in range(45):
        sleep()
        job = claim()
        clock.advance(seconds=1)
        actions.complete(job, dict, Account())
    rows = ledger.execute_sql("SELECT kind, ms FROM job_pace").fetchall()
    assert rows == [("sleep", 1000)] * 20

"""The pace of the engine: what began, what failed, how long it waited and ran."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.audit.actor import SYSTEM
from storage.engine import ledger
from storage.jobs import actions
from storage.jobs.endings import Account, Failure
from storage.jobs.record import ClaimedJob
from storage.jobs.trends import MINUTES, PICKED, number_before, percentile, run_trend
from tests.clock import ShipClock

Claim = Callable[[], ClaimedJob]


@pytest.fixture
def store(empty_store: Path) -> Path:
    """Here time stands still until it is moved."""
    return empty_store


def ran(claim: Claim, clock: ShipClock, *, waited: float = 0, took: float = 0) -> ClaimedJob:
    """One job that waited and ran so many seconds."""
    actions.submit(SYSTEM, "debug", {})
    clock.advance(seconds=waited)
    job = claim()
    clock.advance(seconds=took)
    actions.complete(job, dict, Account())
    return job


def test_a_run_counts_in_the_minute_it_began(claim: Claim, clock: ShipClock) -> None:
    ran(claim, clock)
    clock.advance(minutes=2)
    ran(claim, clock)
    ran(claim, clock)
    found = run_trend()
    assert found.begun == (*[0] * 57, 1, 0, 2)
    assert (found.until - found.since).total_seconds() == MINUTES * 60
    assert found.overall.begun == 3 and sum(found.failed) == 0


def test_what_is_older_than_an_hour_is_not_counted(claim: Claim, clock: ShipClock) -> None:
    ran(claim, clock)
    clock.advance(minutes=60)
    assert sum(run_trend().begun) == 0
    assert run_trend().overall.run_p50_s is None


def test_a_failure_counts_in_the_minute_it_happened(claim: Claim, clock: ShipClock) -> None:
    actions.submit(SYSTEM, "debug", {})
    job = claim()
    clock.advance(minutes=1)
    actions.fail(job, Failure("error", "RuntimeError", "dry"), Account())
    found = run_trend()
    assert (found.begun[-2:], found.failed[-2:]) == ((1, 0), (0, 1))


def test_waiting_and_running_are_told_apart(claim: Claim, clock: ShipClock) -> None:
    for seconds in (1, 2, 30):
        ran(claim, clock, waited=seconds, took=seconds / 2)
    pace = run_trend().overall
    assert (pace.wait_p50_s, pace.wait_p95_s) == (2, 30)
    assert (pace.run_p50_s, pace.run_p95_s) == (1, 15)


def test_a_span_knows_only_its_own_runs(claim: Claim, clock: ShipClock) -> None:
    ran(claim, clock, took=8)
    clock.advance(minutes=6)
    ran(claim, clock, took=2)
    paces = run_trend().paces
    assert [pace.run_p50_s for pace in paces[-3:]] == [None, 8, 2]


def test_the_wait_before_a_retry_is_not_taken_for_that_of_the_first_run(
    claim: Claim, clock: ShipClock
) -> None:
    actions.submit(SYSTEM, "debug", {})
    job = claim()
    actions.fail(job, Failure("error", "RuntimeError", "dry"), Account())
    clock.advance(minutes=3)
    actions.retry(SYSTEM, job.job_id)
    assert run_trend().overall.wait_p50_s is None


def test_many_runs_are_counted_exactly_and_measured_by_a_few_picked_evenly(
    claim: Claim, clock: ShipClock
) -> None:
    for _ in range(PICKED + 20):
        actions.submit(SYSTEM, "debug", {})
        claim()
    overall = run_trend().overall
    assert overall.begun == PICKED + 20
    assert 0 < overall.looked_at <= PICKED


def test_counting_takes_few_looks_at_any_length() -> None:
    looks: list[int] = []

    def when(number: int) -> str:
        looks.append(number)
        return f"{number:09}"

    assert number_before(f"{999_000:09}", 1_000_000, when) == 998_999
    assert len(looks) < 30


@given(st.lists(st.integers(0, 50)).map(sorted), st.integers(0, 51))
def test_the_number_before_a_moment_is_the_count_of_what_came_before(
    times: list[int], moment: int
) -> None:
    found = number_before(f"{moment:02}", len(times), lambda n: f"{times[n - 1]:02}")
    assert found == sum(time < moment for time in times)


def test_a_percentile_is_one_of_the_values() -> None:
    assert [percentile(range(1, 101), share) for share in (50, 95, 100)] == [50, 95, 100]
    assert percentile([7], 50) == percentile([7], 95) == 7
    assert percentile([], 50) is None


@pytest.mark.aboard
def test_no_question_reads_a_whole_table(store: Path) -> None:
    asked: list[str] = []
    connection = ledger.connection()
    connection.set_trace_callback(asked.append)
    run_trend()
    connection.set_trace_callback(None)
    plans = [
        row[3]
        for sql in asked
        if sql.lstrip().startswith("SELECT")
        for row in ledger.execute_sql(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    ]
    assert plans and not [plan for plan in plans if plan.startswith("SCAN job")]

"""The kinds of the insights through a real worker: claimed, run, settled."""

from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import WORKER
from storage.engine import ledger
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.output_views import regeneration
from storage.insights.pruning import preview
from storage.insights.signalling import generate_signals
from storage.insights.states import OutputStatus, RegenerationStatus
from storage.insights.views import list_signals, list_suggestions
from storage.jobs.actions import claim_next, fail
from storage.jobs.cadence import Every
from storage.jobs.endings import Account, Failure
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.states import JobStatus, JobView, Reason
from storage.jobs.submission import submit
from storage.jobs.views import list_jobs
from storage.schedules.timekeeper import Timekeeper
from tests.builders import an_entry
from tests.clock import ShipClock
from tests.storage.insights.logbook import (
    PUMP,
    PUMP_FAULT,
    a_pending_regeneration,
    a_recurring_fault,
)
from tests.worker.handlers.conftest import drain, run
from worker.waiting import WAITING


def a_fault_is_recorded_three_times() -> None:
    for _ in range(3):
        an_entry(PUMP)


def test_one_run_of_analytics_goes_from_what_happened_to_suggestions() -> None:
    a_fault_is_recorded_three_times()
    job = run(JobKind.ANALYTICS_JOBS)
    assert (job.status, job.status_reason) == (JobStatus.COMPLETED, Reason.COMPLETED)
    (signal,) = list_signals()
    assert (signal.subject, signal.job_id) == (PUMP_FAULT, job.job_id)
    assert job.result is not None and job.result["signals"] == [signal.id]
    assert len(list_suggestions()) == 2


def test_a_second_run_repeats_nothing() -> None:
    a_fault_is_recorded_three_times()
    run(JobKind.ANALYTICS_JOBS)
    before = [it.id for it in (*list_signals(), *list_suggestions())]
    job = run(JobKind.ANALYTICS_JOBS)
    assert job.result is not None and job.result["signals"] == job.result["suggestions"] == []
    assert [it.id for it in (*list_signals(), *list_suggestions())] == before


@pytest.mark.parametrize(
    ("table", "stage"), [("daily_aggregate", "aggregate"), ("signal", "signals")]
)
def test_a_failed_stage_does_not_stop_the_next_and_is_told(table: str, stage: str) -> None:
    a_recurring_fault()
    generate_signals(WORKER)
    an_entry(PUMP.replace("3", "4"))
    for _ in range(2):
        an_entry(PUMP.replace("3", "5"))
    ledger.execute_sql(
        f"CREATE TRIGGER nothing_more BEFORE INSERT ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'this table is broken'); END"
    )
    an_entry(PUMP.replace("3", "5"))
    if stage == "signals":
        collect(WORKER)
        aggregate(WORKER)
    job = run(JobKind.ANALYTICS_JOBS)
    assert (job.status, job.view) == (JobStatus.COMPLETED, JobView.COMPLETED_WITH_ISSUES)
    assert job.result is not None
    assert job.result["issues"] == [f"{stage}: IntegrityError: this table is broken"]
    assert len(job.result["suggestions"]) == len(list_suggestions()) == 2
    assert len(list_signals()) == 1


def test_the_later_stages_run_alone_and_find_nothing_to_do_twice() -> None:
    a_recurring_fault()
    assert run(JobKind.GENERATE_SIGNALS).status_reason == Reason.COMPLETED
    assert run(JobKind.GENERATE_SUGGESTIONS).status_reason == Reason.COMPLETED
    assert (len(list_signals()), len(list_suggestions())) == (1, 2)
    for kind in (JobKind.GENERATE_SIGNALS, JobKind.GENERATE_SUGGESTIONS):
        assert run(kind).status_reason == Reason.NOTHING_TO_DO


def test_a_regeneration_leaves_one_output_that_waits_for_a_person() -> None:
    waiting = a_pending_regeneration()
    job = run(JobKind.REGENERATION_WORKER)
    assert job.view is JobView.AWAITING_USER
    found = regeneration(waiting)
    assert (found.status, found.job_id) == (RegenerationStatus.COMPLETED, job.job_id)
    assert found.output is not None and found.output.status is OutputStatus.PENDING
    assert [(line.text, len(line.sources)) for line in found.output.lines] == [(PUMP, 3)]
    assert run(JobKind.REGENERATION_WORKER).status_reason == Reason.NOTHING_TO_DO


def test_pruning_tells_how_many_went(clock: ShipClock) -> None:
    a_recurring_fault()
    clock.advance(days=91)
    collect(WORKER)
    aggregate(WORKER)
    expected = preview().events
    job = run(JobKind.PRUNE_ANALYTICS_EVENTS)
    assert job.result is not None and job.result["events"] == expected > 0
    assert any(f"{expected} events from before" in line.message for line in job.log)
    assert run(JobKind.PRUNE_ANALYTICS_EVENTS).status_reason == Reason.NOTHING_TO_DO


def test_no_job_of_the_insights_may_write_anything_else() -> None:
    for kind in WAITING:
        allowed = {ref.partition(":")[0] for ref in KINDS[kind].writes}
        assert allowed <= {"analytics", "signal", "suggestion", "regeneration"}


def test_every_kind_that_waits_for_work_has_somebody_to_ask() -> None:
    waiting = {
        kind for kind, spec in KINDS.items()
        if isinstance(spec.schedule, Every) and spec.schedule.when_waiting
    }  # fmt: skip
    assert waiting == set(WAITING)


def test_an_idle_hour_starts_no_regeneration_and_writes_nothing_of_it(clock: ShipClock) -> None:
    keeper = Timekeeper(waiting=WAITING)
    for _ in range(60):
        clock.advance(minutes=1)
        keeper.tick()
    assert kinds_started().count(JobKind.REGENERATION_WORKER) == 0
    assert schedule_rows("regeneration_worker") == 0


def test_an_idle_ship_counts_once_a_watch_and_a_busy_one_every_half_hour(
    clock: ShipClock,
) -> None:
    keeper = Timekeeper(waiting=WAITING)
    keeper.tick()
    assert half_hours(24, keeper, clock) in (5, 6, 7)
    assert half_hours(2, keeper, clock, busy=True) == 4


def test_a_store_without_a_vessel_counts_nothing(home: Path) -> None:
    database.close()
    database.create(home.with_name("nowhere"))
    assert not WAITING[JobKind.ANALYTICS_JOBS]()


def half_hours(hours: int, keeper: Timekeeper, clock: ShipClock, *, busy: bool = False) -> int:
    """Let time pass with the worker at hand; how many analytics jobs it started."""
    before = kinds_started().count(JobKind.ANALYTICS_JOBS)
    for _ in range(2 * hours):
        clock.advance(minutes=30)
        if busy:
            an_entry("Anchor holding, all well.")
        keeper.tick()
        drain()
    return kinds_started().count(JobKind.ANALYTICS_JOBS) - before


def test_an_approved_regeneration_starts_within_a_minute_or_two(clock: ShipClock) -> None:
    keeper = Timekeeper(waiting=WAITING)
    keeper.tick()
    clock.advance(hours=3)
    waiting = a_pending_regeneration()
    for _ in range(3):
        clock.advance(minutes=1)
        keeper.tick()
        drain()
    assert regeneration(waiting).status is RegenerationStatus.COMPLETED
    assert kinds_started().count(JobKind.REGENERATION_WORKER) == 1
    states = ledger.execute_sql(
        "SELECT state FROM schedule_occurrence WHERE schedule = 'regeneration_worker'"
    ).fetchall()
    assert states == [("started",)]


def test_a_failed_worker_job_waits_for_an_answer_before_the_next_starts() -> None:
    a_pending_regeneration()
    submit(WORKER, JobKind.REGENERATION_WORKER, {})
    job = claim_next("worker-here")
    assert job is not None
    fail(job, Failure(Reason.TIMED_OUT, "TimedOut", "after 600 s"), Account())
    assert not WAITING[JobKind.REGENERATION_WORKER]()


def test_a_dry_run_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOB_DRY_RUN", "1")
    a_fault_is_recorded_three_times()
    job = run(JobKind.ANALYTICS_JOBS)
    assert job.status_reason == Reason.DRY_RUN and list_signals() == []


def kinds_started() -> list[JobKind]:
    return [JobKind(job.kind) for job in list_jobs()]


def schedule_rows(name: str) -> int:
    sql = "SELECT count(*) FROM schedule_occurrence WHERE schedule = ?"
    return int(ledger.execute_sql(sql, (name,)).fetchone()[0])

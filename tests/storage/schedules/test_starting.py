"""Starting by the clock: each occurrence once, whatever happens to pools, clocks and bills."""

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import list_events
from storage.database import transaction
from storage.engine import ledger
from storage.errors import StoreError
from storage.jobs.actions import pause
from storage.jobs.cadence import Clocked, Daily
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import Origin
from storage.jobs.views import find_job
from storage.schedules.actions import note_missed
from storage.schedules.timekeeper import Timekeeper
from storage.schedules.timetable import Scheduled, timetable
from storage.schedules.views import schedule_view
from storage.vessel.actions import post_watch_bill, set_offset
from storage.vessel.rules import Watch
from tests.builders import a_captain
from tests.clock import ShipClock
from tests.storage.schedules.voyage import (
    DRAFTING,
    EACH_MINUTE,
    HALF_HOURLY,
    NIGHTLY,
    end_all_jobs,
    jobs,
    rows,
    started,
    tick,
    utc,
)


def test_the_first_look_starts_nothing_and_the_next_end_of_watch_one_job(
    store: object, clock: ShipClock
) -> None:
    assert tick(DRAFTING) == []
    clock.at = utc("03-01 05:59")
    assert tick(DRAFTING) == []
    clock.at = utc("03-01 06:00")
    (job_id,) = tick(DRAFTING)
    assert rows(DRAFTING) == [("2026-03-01 0800", "started", 1)]
    job = find_job(job_id)
    assert (job.origin, job.requested_by) == (Origin.SCHEDULED, WORKER.id)
    assert job.lock_key.endswith(job.vessel_id or "no vessel")
    assert tick(DRAFTING) == []


def test_a_start_is_one_event_beside_that_of_its_job(store: object, clock: ShipClock) -> None:
    tick(NIGHTLY)
    clock.at = utc("03-02 01:00")
    (job_id,) = tick(NIGHTLY)
    started_event, submitted = list_events(limit=2)
    assert (submitted.action, submitted.job_id) == ("job.submitted", job_id)
    assert (started_event.action, started_event.actor_id) == ("schedule.started", WORKER.id)
    assert started_event.detail["occurrence"] == "2026-03-02 0300"
    assert started_event.trace_id == submitted.trace_id


def test_a_power_cut_between_row_and_job_leaves_neither(store: object, clock: ShipClock) -> None:
    tick(NIGHTLY)
    clock.at = utc("03-02 01:00")
    try:
        with transaction():
            assert tick(NIGHTLY)
            raise RuntimeError("power cut")
    except RuntimeError:
        assert (rows(NIGHTLY), jobs()) == ([], 0)
    assert len(tick(NIGHTLY)) == 1


def test_an_hour_put_forward_starts_each_run_once(store: object, clock: ShipClock) -> None:
    tick(EACH_MINUTE, DRAFTING)
    clock.step(hours=3)
    tick(EACH_MINUTE, DRAFTING)
    assert started(EACH_MINUTE) == ["2026-03-01T07:00:00Z"]
    assert rows(EACH_MINUTE)[0] == ("2026-03-01T06:59:00Z", "made_up", 179)
    assert rows(DRAFTING) == [("2026-03-01 0800", "missed", 1)]
    assert jobs() == 1


def test_an_hour_put_back_runs_nothing_again_and_stops_nothing(
    store: object, clock: ShipClock
) -> None:
    tick(HALF_HOURLY)
    for _ in range(4):
        clock.advance(minutes=30)
        tick(HALF_HOURLY)
        end_all_jobs()
    before = started(HALF_HOURLY)
    clock.step(hours=-1)
    for _ in range(2):
        tick(HALF_HOURLY)
        clock.advance(minutes=30)
    assert started(HALF_HOURLY) == before
    clock.advance(minutes=30)
    tick(HALF_HOURLY)
    assert started(HALF_HOURLY) == [*before, "2026-03-01T06:30:00Z"]


def test_a_clock_once_ten_years_ahead_does_not_silence_a_schedule(
    store: object, clock: ShipClock
) -> None:
    tick(NIGHTLY)
    clock.step(days=3650)
    tick(NIGHTLY)
    assert rows(NIGHTLY)[0][1:] == ("missed", 31), "a month of it is counted, not ten years"
    clock.step(days=-3650)
    tick(NIGHTLY)
    clock.at = utc("03-02 01:00")
    assert len(tick(NIGHTLY)) == 1
    assert started(NIGHTLY) == ["2026-03-02 0300"]


def test_clocks_advanced_over_the_end_of_a_watch_start_its_run_at_the_change(
    store: object, clock: ShipClock
) -> None:
    tick(DRAFTING)
    clock.at = utc("03-01 05:30")
    set_offset(a_captain().actor, 180)  # 0730 becomes 0830
    assert len(tick(DRAFTING)) == 1
    clock.at = utc("03-01 06:00")
    assert tick(DRAFTING) == []
    assert rows(DRAFTING) == [("2026-03-01 0800", "started", 1)]


def test_clocks_retarded_over_the_end_of_a_watch_do_not_start_it_again(
    store: object, clock: ShipClock
) -> None:
    tick(DRAFTING)
    clock.at = utc("03-01 06:00")
    assert len(tick(DRAFTING)) == 1
    end_all_jobs()
    clock.at = utc("03-01 06:10")
    set_offset(a_captain().actor, 60)  # 0810 becomes 0710
    clock.at = utc("03-01 07:00")
    assert tick(DRAFTING) == []
    clock.at = utc("03-01 11:00")
    assert len(tick(DRAFTING)) == 1
    assert started(DRAFTING) == ["2026-03-01 0800", "2026-03-01 1200"]


def test_a_new_watch_bill_holds_from_now_on_and_not_for_what_has_been(
    store: object, clock: ShipClock
) -> None:
    tick(DRAFTING)
    clock.at = utc("03-01 07:50")
    note_missed(WORKER, DRAFTING)
    noted = rows(DRAFTING)
    post_watch_bill(
        a_captain().actor,
        [Watch(start="2200", end="0930"), Watch(start="0930", end="2200")],
    )
    clock.at = utc("03-01 07:51")
    tick(DRAFTING)
    assert rows(DRAFTING) == noted, "0930 had been before the bill was posted"
    for moment in ("03-01 20:00", "03-02 07:30"):
        clock.at = utc(moment)
        assert len(tick(DRAFTING)) == 1
        end_all_jobs()
    assert started(DRAFTING) == ["2026-03-01 2200", "2026-03-02 0930"]


def test_a_watch_that_ended_just_before_a_new_bill_still_has_its_run(
    store: object, clock: ShipClock
) -> None:
    tick(DRAFTING)
    clock.at = utc("03-01 06:00")
    post_watch_bill(
        a_captain().actor, [Watch(start="0100", end="1300"), Watch(start="1300", end="0100")]
    )
    clock.advance(seconds=1)
    assert len(tick(DRAFTING)) == 1
    assert rows(DRAFTING) == [("2026-03-01 0800", "started", 1)]


def test_behind_a_paused_engine_one_job_waits_however_often_it_is_due(
    store: object, clock: ShipClock
) -> None:
    pause(WORKER)
    tick(EACH_MINUTE)
    for _ in range(5):
        clock.advance(minutes=1)
        tick(EACH_MINUTE)
    assert jobs() == 1
    assert [state for _, state, _ in rows(EACH_MINUTE)] == ["started", *["joined"] * 4]


def test_without_a_watch_bill_drafting_never_starts_and_says_why(
    empty_store: object, clock: ShipClock
) -> None:
    tick(DRAFTING)
    clock.advance(days=2)
    assert tick(DRAFTING) == [] and rows(DRAFTING) == []
    view = schedule_view(DRAFTING)
    assert view.next is None and "no vessel" in (view.why_never or "")


def test_a_timekeeper_looks_only_when_there_is_something_to_see(
    store: object, clock: ShipClock
) -> None:
    keepers = [Timekeeper([NIGHTLY]), Timekeeper([NIGHTLY])]
    assert [keeper.tick() for keeper in keepers] == [[], []]
    written = ledger.connection().total_changes
    clock.advance(hours=20)
    assert [keeper.tick() for keeper in keepers] == [[], []]
    assert ledger.connection().total_changes == written
    clock.advance(hours=1)
    assert [len(keeper.tick()) for keeper in keepers] == [1, 0]


@pytest.mark.aboard
def test_what_could_not_be_written_is_started_at_the_next_look(
    store: object, clock: ShipClock
) -> None:
    keeper = Timekeeper([NIGHTLY])
    keeper.tick()
    clock.at = utc("03-02 01:00")
    ledger.execute_sql("PRAGMA query_only = 1")
    with pytest.raises(StoreError):
        keeper.tick()
    ledger.execute_sql("PRAGMA query_only = 0")
    assert len(keeper.tick()) == 1


def test_a_schedule_that_cannot_start_is_refused_once_and_holds_up_no_other(
    store: object, clock: ShipClock
) -> None:
    without_a_draft = Scheduled(JobKind.HANDOVER_REGENERATE, Daily("0300"))
    keeper = Timekeeper([without_a_draft, NIGHTLY])
    keeper.tick()
    clock.at = utc("03-02 01:00")
    assert [schedule for schedule, _ in keeper.tick()] == [NIGHTLY]
    clock.advance(seconds=1)
    keeper.tick()
    refused = [event for event in list_events(limit=9) if event.outcome == "refused"]
    assert [event.subject_id for event in refused] == ["handover_regenerate"]
    clock.advance(hours=24)
    keeper.tick()
    assert rows(without_a_draft) == [("2026-03-02 0300", "missed", 1)]


def test_a_timekeeper_hears_of_changed_clocks_at_once(store: object, clock: ShipClock) -> None:
    keeper = Timekeeper([DRAFTING])
    keeper.tick()
    clock.at = utc("03-01 05:30")
    assert keeper.tick() == []
    set_offset(a_captain().actor, 180)
    clock.advance(seconds=1)
    assert len(keeper.tick()) == 1


def test_a_timekeeper_follows_a_clock_that_went_back(store: object, clock: ShipClock) -> None:
    keeper = Timekeeper([EACH_MINUTE])
    clock.step(days=400)
    keeper.tick()
    clock.step(days=-400)
    assert keeper.tick() == []
    clock.advance(minutes=1)
    assert len(keeper.tick()) == 1


def test_the_timetable_is_that_of_the_registry_and_nothing_in_it_needs_an_argument() -> None:
    by_the_clock = [kind for kind, spec in KINDS.items() if isinstance(spec.schedule, Clocked)]
    assert [one.kind for one in timetable()] == by_the_clock
    assert DRAFTING in timetable()
    for kind in by_the_clock:
        KINDS[kind].arguments()

"""What was missed while off: one question for each schedule, answered by one run or by none."""

import pytest

from storage.audit.views import list_events
from storage.errors import NotFound, WrongState
from storage.jobs.states import JobStatus
from storage.jobs.views import find_job
from storage.schedules.actions import run_now, skip_missed
from storage.schedules.states import OccurrenceState
from storage.schedules.timetable import scheduled
from storage.schedules.views import Missed, list_schedules, schedule_view
from tests.clock import ShipClock
from tests.storage.schedules.voyage import (
    DRAFTING,
    EACH_MINUTE,
    HALF_HOURLY,
    NIGHTLY,
    OFFICER,
    end_all_jobs,
    jobs,
    rows,
    started,
    tick,
    utc,
)


def three_days_without_power(clock: ShipClock) -> None:
    """From 0600 ship's time to 0530 on the fourth day."""
    tick(NIGHTLY, DRAFTING, HALF_HOURLY)
    clock.at = utc("03-04 03:30")


def test_after_three_days_a_daily_schedule_asks_one_question(
    store: object, clock: ShipClock
) -> None:
    three_days_without_power(clock)
    assert tick(NIGHTLY) == []
    assert rows(NIGHTLY) == [("2026-03-04 0300", "missed", 3)]
    assert schedule_view(NIGHTLY).missed == Missed(
        count=3, first_due_at=utc("03-02 01:00"), last_due_at=utc("03-04 01:00")
    )
    assert jobs() == 0


def test_what_no_worker_has_noted_yet_is_listed_all_the_same(
    store: object, clock: ShipClock
) -> None:
    three_days_without_power(clock)
    unnoted = schedule_view(NIGHTLY).missed
    assert rows(NIGHTLY) == []
    tick(NIGHTLY)
    assert schedule_view(NIGHTLY).missed == unnoted


def test_misses_of_many_nights_are_still_one_question(store: object, clock: ShipClock) -> None:
    tick(NIGHTLY)
    for day in range(2, 30):
        clock.at = utc(f"03-{day:02d} 09:00")
        tick(NIGHTLY)
    missed = schedule_view(NIGHTLY).missed
    assert missed is not None and missed.count == 28
    assert skip_missed(OFFICER, NIGHTLY) == 28
    assert schedule_view(NIGHTLY).missed is None


def test_one_run_by_hand_makes_up_for_all_of_it(store: object, clock: ShipClock) -> None:
    three_days_without_power(clock)
    job, made_up = run_now(OFFICER, NIGHTLY)
    assert made_up == 3 and jobs() == 1
    assert find_job(job.job_id).requested_by == OFFICER.id
    assert schedule_view(NIGHTLY).missed is None
    assert tick(NIGHTLY) == [], "it never runs a second time"
    by_hand, submitted, missed = list_events(limit=3)
    assert (by_hand.action, by_hand.actor_id) == ("schedule.run_by_hand", OFFICER.id)
    assert (submitted.action, missed.action) == ("job.submitted", "schedule.missed")
    assert missed.detail["count"] == 3


def test_skipping_is_recorded_and_can_be_done_once(store: object, clock: ShipClock) -> None:
    three_days_without_power(clock)
    assert skip_missed(OFFICER, NIGHTLY) == 3
    with pytest.raises(WrongState, match="No missed run of debug"):
        skip_missed(OFFICER, NIGHTLY)
    refused, skipped, _ = list_events(limit=3)
    assert [(e.action, e.outcome) for e in (skipped, refused)] == [
        ("schedule.skipped", "done"), ("schedule.skipped", "refused"),
    ]  # fmt: skip
    assert jobs() == 0


def test_an_interval_makes_up_for_itself_with_its_next_run(store: object, clock: ShipClock) -> None:
    three_days_without_power(clock)
    clock.at = utc("03-04 03:50")
    tick(HALF_HOURLY)
    assert rows(HALF_HOURLY) == [("2026-03-04T03:30:00Z", "missed", 143)]
    clock.at = utc("03-04 04:00")
    (job_id,) = tick(HALF_HOURLY)
    assert [state for _, state, _ in rows(HALF_HOURLY)] == ["made_up", "started"]
    view = schedule_view(HALF_HOURLY)
    assert view.missed is None and view.last is not None and view.last.job_id == job_id


def test_after_a_month_in_the_yard_an_interval_counts_no_more_than_a_thousand(
    store: object, clock: ShipClock
) -> None:
    tick(EACH_MINUTE)
    clock.advance(days=30, seconds=45)
    tick(EACH_MINUTE)
    assert rows(EACH_MINUTE)[0][1:] == ("missed", 1000)


def test_a_regular_run_does_not_answer_for_the_days_that_were_missed(
    store: object, clock: ShipClock
) -> None:
    three_days_without_power(clock)
    tick(NIGHTLY)
    clock.at = utc("03-05 01:00")
    assert len(tick(NIGHTLY)) == 1
    missed = schedule_view(NIGHTLY).missed
    assert missed is not None and missed.count == 3


def test_within_its_grace_a_run_starts_late_by_itself(store: object, clock: ShipClock) -> None:
    tick(NIGHTLY, DRAFTING)
    clock.at = utc("03-01 06:15")
    assert len(tick(DRAFTING)) == 1
    clock.at = utc("03-02 02:00")
    assert len(tick(NIGHTLY)) == 1
    assert started(NIGHTLY) == ["2026-03-02 0300"]


def test_by_hand_it_runs_when_nothing_was_missed_and_takes_no_due_run_away(
    store: object, clock: ShipClock
) -> None:
    tick(NIGHTLY)
    clock.at = utc("03-02 01:00")
    first, made_up = run_now(OFFICER, NIGHTLY)
    assert made_up == 0
    end_all_jobs()
    (due,) = tick(NIGHTLY)
    assert due != first.job_id
    assert [state for _, state, _ in rows(NIGHTLY)] == ["by_hand", "started"]


def test_asking_twice_for_the_same_draft_is_one_job_and_one_event(
    store: object, clock: ShipClock
) -> None:
    (first, _), (second, _) = run_now(OFFICER, DRAFTING), run_now(OFFICER, DRAFTING)
    assert first.job_id == second.job_id and not second.created
    assert [e.action for e in list_events(limit=9)].count("schedule.run_by_hand") == 1


def test_a_list_shows_the_next_run_in_both_times_and_the_last_with_its_job(
    store: object, clock: ShipClock
) -> None:
    tick(DRAFTING)
    clock.at = utc("03-01 06:00")
    (job_id,) = tick(DRAFTING)
    view = next(one for one in list_schedules() if one.name == "handover_generate")
    assert (view.rule, view.grace_s, view.why_never) == ("end_of_watch", 900, None)
    assert view.next is not None and view.next.due_at == utc("03-01 10:00")
    assert view.next.both_times == "2026-03-01 12:00 LT (UTC+2) · 10:00 UTC"
    assert view.last is not None
    assert (view.last.job_id, view.last.job_status) == (job_id, JobStatus.QUEUED)
    assert (view.last.state, view.last.due_at) == (OccurrenceState.STARTED, utc("03-01 06:00"))


def test_an_unknown_schedule_is_refused() -> None:
    with pytest.raises(NotFound, match="schedule 'debug'"):
        scheduled("debug")

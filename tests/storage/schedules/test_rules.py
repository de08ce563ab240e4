"""When a schedule is due: by UTC, and by a ship's clock that is put forward and back."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.jobs.cadence import Daily, EndOfWatch, Every
from storage.schedules.rules import (
    INSTANT,
    Due,
    Offsets,
    Plan,
    first_shown,
    grace,
    judge,
    next_after,
    occurrences,
    plan_of,
)
from tests.storage.schedules.voyage import utc

MINUTE = timedelta(minutes=1)
START, END = utc("03-01 00:00"), utc("03-05 00:00")
PLUS_TWO: Offsets = [(utc("01-01 00:00"), 120)]
AT_THREE = Plan(times=("0300",))
WATCHES = Plan(times=("0000", "0400", "0800", "1200", "1600", "2000"))

moments = st.integers(0, int((END - START) / MINUTE)).map(lambda n: START + n * MINUTE)
plans = st.one_of(
    st.integers(1, 2000).map(lambda minutes: Plan(every_s=60 * minutes)),
    st.sets(st.integers(0, 23), min_size=1).map(
        lambda hours: Plan(times=tuple(f"{hour:02d}00" for hour in sorted(hours)))
    ),
)
voyages = st.lists(
    st.tuples(moments, st.integers(-14, 14).map(lambda hours: 60 * hours)), max_size=6
).map(lambda changes: [(utc("01-01 00:00"), 0), *sorted(changes, key=lambda change: change[0])])


def keys(plan: Plan, offsets: Offsets, start: datetime, end: datetime) -> list[str]:
    return [due.key for due in occurrences(plan, offsets, start, end)]


def test_an_interval_is_counted_in_utc_and_no_clock_change_touches_it() -> None:
    half_hours = Plan(every_s=1800)
    found = keys(half_hours, PLUS_TWO, utc("03-01 04:00"), utc("03-01 05:00"))
    assert found == ["2026-03-01T04:00:00Z", "2026-03-01T04:30:00Z", "2026-03-01T05:00:00Z"]


def test_a_daily_time_is_the_ships() -> None:
    (due,) = occurrences(AT_THREE, PLUS_TWO, utc("03-01 00:00"), utc("03-01 23:59"))
    assert due == Due("2026-03-01 0300", utc("03-01 01:00"))


def test_without_a_vessel_a_daily_time_is_that_of_utc() -> None:
    (due,) = occurrences(AT_THREE, (), utc("03-01 00:00"), utc("03-01 23:59"))
    assert due.at == utc("03-01 03:00")


def test_a_ship_keeps_no_summer_time() -> None:
    due = occurrences(AT_THREE, [(utc("01-01 00:00"), 60)], utc("03-28 00:00"), utc("03-31 00:00"))
    assert {one.at.hour for one in due} == {2} and len(due) == 3


def test_a_time_skipped_when_clocks_are_advanced_is_due_at_the_change() -> None:
    advanced = [*PLUS_TWO, (utc("03-02 00:30"), 180)]  # 0230 becomes 0330
    found = occurrences(AT_THREE, advanced, utc("03-01 12:00"), utc("03-03 12:00"))
    assert found == [
        Due("2026-03-02 0300", utc("03-02 00:30")), Due("2026-03-03 0300", utc("03-03 00:00"))
    ]  # fmt: skip


def test_a_time_that_comes_twice_when_clocks_are_retarded_is_due_the_first_time() -> None:
    retarded = [*PLUS_TWO, (utc("03-02 01:30"), 60)]  # 0330 becomes 0230
    found = occurrences(AT_THREE, retarded, utc("03-01 12:00"), utc("03-03 12:00"))
    assert found == [
        Due("2026-03-02 0300", utc("03-02 01:00")), Due("2026-03-03 0300", utc("03-03 02:00"))
    ]  # fmt: skip


def test_a_day_lost_at_the_date_line_is_due_at_the_crossing_and_a_day_won_only_once() -> None:
    west = [(utc("01-01 00:00"), -660), (utc("03-02 12:00"), 780)]  # 0100 becomes 0100 a day later
    assert keys(AT_THREE, west, utc("03-01 12:00"), utc("03-03 23:59")) == [
        "2026-03-01 0300", "2026-03-02 0300", "2026-03-03 0300", "2026-03-04 0300"
    ]  # fmt: skip
    assert first_shown(utc("03-02 03:00"), west) == utc("03-02 12:00")
    east = [
        (utc("01-01 00:00"), 780),
        (utc("03-02 12:00"), -660),
    ]  # a day again
    found = keys(AT_THREE, east, utc("03-01 00:00"), utc("03-04 23:59"))
    assert len(found) == len(set(found)) == 3


def test_watch_ends_skipped_together_are_one_run() -> None:
    west = [(utc("01-01 00:00"), -660), (utc("03-02 12:00"), 780)]
    crossing = occurrences(WATCHES, west, utc("03-02 12:00"), utc("03-02 12:00"))
    assert crossing == [Due("2026-03-03 0000", utc("03-02 12:00"))]


def test_a_watch_bill_over_midnight_ends_each_watch_once() -> None:
    dogged = plan_of(EndOfWatch(), ("2200", "0400", "1000", "1600"))
    found = keys(dogged, PLUS_TWO, utc("03-01 12:00"), utc("03-02 12:00"))
    assert found == ["2026-03-01 1600", "2026-03-01 2200", "2026-03-02 0400", "2026-03-02 1000"]


def test_without_a_watch_bill_no_watch_ends() -> None:
    never = plan_of(EndOfWatch(), ())
    assert occurrences(never, PLUS_TWO, START, END) == []
    assert next_after(never, PLUS_TWO, START) is None


def test_the_next_run_passes_over_what_ran_already() -> None:
    taken = {"2026-03-01 0300", "2026-03-02 0300"}
    due = next_after(AT_THREE, PLUS_TWO, utc("03-01 00:00"), taken)
    assert due == Due("2026-03-03 0300", utc("03-03 01:00"))


@settings(deadline=None)
@given(plan=plans, offsets=voyages, cuts=st.lists(moments, min_size=2, max_size=6))
def test_looking_in_pieces_finds_exactly_what_one_look_finds(
    plan: Plan, offsets: Offsets, cuts: list[datetime]
) -> None:
    cuts = sorted(set(cuts))
    pieces = [
        due
        for begin, end in pairwise(cuts)
        for due in occurrences(plan, offsets, begin + INSTANT, end)
    ]
    assert pieces == occurrences(plan, offsets, cuts[0] + INSTANT, cuts[-1])


@settings(deadline=None)
@given(offsets=voyages, hour=st.integers(0, 23))
def test_a_daily_time_is_due_when_the_ships_clock_first_shows_it_or_a_later_one(
    offsets: Offsets, hour: int
) -> None:
    """Against a ship's clock that is read every minute."""
    plan = Plan(times=(f"{hour:02d}00",))
    latest, seen = datetime(2026, 2, 28, tzinfo=UTC), dict[datetime, str]()
    moment = START - timedelta(days=2)
    while moment <= END:
        minutes = [m for since, m in offsets if since <= moment][-1]
        shown = moment + timedelta(minutes=minutes)
        while (day := latest + timedelta(days=1)).replace(hour=hour) <= shown:
            seen[moment], latest = f"{day:%Y-%m-%d} {hour:02d}00", day
        moment += MINUTE
    inside = {at: key for at, key in seen.items() if at >= START}
    assert {due.at: due.key for due in occurrences(plan, offsets, START, END)} == inside


@settings(deadline=None)
@given(plan=plans, offsets=voyages, moment=moments)
def test_the_next_run_is_the_first_of_those_to_come(
    plan: Plan, offsets: Offsets, moment: datetime
) -> None:
    due = next_after(plan, offsets, moment)
    assert due is not None and due.at > moment
    assert occurrences(plan, offsets, moment + INSTANT, due.at) == [due]


@settings(deadline=None)
@given(late=st.integers(0, 7200), number=st.integers(1, 50))
def test_of_all_that_is_due_at_most_the_newest_runs(late: int, number: int) -> None:
    due = [Due(str(n), START + n * MINUTE) for n in range(number)]
    now, within = due[-1].at + timedelta(seconds=late), grace(Daily("0300"))
    verdict = judge(due, now, within)
    assert verdict.run == (due[-1] if late <= 3600 else None)
    assert [*verdict.missed, *([verdict.run] if verdict.run else [])] == due


def test_nothing_due_is_nothing_missed() -> None:
    assert judge([], START, grace(Every(60))) == judge([], END, grace(EndOfWatch()))


@pytest.mark.parametrize(
    ("rule", "minutes"), [(Every(3600), 30), (Daily("0300"), 60), (EndOfWatch(), 15)]
)
def test_a_run_may_start_late_by(rule: Every | Daily | EndOfWatch, minutes: int) -> None:
    assert grace(rule) == timedelta(minutes=minutes)


def test_a_rule_says_itself_in_words() -> None:
    rules = (Every(1800), Every(60), Every(90), Every(86_400), Daily("0300"), EndOfWatch())
    assert [str(rule) for rule in rules] == [
        "every 30 min", "every 1 min", "every 90 s", "every 1 d", "daily 0300", "end_of_watch"
    ]  # fmt: skip


def test_nonsense_is_no_rule() -> None:
    with pytest.raises(ValueError, match="no interval"):
        Every(0)
    for time in ("2400", "3:00", "0360", ""):
        with pytest.raises(ValueError, match="not a time of the clock"):
            Daily(time)

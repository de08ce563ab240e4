"""UTC for the record, ship's time beside it."""

from datetime import UTC, datetime, timedelta

import pytest

from storage import clock

MOMENT = datetime(2026, 3, 1, 1, 52, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "printed"),
    [
        (0, "2026-03-01 01:52 LT (UTC) · 01:52 UTC"),
        (120, "2026-03-01 03:52 LT (UTC+2) · 01:52 UTC"),
        (-210, "2026-02-28 22:22 LT (UTC-3:30) · 2026-03-01 01:52 UTC"),
        (840, "2026-03-01 15:52 LT (UTC+14) · 01:52 UTC"),
    ],
)
def test_ships_time_stands_beside_utc_east_and_west(minutes: int, printed: str) -> None:
    assert clock.both_times(MOMENT, minutes) == printed


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("+02:00", 120), ("-3:30", -210), ("Z", 0), ("utc", 0), ("+14", 840), ("-14:00", -840)],
)
def test_an_offset_is_read_as_it_is_written_on_charts(text: str, minutes: int) -> None:
    assert clock.parse_offset(text) == minutes


@pytest.mark.parametrize("text", ["", "2", "+", "+15", "+14:01", "+02:60", "+2:x", "east", "+-2"])
def test_an_offset_no_ship_keeps_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="offset"):
        clock.parse_offset(text)


def test_a_time_without_an_offset_is_not_kept() -> None:
    with pytest.raises(ValueError, match="has no offset"):
        clock.from_text("2026-03-01T03:52:00")


def test_a_time_survives_being_written_and_read() -> None:
    moment = MOMENT + timedelta(microseconds=7)
    assert clock.from_text(clock.to_text(moment)) == moment


def test_times_sort_as_text_the_way_they_sort_as_times() -> None:
    moments = [MOMENT + timedelta(microseconds=n * 999_999) for n in range(-50, 50)]
    assert sorted(moments) == sorted(moments, key=clock.to_text)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "just now"), (200, "3 min ago"), (4 * 3600, "4 h ago"), (12 * 86400, "12 days ago")],
)
def test_an_age_is_told_in_the_unit_people_use(seconds: int, words: str) -> None:
    assert clock.age_words(seconds) == words

"""The vessel, her ship's time as a dated list of offsets, her watch bill."""

from datetime import timedelta

import pytest

from storage.audit.views import count_events
from storage.database import transaction
from storage.errors import AlreadyExists, BadInput, NotFound
from storage.vessel.actions import name_vessel, post_watch_bill, set_offset
from storage.vessel.rules import FOUR_ON_EIGHT_OFF, Watch, check_imo, watch_at
from storage.vessel.views import offset_at, the_vessel
from tests.builders import a_captain
from tests.clock import START, ShipClock


def test_a_store_without_a_vessel_says_so(empty_store: object) -> None:
    with pytest.raises(NotFound, match="vessel"):
        the_vessel()


def test_a_store_has_one_vessel(store: object) -> None:
    with pytest.raises(AlreadyExists, match="Halcyon Tide"):
        name_vessel(a_captain().actor, "Second Wind")


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "Halcyon\nTide", "\x07"])
def test_a_vessels_name_prints(empty_store: object, name: str) -> None:
    with pytest.raises(BadInput, match="printable"):
        name_vessel(a_captain().actor, name)


@pytest.mark.parametrize(("given", "kept"), [("IMO 9999993", "9999993"), (None, None)])
def test_an_imo_number_is_seven_digits_or_none(given: str | None, kept: str | None) -> None:
    assert check_imo(given) == kept


@pytest.mark.parametrize("given", ["", "999999", "99999933", "IMO", "999999x", "９９９９９９３"])
def test_anything_else_is_no_imo_number(given: str) -> None:
    with pytest.raises(BadInput, match="seven digits"):
        check_imo(given)


def test_ship_time_that_changes_keeps_what_was_recorded_before(
    store: object, clock: ShipClock
) -> None:
    captain, vessel = a_captain().actor, the_vessel()
    assert vessel.offset_minutes == 120
    clock.advance(days=2)
    set_offset(captain, -210)
    clock.advance(days=2)
    set_offset(captain, 840)
    offsets = [offset_at(vessel.id, START + timedelta(days=day)) for day in (-9, 0, 1, 2, 3, 4, 9)]
    assert offsets == [120, 120, 120, -210, -210, 840, 840]
    assert the_vessel().both_times(START) == "2026-03-01 18:00 LT (UTC+14) · 04:00 UTC"


def test_setting_the_offset_she_keeps_changes_nothing(store: object) -> None:
    before = count_events()
    set_offset(a_captain().actor, 120)
    assert count_events() == before


def test_two_changes_at_one_moment_leave_the_later_one(store: object) -> None:
    captain = a_captain().actor
    with transaction():
        set_offset(captain, 60)
        set_offset(captain, 0)
    assert the_vessel().offset_minutes == 0


@pytest.mark.parametrize(
    ("hhmm", "watch"),
    [("0000", "0000–0400"), ("0359", "0000–0400"), ("0400", "0400–0800"), ("2359", "2000–2400")],
)
def test_the_watch_of_a_time_begins_on_the_hour(hhmm: str, watch: str) -> None:
    assert str(watch_at(FOUR_ON_EIGHT_OFF, hhmm)) == watch


def test_a_watch_may_go_through_midnight(store: object) -> None:
    bill = (Watch(start="2200", end="0600"), Watch(start="0600", end="2200"))
    assert post_watch_bill(a_captain().actor, bill).watch_bill == bill
    assert [str(watch_at(bill, hhmm)) for hhmm in ("2300", "0559", "0600")] == [
        "2200–0600", "2200–0600", "0600–2200",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "watches",
    [
        (),
        ("0000-0400", "0400-0800"),
        ("0000-1200", "1100-0000"),
        ("0000-1200", "1300-0000"),
        ("0000-2500", "2500-0000"),
        ("0000-0000", "0000-0000"),
        ("noon-0000", "0000-noon"),
    ],
)
def test_watches_that_do_not_go_once_round_the_clock_are_refused(
    store: object, watches: tuple[str, ...]
) -> None:
    bill = [Watch(start=text[:4], end=text[5:]) for text in watches]
    with pytest.raises(BadInput):
        post_watch_bill(a_captain().actor, bill)
    assert the_vessel().watch_bill == FOUR_ON_EIGHT_OFF


def test_a_clock_put_back_before_her_first_offset_still_has_a_ships_time(
    store: object, clock: ShipClock
) -> None:
    clock.step(days=-400)
    assert the_vessel().offset_minutes == 120

"""Situations in which the verbs of schedules succeed; each gives the call that is then made."""

from datetime import timedelta

from storage.database import store_clock
from storage.schedules.actions import note_missed, run_now, skip_missed, start_due
from tests.clock import ShipClock
from tests.storage.schedules.voyage import NIGHTLY, tick, utc
from tests.storage.situations import Call


def to_note_missed() -> Call:
    _hours_after_it_was_due(5)
    return lambda actor: note_missed(actor, NIGHTLY)


def to_start_due() -> Call:
    _hours_after_it_was_due(0)
    return lambda actor: start_due(actor, NIGHTLY)


def to_run_now() -> Call:
    tick(NIGHTLY)
    return lambda actor: run_now(actor, NIGHTLY)


def to_skip_missed() -> Call:
    _hours_after_it_was_due(5)
    tick(NIGHTLY)
    return lambda actor: skip_missed(actor, NIGHTLY)


def _hours_after_it_was_due(hours: float) -> None:
    """The nightly schedule was seen the day before, and nobody has looked since."""
    clock = store_clock()
    assert isinstance(clock, ShipClock)
    tick(NIGHTLY)
    clock.at = utc("03-02 01:00") + timedelta(hours=hours)

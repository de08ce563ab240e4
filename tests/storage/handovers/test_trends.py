"""How many handovers were signed, day by day."""

from pathlib import Path

from storage.handovers.trends import signed_by_day
from tests.builders import a_signed_handover
from tests.clock import ShipClock


def test_a_handover_counts_on_the_day_it_was_countersigned(store: Path, clock: ShipClock) -> None:
    a_signed_handover()
    clock.advance(days=1)
    assert [day.signed for day in signed_by_day(3)] == [0, 1, 0]


def test_there_are_as_many_days_as_were_asked_for(store: Path) -> None:
    assert [day.signed for day in signed_by_day(30)] == [0] * 30

"""What was captured day by day."""

from datetime import date
from pathlib import Path

from storage.entries.trends import risks_by_day
from storage.taxonomy.risks import RiskTag, by_severity
from tests.builders import an_entry, an_entry_of
from tests.clock import START, ShipClock


def test_an_entry_counts_once_on_its_day_by_its_worst_risk(store: Path, clock: ShipClock) -> None:
    first = an_entry("Fire door 3 does not close, crew told to keep it shut by hand.")
    clock.advance(days=1)
    second = an_entry("Port tender battery flat.")
    days = risks_by_day(3)
    worst = [by_severity(e.risk_tags)[0] if e.risk_tags else RiskTag.INFORMATIONAL
             for e in (first, second)]  # fmt: skip
    assert [day.worst for day in days] == [{}, {worst[0]: 1}, {worst[1]: 1}]
    assert [day.day for day in days][1] == START.date()


def test_a_late_entry_counts_on_the_day_it_is_about(store: Path, clock: ShipClock) -> None:
    clock.advance(days=2)
    an_entry_of(START)
    assert [sum(day.worst.values()) for day in risks_by_day(3)] == [1, 0, 0]


def test_there_are_as_many_days_as_were_asked_for(store: Path) -> None:
    days = risks_by_day(30)
    assert (days[0].day, days[-1].day) == (date(2026, 1, 31), date(2026, 3, 1))

"""Daily counts: by upsert, the same however often they are made."""

from datetime import date, timedelta

import pytest

from storage.audit.actor import WORKER
from storage.engine import ledger
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.pruning import prune
from storage.insights.states import Metric
from storage.insights.views import days_without_aggregates, trend
from tests.builders import a_signed_handover, an_entry
from tests.clock import ShipClock
from tests.storage.insights.logbook import PUMP, PUMP_FAULT, counted

pytestmark = pytest.mark.usefixtures("store")

FIRST = date(2026, 3, 1)


def rows() -> list[tuple[object, ...]]:
    return ledger.execute_sql(
        "SELECT day, metric, subject, count, base FROM daily_aggregate ORDER BY 1, 2, 3"
    ).fetchall()


def test_counting_again_changes_nothing() -> None:
    a_signed_handover()
    collect(WORKER)
    assert aggregate(WORKER).changed > 0
    before = rows()
    assert aggregate(WORKER).changed == aggregate(WORKER, [FIRST]).changed == 0
    assert rows() == before


def test_a_rate_is_none_where_its_base_is_0() -> None:
    an_entry(PUMP)
    counted()
    (found,) = trend(Metric.FOLLOW_THROUGH)
    assert (found.count, found.base, found.rate) == (0, 0, None)


def test_a_day_on_which_nothing_happened_has_its_counts(clock: ShipClock) -> None:
    an_entry(PUMP)
    counted()
    clock.advance(days=3)
    counted()
    found = trend(Metric.COMPLETION)
    assert [it.day for it in found] == [FIRST + timedelta(days=n) for n in range(4)]
    assert [it.base for it in found[1:3]] == [6, 6]
    assert [it.count for it in trend(Metric.ENTRIES)] == [1, 0, 0, 0]


def test_faults_are_counted_by_domain_and_equipment() -> None:
    an_entry(PUMP)
    an_entry(PUMP)
    an_entry("Anchor holding, all well.")
    counted()
    assert [(it.subject, it.count, it.rate) for it in trend(Metric.FAULTS)] == [
        (PUMP_FAULT, 2, None)
    ]


def test_what_comes_in_late_counts_for_its_own_day(clock: ShipClock) -> None:
    an_entry(PUMP)
    clock.advance(days=1)
    counted()
    assert [it.count for it in trend(Metric.FAULTS)] == [1]
    clock.at -= timedelta(days=1)
    an_entry(PUMP)
    clock.at += timedelta(days=1)
    counted()
    assert [(it.day, it.count) for it in trend(Metric.FAULTS)] == [(FIRST, 2)]


def test_a_day_whose_events_were_pruned_keeps_its_counts(clock: ShipClock) -> None:
    an_entry(PUMP)
    counted()
    clock.advance(days=91)
    counted()
    before = rows()
    prune(WORKER)
    assert aggregate(WORKER, [FIRST, FIRST + timedelta(days=1)]).changed == 0
    assert rows() == before


def test_a_day_without_counts_is_found_and_counted(clock: ShipClock) -> None:
    assert days_without_aggregates() == []
    an_entry(PUMP)
    collect(WORKER)
    clock.advance(days=2)
    gap = days_without_aggregates()
    assert gap == [FIRST, FIRST + timedelta(days=1)]
    aggregate(WORKER, gap)
    assert days_without_aggregates() == []

"""I19: only raw analytics events are ever pruned, strictly older than ninety days."""

import hashlib
from datetime import timedelta

import peewee
import pytest

from storage.audit.actor import WORKER
from storage.audit.views import list_events
from storage.database import now
from storage.engine import ledger
from storage.insights.collecting import collect
from storage.insights.pruning import preview, prune
from tests.builders import a_signed_handover, an_entry
from tests.clock import ShipClock
from tests.storage.insights.logbook import PUMP, counted
from tests.stores import tables

pytestmark = pytest.mark.usefixtures("store")


def every_other_table() -> dict[str, str]:
    """Table → a hash of all its rows, but for the events themselves and the audit log.

    The rows of the full-text index are those of the tables it keeps them in.
    """
    return {
        name: hashlib.sha256(repr(ledger.execute_sql(f"SELECT * FROM {name}").fetchall()).encode())
        .hexdigest()
        for name in tables()
        if name not in ("analytics_event", "audit_event")
    }  # fmt: skip


def kept_events() -> list[str]:
    rows = ledger.execute_sql(
        "SELECT type FROM analytics_event WHERE type <> 'watch_ended' ORDER BY seq"
    ).fetchall()
    return [kind for (kind,) in rows]


def test_i19_pruning_touches_nothing_but_raw_events(clock: ShipClock) -> None:
    a_signed_handover()
    counted()
    clock.advance(days=91)
    counted()
    before, found = every_other_table(), preview()
    assert found.events > 20
    assert prune(WORKER).events == found.events
    assert every_other_table() == before
    (event,) = list_events(limit=1)
    assert event.action == "analytics.pruned" and event.detail["events"] == found.events


def test_an_event_of_exactly_ninety_days_stays(clock: ShipClock) -> None:
    an_entry(PUMP)
    clock.advance(days=90)
    counted()
    assert preview().events == 0 and prune(WORKER).events == 0
    clock.step(microseconds=1)
    assert prune(WORKER).events == 1


def test_a_preview_removes_nothing_and_says_when_the_cut_is(clock: ShipClock) -> None:
    an_entry(PUMP)
    counted()
    clock.advance(days=100)
    found = preview()
    assert found.before == now() - timedelta(days=90) and found.events >= 1
    assert kept_events() == ["entry_captured"]


def test_what_no_count_has_seen_is_not_pruned(clock: ShipClock) -> None:
    an_entry(PUMP)
    collect(WORKER)
    clock.advance(days=91)
    found = prune(WORKER)
    assert (found.events, found.uncounted) == (0, 1)
    assert kept_events() == ["entry_captured"]


def test_pruning_twice_does_nothing_the_second_time(clock: ShipClock) -> None:
    an_entry(PUMP)
    counted()
    clock.advance(days=91)
    assert [prune(WORKER).events, prune(WORKER).events] == [1, 0]
    assert kept_events() == ["events_pruned"]


def test_the_store_itself_lets_no_event_go_that_was_not_pruned() -> None:
    an_entry(PUMP)
    counted()
    with pytest.raises(peewee.IntegrityError, match="only when it is pruned"):
        ledger.execute_sql("DELETE FROM analytics_event")

"""Lists of entries: newest first, by page, by filter, by word."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from storage.entries.actions import flag, suppress
from storage.entries.corrections import decide
from storage.entries.order import EntryOrder
from storage.entries.states import Decision, EntryStatus
from storage.entries.views import (
    EntryQuery,
    EntryView,
    count_entries,
    cursor_of,
    entries_by_id,
    list_entries,
)
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import severity
from tests.builders import a_rating, a_second_officer, an_entry, entries, many_entries
from tests.clock import START, ShipClock

KEYS: dict[EntryOrder, Callable[[EntryView], Any]] = {
    EntryOrder.NEWEST: lambda e: -e.created_at.timestamp(),
    EntryOrder.OLDEST: lambda e: (e.created_at, e.id),
    EntryOrder.RISK: lambda e: (severity(e.risk_tags), -e.created_at.timestamp()),
    EntryOrder.DOMAIN: lambda e: (e.primary_domain, -e.created_at.timestamp()),
}


def narratives(**query: object) -> list[str]:
    return [e.narrative for e in list_entries(EntryQuery(**query))]


def test_pages_follow_one_another_without_gap_or_repeat(store: object, clock: ShipClock) -> None:
    for hour in range(3):
        clock.advance(hours=hour)
        many_entries(7)
    seen, cursor = [], None
    while page := list_entries(after=cursor, limit=4):
        seen += [(e.created_at, e.id) for e in page]
        cursor = cursor_of(EntryOrder.NEWEST, page[-1])
    assert len(seen) == len(set(seen)) == 21
    assert seen == sorted(seen, reverse=True)


@pytest.mark.parametrize("order", EntryOrder)
def test_pages_follow_one_another_in_every_order(
    store: object, clock: ShipClock, order: EntryOrder
) -> None:
    for text in ("Port bilge pump leaks.", "Fire door 3 does not close.", "Windlass slips."):
        for _ in range(3):
            an_entry(text)
        clock.advance(hours=1)
    corrected = list_entries()[0]
    flag(a_rating().actor, corrected.id, reason="The engine.", suggested_domain="ENG-01")
    decide(a_second_officer().actor, corrected.id, Decision.ACCEPTED, reason="Y", domain="ENG-01")
    query, seen, cursor = EntryQuery(order=order), list[EntryView](), None
    while page := list_entries(query, after=cursor, limit=2):
        seen += page
        cursor = cursor_of(order, page[-1])
    assert [e.id for e in seen] == [e.id for e in list_entries(query)]
    assert len({e.id for e in seen}) == 9
    keys = [KEYS[order](e) for e in seen]
    assert keys == sorted(keys)


def test_a_filter_shows_what_it_says_and_the_count_agrees(store: object, clock: ShipClock) -> None:
    pump = an_entry("Port bilge pump leaks.")
    clock.advance(hours=1)
    an_entry("Windlass brake slips.", by=a_rating())
    suppress(a_second_officer().actor, pump.id, reason="Known.")
    for query, expected in (
        ({"status": EntryStatus.SUPPRESSED}, ["Port bilge pump leaks."]),
        ({"author": "Sam Okafor"}, ["Windlass brake slips."]),
        ({"bucket": Bucket.DECK}, ["Windlass brake slips."]),
        ({"domain": pump.primary_domain}, ["Port bilge pump leaks."]),
        ({"since": START + timedelta(minutes=1)}, ["Windlass brake slips."]),
        ({"until": START + timedelta(minutes=1)}, ["Port bilge pump leaks."]),
        ({"author": "Nobody"}, []),
    ):
        assert narratives(**query) == expected
        assert count_entries(EntryQuery(**query)) == len(expected)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bilge", 2),
        ("BILGE pump", 1),
        ("pump bilge", 1),
        ("bil", 2),
        ("nothing like it", 0),
        ('bilge" OR "x', 0),
        ("bilge*", 2),
        ("NEAR(bilge)", 0),
        ("narrative:bilge", 0),
        ("-bilge", 2),
        ("!!!", 3),
        ("насос", 1),
        ("", 3),
    ],
)
def test_words_are_searched_as_words_and_never_as_a_query_language(
    store: object, words: str, found: int
) -> None:
    entries("Port bilge pump leaks.", "Bilge alarm in the laundry.", "Насос №2 течёт.")
    assert len(narratives(text=words)) == found


def test_unknown_ids_are_left_out(store: object) -> None:
    kept = an_entry()
    assert list(entries_by_id([kept.id, kept.id, "E-404"])) == [kept.id]
    assert entries_by_id([]) == {}

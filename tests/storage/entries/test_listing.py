"""Lists of entries: newest first, by page, by filter, by word."""

from datetime import timedelta

import pytest

from storage.entries.actions import suppress
from storage.entries.states import EntryStatus
from storage.entries.views import (
    EntryQuery,
    count_entries,
    entries_by_id,
    list_entries,
)
from storage.taxonomy.domains import Bucket
from tests.builders import a_rating, a_second_officer, an_entry, entries, many_entries
from tests.clock import START, ShipClock


def narratives(**query: object) -> list[str]:
    return [e.narrative for e in list_entries(EntryQuery(**query))]


def test_pages_follow_one_another_without_gap_or_repeat(store: object, clock: ShipClock) -> None:
    for hour in range(3):
        clock.advance(hours=hour)
        many_entries(7)
    seen, cursor = [], None
    while page := list_entries(after=cursor, limit=4):
        seen += [(e.created_at, e.id) for e in page]
        cursor = seen[-1]
    assert len(seen) == len(set(seen)) == 21
    assert seen == sorted(seen, reverse=True)


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

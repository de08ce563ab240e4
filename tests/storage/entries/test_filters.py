"""A line typed above the entries finds the entries it says, and no others."""

import pytest
from hypothesis import HealthCheck, given, settings

from storage.entries.actions import flag, resolve, suppress
from storage.entries.corrections import decide
from storage.entries.filters import FIELDS, read_filter
from storage.entries.states import Decision
from storage.entries.views import EntryQuery, EntryView, count_entries, list_entries
from storage.errors import BadInput
from tests.builders import a_rating, a_second_officer, a_third_officer, an_entry, an_event
from tests.clock import ShipClock
from tests.filters import some_filter

NARRATIVES = (
    "Port bilge pump leaks.",
    "Windlass brake slips (port/aft).",
    "Guest in cabin 4 wants tea at 0700.",
    "Fire door 3 does not close.",
)


@pytest.fixture
def watch(store: object, clock: ShipClock) -> dict[str, EntryView]:
    """Four entries an hour apart, by two people; one is resolved, one suppressed, one corrected."""
    officer, rating = a_second_officer(), a_rating()
    made = []
    for number, text in enumerate(NARRATIVES):
        made.append(an_entry(text, by=rating if number == 1 else officer))
        clock.advance(hours=1)
    resolve(officer.actor, made[0].id, reason="Seal replaced.")
    suppress(officer.actor, made[2].id, reason="Told twice.")
    flag(officer.actor, made[1].id, reason="The engine, really.", suggested_domain="ENG-01")
    decide(a_third_officer().actor, made[1].id, Decision.ACCEPTED, reason="Yes.", domain="ENG-01")
    flag(rating.actor, made[3].id, reason="Is it?")
    return {entry.id: entry for entry in list_entries()}


def found(text: str) -> list[int]:
    """The numbers of the narratives a filter finds, oldest first."""
    query = EntryQuery(where=read_filter(text))
    rows = list_entries(query)
    assert len(rows) == count_entries(query)
    return [NARRATIVES.index(row.narrative) for row in reversed(rows)]


@pytest.mark.usefixtures("watch")
@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2, 3]),
        ("status:resolved", [0]),
        ("status:res,sup", [0, 2]),
        ("status!=candidate", [0, 2]),
        ("not status:candidate", [0, 2]),
        ("domain:ENG-01", [1]),
        ("bucket:engineering -domain:ENG-01", [0, 3]),
        ("author:okafor", [1]),
        ("role:rating", [1]),
        ("flagged:yes", [3]),
        ("flagged:no", [0, 1, 2]),
        ("risk:safety", [1, 3]),
        ("-risk:safety", [0, 2]),
        ("risk:debt,guest", [0, 2]),
        ("pump", [0]),
        ("bil", [0]),
        ("pump or door", [0, 3]),
        ('"bilge pump"', [0]),
        ('"pump bilge"', []),
        ("port/aft", [1]),
        ("(", [0, 1, 2, 3]),
        ("'", []),
        ("since:150m", [2, 3]),
        ("until:150m", [0, 1]),
        ("since:210m until:90m -status:suppressed", [1]),
        ("recorded:150m", [2, 3]),
        ("settled:1h", [0, 2]),
        ("-settled:1h", [1, 3]),
        ("decided:1h", [1]),
        ("refiled:1h", [1]),
        ("refiled<2000-01-01", []),
        ("NEAR bilge*", []),
        ("'; DROP TABLE entry", []),
    ],
)
def test_a_filter_finds_what_it_says(text: str, numbers: list[int]) -> None:
    assert found(text) == numbers


def test_what_rests_on_an_event_is_found_by_it(store: object) -> None:
    event = an_event()
    an_entry(NARRATIVES[0], event_ids=[event])
    an_entry(NARRATIVES[1])
    assert found(f"event:{event}") == [0]
    assert found(f"event!={event}") == [1]
    assert found(f"document:{event}") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stauts:open", "did you mean status"),
        ("status:lost", "one of candidate, resolved"),
        ("risk:war", "one of safety, compliance"),
        ("domain>ENG", "compared with : or != only"),
        ("event>x", "compared with : or != only"),
    ],
)
def test_a_filter_that_cannot_be_used_says_what_there_is(
    store: object, text: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        read_filter(text)


TERMS = (
    "status:resolved", "bucket:deck", "domain:ENG", "risk:safety", "confidence:low",
    "author:okafor", "role:second", "flagged:yes", "since:2h", "until:2h",
    "recorded:2h", "settled:1h", "decided:1h", "refiled:1h", "pump", '"fire door"',
)  # fmt: skip


@given(text=some_filter(TERMS))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
def test_a_list_its_count_and_its_opposite_agree(watch: dict[str, EntryView], text: str) -> None:
    """CONSOLE rule 9: the count is of the filter, and what it leaves out is what `not` finds."""
    these, others = found(text), found(f"not ({text})")
    assert sorted(these + others) == [0, 1, 2, 3]


def test_every_field_is_used_above_and_says_what_it_means() -> None:
    assert all(field.sentence for field in FIELDS.values())
    assert FIELDS.keys() - {term.partition(":")[0] for term in TERMS} == {"event", "document"}

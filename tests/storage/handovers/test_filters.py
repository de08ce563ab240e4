"""A line typed above the archive finds the handovers it says, and no others."""

import pytest
from hypothesis import HealthCheck, given, settings

from storage.errors import BadInput
from storage.handovers.filters import FIELDS, read_filter
from storage.handovers.signing import decline
from storage.handovers.views import HandoverQuery, count_handovers, list_handovers
from tests.builders import (
    a_reviewed_draft,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    accepted,
    accepted_and_signed,
    reviewed,
)
from tests.clock import ShipClock
from tests.contents import contents
from tests.filters import some_filter


@pytest.fixture
def archive(store: object, clock: ShipClock) -> list[str]:
    """Three handovers a day apart; the second was declined once before it was signed."""
    first = a_signed_handover(contents(a_simple_item()))
    clock.advance(days=1)
    second = accepted(a_reviewed_draft(contents(a_simple_item())))
    decline(a_third_officer().actor, second, reason="Item 2.1 is unclear.")
    accepted_and_signed(reviewed(second))
    clock.advance(days=1)
    third = a_signed_handover(contents(a_simple_item()))
    clock.advance(hours=1)
    return [first, second, third]


def found(archive: list[str], text: str) -> list[int]:
    """The numbers of the handovers a filter finds."""
    query = HandoverQuery(where=read_filter(text))
    rows = list_handovers(query)
    assert len(rows) == count_handovers(query)
    return sorted(archive.index(row.draft_id) for row in rows)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", [0, 1, 2]),
        ("number:EB-00002", [1]),
        ("on:2026-03-01", [0]),
        ("on:2026-03", [0, 1, 2]),
        ("outgoing:nair", [0, 1, 2]),
        ("outgoing:ferreira", []),
        ("incoming:ferreira", [0, 1, 2]),
        ("superseded:yes", []),
        ("superseded:no", [0, 1, 2]),
        ("since:26h", [1, 2]),
        ("since:2d until:2h", [1]),
        ("00003 or number:EB-00001", [0, 2]),
        ("ferreira", [0, 1, 2]),
        ("'; DROP TABLE handover", []),
    ],
)
def test_a_filter_finds_what_it_says(archive: list[str], text: str, numbers: list[int]) -> None:
    assert found(archive, text) == numbers


def test_pages_follow_one_another_without_gap_or_repeat(archive: list[str]) -> None:
    seen, cursor = [], None
    while page := list_handovers(after=cursor, limit=2):
        seen += [row.draft_id for row in page]
        cursor = (page[-1].signed_at, page[-1].draft_id)
    assert seen == archive[::-1]


@pytest.mark.parametrize(
    ("text", "said"),
    [("day:1", "there are number, on"), ("superseded:maybe", "superseded: is yes or no")],
)
def test_a_filter_that_cannot_be_used_says_what_there_is(
    store: object, text: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        read_filter(text)


TERMS = (
    "number:EB-00002", "on:2026-03-01", "outgoing:nair", "incoming:nair", "superseded:yes",
    "since:26h", "until:26h", "00003",
)  # fmt: skip


@given(text=some_filter(TERMS))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_a_list_its_count_and_its_opposite_agree(archive: list[str], text: str) -> None:
    """CONSOLE rule 9: the count is of the filter, and what it leaves out is what `not` finds."""
    assert sorted(found(archive, text) + found(archive, f"not ({text})")) == [0, 1, 2]


def test_every_field_is_used_above_and_says_what_it_means() -> None:
    assert all(field.sentence for field in FIELDS.values())
    assert FIELDS.keys() <= {term.partition(":")[0] for term in TERMS}

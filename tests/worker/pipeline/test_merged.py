"""What people merged in an earlier handover comes as one item, and says who did it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from storage.drafts.content import (
    Carried,
    DraftContent,
    DraftInput,
    ItemContent,
    MergedEarlier,
    ProposalContent,
)
from storage.taxonomy.domains import Bucket
from tests.worker.pipeline.conftest import NOON, silent
from worker.pipeline.draft import draft

InputOf = Callable[..., DraftInput]

ONE = "Port bilge pump leaking at the shaft seal, running hot"
TWO = "Bilge pump port side leaking from shaft seal. Spare seal on board."
THIRD = "Port bilge pump leaks at its shaft seal"
PAIR = MergedEarlier(entry_ids=("e000", "e001"), by="Priya Nair", at=NOON)


def drafted(given: DraftInput, *merged: MergedEarlier) -> DraftContent:
    return draft(given.model_copy(update={"merged_earlier": merged}), silent)


def told(content: DraftContent) -> list[ItemContent]:
    sections = [s for s in content.sections if s.bucket is not Bucket.COMMAND]
    return [item for section in sections for item in section.items]


def test_a_merged_pair_comes_as_one_item_that_says_who_merged_it(input_of: InputOf) -> None:
    """I10: what one person decided is shown as decided, never as the machine's own doing."""
    given = input_of(ONE, (3, TWO))
    assert len(told(drafted(given))) == 2
    (item,) = told(drafted(given, PAIR))
    assert item.entry_ids == ("e000", "e001")
    assert item.note == "Merged by Priya Nair on 2026-05-01, in an earlier handover."
    assert ONE in item.text and "Spare seal on board." in item.text
    assert {sentence.entry_id for sentence in item.sentences} == {"e000", "e001"}


def test_a_merged_pair_is_not_proposed_again(input_of: InputOf) -> None:
    given = input_of(ONE, (3, TWO))
    assert len(drafted(given).proposals) == 1
    assert drafted(given, PAIR).proposals == ()


def test_a_third_telling_is_proposed_to_be_merged_with_the_item(input_of: InputOf) -> None:
    content = drafted(input_of(ONE, (3, TWO), (9, THIRD)), PAIR)
    whole, single = sorted(told(content), key=lambda item: -len(item.entry_ids))
    proposals: tuple[ProposalContent, ...] = content.proposals
    assert [set(p.item_keys) for p in proposals] == [{whole.key, single.key}]


def test_entries_that_are_in_two_sections_now_stay_two_items(input_of: InputOf) -> None:
    given = input_of(ONE, (3, TWO))
    moved = replace(given.candidates[1], primary_domain="DECK-01", corrected=True)
    given = given.model_copy(update={"candidates": (given.candidates[0], moved)})
    assert len(told(drafted(given, PAIR))) == 2


def test_of_a_merged_pair_one_that_is_settled_leaves_the_other_alone(input_of: InputOf) -> None:
    (item,) = told(drafted(input_of(ONE), PAIR))
    assert (item.entry_ids, item.note) == (("e000",), "")


def test_one_item_is_as_old_as_its_oldest_and_as_open_as_its_worst(input_of: InputOf) -> None:
    given = input_of(ONE, (3, "Port bilge pump shaft seal replaced, tested OK"))
    ages = [
        Carried(first_raised_at=NOON - timedelta(days=days), count=count)
        for days, count in ((2, 2), (9, 5))
    ]
    candidates = [replace(c, carried=age) for c, age in zip(given.candidates, ages, strict=True)]
    (item,) = told(drafted(given.model_copy(update={"candidates": tuple(candidates)}), PAIR))
    assert item.carried == ages[1]
    assert item.state == "open"


def test_the_order_of_what_was_merged_changes_nothing_i6(input_of: InputOf) -> None:
    given = input_of(ONE, (3, TWO), "Radar 2 dead", (1, "Radar 2 has no picture"))
    other = MergedEarlier(entry_ids=("e002", "e003"), by="Anna Lindqvist", at=NOON)
    one, two = drafted(given, PAIR, other), drafted(given, other, PAIR)
    assert one.model_dump_json() == two.model_dump_json()

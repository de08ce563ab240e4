"""What a correction changes is said in words, item by item, whatever people did to it."""

from typing import Any

from storage.drafts.content import ItemState, SlotState
from storage.handovers.changes import NOTHING, changes
from storage.handovers.snapshot import EntrySource, SlotRow, SnapshotItem, SnapshotSection, Sources
from storage.taxonomy.domains import BUCKET_LABELS, Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from tests.clock import START


def an_item(number: str, text: str, *entries: str, **facts: Any) -> SnapshotItem:
    sources = Sources(
        entries=tuple(
            EntrySource(id=entry, at=START, author="A", role="captain", narrative=text)
            for entry in entries
        )
    )
    plain: dict[str, Any] = {
        "number": number, "id": f"item {number}", "domain": "ENG-05",
        "domain_name": "Plumbing & Sanitation", "text": text, "risk_tags": (),
        "confidence": Confidence.MEDIUM, "state": ItemState.OPEN, "conflict": False,
        "uncertain": False, "note": "", "summarised": False, "carried": False, "age_days": 0,
        "count": 1, "first_raised_at": None, "sources": sources,
    }  # fmt: skip
    return SnapshotItem(**(plain | facts))


def against(before: list[SnapshotItem], after: list[SnapshotItem]) -> tuple[str, ...]:
    return changes([_section(before)], [_section(after)], (), ())


def _section(items: list[SnapshotItem]) -> SnapshotSection:
    bucket = Bucket.ENGINEERING
    return SnapshotSection(number=2, bucket=bucket, label=BUCKET_LABELS[bucket], items=tuple(items))


LEAK = an_item("2.1", "Pump leaks.", "e1")


def test_a_correction_that_changes_nothing_says_so() -> None:
    assert against([LEAK], [LEAK.model_copy(update={"number": "2.9", "id": "x"})]) == (NOTHING,)


def test_added_removed_and_reworded_items_are_named() -> None:
    guest, lamp = an_item("2.2", "Guest in 3.", "e2"), an_item("2.2", "Lamp out.", "e3")
    reworded = an_item("2.1", "Pump leaks a little.", "e1")
    assert against([LEAK, guest], [reworded, lamp]) == (
        "Reworded: item 2.1, before 2.1. It said “Pump leaks.”",
        "Added: item 2.2.",
        "Removed: item 2.2. It said “Guest in 3.”",
    )


def test_what_is_said_of_an_item_beside_its_words_is_compared_too() -> None:
    graver = LEAK.model_copy(
        update={
            "risk_tags": (RiskTag.SAFETY_CRITICAL,), "state": ItemState.DONE,
            "domain": "DECK-01", "domain_name": "Deck Machinery",
        }
    )  # fmt: skip
    assert against([LEAK], [graver]) == (
        "Item 2.1: filed under DECK-01 Deck Machinery; before, ENG-05 Plumbing & Sanitation.",
        "Item 2.1: risk Safety; before, none.",
        "Item 2.1: state done; before, open.",
    )


def test_items_made_one_are_quoted_as_they_were() -> None:
    again = an_item("2.2", "Pump is leaking.", "e2")
    assert against([LEAK, again], [an_item("2.1", "Pump leaks.", "e1", "e2")]) == (
        "Merged: item 2.1. Before, there were 2.1 “Pump leaks.”; 2.2 “Pump is leaking.”",
    )


def test_command_statements_are_told_apart_by_what_they_state() -> None:
    risk = an_item("1.1", "1 open risk.", "e1", domain="CMD-01", domain_name="Risk")
    ready = an_item("1.2", "Ready.", "e1", domain="CMD-03", domain_name="Readiness")
    said = against([risk, LEAK], [ready, LEAK])
    assert said == ("Added: item 1.2.", "Removed: item 1.1. It said “1 open risk.”")


def test_a_slot_that_is_covered_now_is_named() -> None:
    before = SlotRow(slot="bilges", label="Bilges", state=SlotState.NOT_COVERED, items=())
    after = before.model_copy(update={"state": SlotState.STATED})
    assert changes((), (), [before], [after]) == (
        "Completeness, Bilges: stated; before, not covered.",
    )

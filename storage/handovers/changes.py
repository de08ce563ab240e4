"""What a correction changes against the handover it corrects, in words (pure; DOMAIN §6).

Items are known by the entries they rest on, which no edit changes. What the correction prints
itself is only pointed at; what it no longer prints is quoted in full.
"""

from collections.abc import Callable, Iterator, Sequence

from storage.drafts.content import ItemState, SlotState
from storage.handovers.snapshot import SlotRow, SnapshotItem, SnapshotSection
from storage.taxonomy.risks import RISK_WORDS, Confidence, by_severity

NOTHING = "No item was added, removed or reworded."

_STATES = {
    ItemState.OPEN: "open",
    ItemState.DONE: "done",
    ItemState.RESTRICTION: "a restriction in force",
    ItemState.NONE: "without a state",
}
_SLOTS = {
    SlotState.STATED: "stated",
    SlotState.STATED_NIL: "stated nil",
    SlotState.NOT_COVERED: "not covered",
}
_ASPECTS: tuple[tuple[str, Callable[[SnapshotItem], str]], ...] = (
    ("filed under", lambda item: f"{item.domain} {item.domain_name}"),
    ("risk", lambda item: _risks(item) or "none"),
    ("state", lambda item: _STATES[item.state]),
    ("confidence", lambda item: "LOW" if item.confidence is Confidence.LOW else "not LOW"),
    ("statements", lambda item: "conflicting" if item.conflict else "not conflicting"),
    ("words", lambda item: "uncertain" if item.uncertain else "not uncertain"),
    ("note", lambda item: f"“{item.note}”" if item.note else "none"),
)
"""What is said of an item beside its text, and how to say it."""


def changes(
    before: Sequence[SnapshotSection],
    after: Sequence[SnapshotSection],
    slots_before: Sequence[SlotRow],
    slots_after: Sequence[SlotRow],
) -> tuple[str, ...]:
    """A sentence for each change, in the order of the correction, removals last; never empty."""
    old, new = items_of(before), items_of(after)
    before_of, after_of = finder(old), finder(new)
    found = [
        *(said for item in new for said in _against(item, before_of(item))),
        *(f"Removed: item {i.number}. It said “{i.text}”" for i in old if not after_of(i)),
        *_slot_changes(slots_before, slots_after),
    ]
    return tuple(found) or (NOTHING,)


def items_of(sections: Sequence[SnapshotSection]) -> list[SnapshotItem]:
    """Every item in document order."""
    return [item for section in sections for item in section.items]


def finder(items: Sequence[SnapshotItem]) -> Callable[[SnapshotItem], list[SnapshotItem]]:
    """Finds the same fact among `items`: what shares an entry, or the same Command statement."""
    by_mark: dict[str, list[SnapshotItem]] = {}
    for item in items:
        for mark in _marks(item):
            by_mark.setdefault(mark, []).append(item)

    def like(item: SnapshotItem) -> list[SnapshotItem]:
        found = {o.number: o for mark in sorted(_marks(item)) for o in by_mark.get(mark, ())}
        return list(found.values())

    return like


def _marks(item: SnapshotItem) -> set[str]:
    if item.domain.startswith("CMD-"):
        return {item.domain}
    return {entry.id for entry in item.sources.entries}


def _against(item: SnapshotItem, before: Sequence[SnapshotItem]) -> Iterator[str]:
    if not before:
        yield f"Added: item {item.number}."
    elif len(before) > 1:
        said = "; ".join(f"{old.number} “{old.text}”" for old in before)
        yield f"Merged: item {item.number}. Before, there were {said}"
    else:
        (old,) = before
        if old.text != item.text:
            yield f"Reworded: item {item.number}, before {old.number}. It said “{old.text}”"
        yield from (f"Item {item.number}: {said}" for said in differing_aspects(item, old))


def differing_aspects(item: SnapshotItem, before: SnapshotItem) -> tuple[str, ...]:
    """What is said of an item beside its text and differs: `risk Safety; before, Cost.`"""
    return tuple(
        f"{what} {word(item)}; before, {word(before)}."
        for what, word in _ASPECTS
        if word(before) != word(item)
    )


def _slot_changes(before: Sequence[SlotRow], after: Sequence[SlotRow]) -> Iterator[str]:
    known = {row.slot: row.state for row in before}
    for row in after:
        old = known.get(row.slot, row.state)
        if old is not row.state:
            yield f"Completeness, {row.label}: {_SLOTS[row.state]}; before, {_SLOTS[old]}."


def _risks(item: SnapshotItem) -> str:
    return ", ".join(RISK_WORDS[tag] for tag in by_severity(item.risk_tags))

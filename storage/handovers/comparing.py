"""A signed handover beside the one before it: what is new, changed, still there, gone (pure).

Items are known by the entries they rest on, which no edit changes.
"""

from collections.abc import Sequence
from enum import StrEnum

from storage.handovers.changes import differing_aspects, finder, items_of
from storage.handovers.snapshot import Snapshot, SnapshotItem
from storage.value import Value


class Standing(StrEnum):
    """What became of a fact from one handover to the next."""

    NEW = "new"
    CHANGED = "changed"
    CARRIED = "carried"
    GONE = "gone"


class Compared(Value):
    """One fact in both; `item` is None when it is gone, `before` is empty when it is new.

    `aspects` says what else than the words differs, in words.
    """

    standing: Standing
    item: SnapshotItem | None
    before: tuple[SnapshotItem, ...]
    aspects: tuple[str, ...] = ()


class Comparison(Value):
    """Two signed handovers, by their document numbers, fact by fact in document order."""

    number: str
    previous: str
    facts: tuple[Compared, ...]

    def of(self, standing: Standing) -> tuple[Compared, ...]:
        """The facts that stand so."""
        return tuple(fact for fact in self.facts if fact.standing is standing)


def compare(previous: Snapshot, signed: Snapshot) -> Comparison:
    """What `signed` says against `previous`."""
    old, new = items_of(previous.sections), items_of(signed.sections)
    before_of, after_of = finder(old), finder(new)
    facts = [_standing(item, before_of(item)) for item in new]
    facts += [
        Compared(standing=Standing.GONE, item=None, before=(item,))
        for item in old
        if not after_of(item)
    ]
    return Comparison(
        number=signed.document_number, previous=previous.document_number, facts=tuple(facts)
    )


def _standing(item: SnapshotItem, before: Sequence[SnapshotItem]) -> Compared:
    if not before:
        return Compared(standing=Standing.NEW, item=item, before=())
    aspects = differing_aspects(item, before[0]) if len(before) == 1 else ()
    is_same = len(before) == 1 and before[0].text == item.text and not aspects
    standing = Standing.CARRIED if is_same else Standing.CHANGED
    return Compared(standing=standing, item=item, before=tuple(before), aspects=tuple(aspects))

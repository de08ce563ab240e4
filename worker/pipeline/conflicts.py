"""Statements that cannot both hold: flagged with both sources, never resolved here (DOMAIN §5)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from storage.drafts.content import ConflictContent
from worker.pipeline.entry import Entry, item_key
from worker.pipeline.likeness import Kind
from worker.pipeline.overlap import stands_open
from worker.pipeline.relations import Node, Relation

_QUOTE = 90


def conflicts(nodes: Sequence[Node], related: Iterable[Relation]) -> tuple[ConflictContent, ...]:
    """One conflict for each contradicting pair, between the newest entry of each side."""
    pairs = [pair for pair in related if pair.kind is Kind.CONTRARY]
    found = [_conflict(nodes[pair.one].entries[-1], nodes[pair.two].entries[-1]) for pair in pairs]
    return tuple(sorted(found, key=lambda conflict: conflict.key))


def notes(found: Iterable[ConflictContent]) -> Mapping[str, str]:
    """What each entry in a conflict has to say about it, by entry id."""
    said: dict[str, list[str]] = defaultdict(list)
    for conflict in found:
        for entry_id in conflict.entry_ids:
            said[entry_id].append(conflict.reason)
    return {entry_id: " ".join(reasons) for entry_id, reasons in said.items()}


def _conflict(one: Entry, two: Entry) -> ConflictContent:
    earlier, later = sorted((one, two), key=lambda entry: (entry.given.created_at, entry.id))
    ids = (earlier.id, later.id)
    return ConflictContent(
        key=f"conflict-{item_key(ids)}",
        entry_ids=ids,
        item_keys=(earlier.key, later.key),
        reason=f"Conflicting statements: {_quoted(earlier)} against {_quoted(later)}"
        f"{_how(earlier, later)}.",
    )


def _quoted(entry: Entry) -> str:
    words = " ".join(entry.given.narrative.split())
    return f"“{words if len(words) <= _QUOTE else words[:_QUOTE].rsplit(' ', 1)[0] + ' …'}”"


def _how(one: Entry, two: Entry) -> str:
    if one.reading.quantities and two.reading.quantities:
        return " (different readings)"
    if stands_open(one) != stands_open(two):
        return " (one says it is dealt with, the other that it is not)"
    return ""

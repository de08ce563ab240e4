"""How the entries of a draft relate: the same fact, a later stage of it, or in conflict (pure)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from storage.taxonomy.reading import Reading
from storage.taxonomy.states import ItemState
from worker.pipeline.entry import Entry
from worker.pipeline.likeness import Kind, compare
from worker.pipeline.neighbours import near_pairs

_SAME_MOMENT = timedelta(hours=2)
"""Within this two different readings of one thing cannot both be right."""
_SAME_EVENT = timedelta(hours=36)
"""Within this "repaired" and then "still down" contradict; later it has come back."""


_TIMELESS = frozenset({Kind.UNRELATED, Kind.SAME, Kind.PROGRESS})


class Node(NamedTuple):
    """Entries with word for word the same narrative, oldest first."""

    reading: Reading
    entries: tuple[Entry, ...]


class Relation(NamedTuple):
    """Two nodes and what they are to each other."""

    one: int
    two: int
    kind: Kind
    score: float


def nodes_of(entries: Sequence[Entry]) -> list[Node]:
    """The entries, exact copies (after folding) together, in a fixed order."""
    copies: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for entry in entries:
        copies[entry.reading.words or (entry.id,)].append(entry)
    by_age = [
        tuple(sorted(found, key=lambda entry: (entry.given.created_at, entry.id)))
        for found in copies.values()
    ]
    by_age.sort(key=lambda found: (found[0].given.created_at, found[0].id))
    return [Node(found[0].reading, found) for found in by_age]


def relations(nodes: Sequence[Node]) -> Iterator[Relation]:
    """Every related pair of nodes. Conflicts are decided by time as well as by words."""
    for one, two in near_pairs([node.reading for node in nodes]):
        likeness = compare(nodes[one].reading, nodes[two].reading)
        if likeness.kind in _TIMELESS:
            kind = likeness.kind
        else:
            kind = _by_time(likeness.kind, nodes[one].entries[-1], nodes[two].entries[-1])
        if kind is not Kind.UNRELATED:
            yield Relation(one, two, kind, likeness.score)


def _by_time(kind: Kind, one: Entry, two: Entry) -> Kind:
    """CONTRARY for what cannot both hold at its time; PROGRESS for what simply came later."""
    earlier, later = sorted((one, two), key=lambda entry: (entry.given.created_at, entry.id))
    apart = later.given.created_at - earlier.given.created_at
    if kind is Kind.READINGS:
        return Kind.CONTRARY if apart <= _SAME_MOMENT else Kind.UNRELATED
    if kind is Kind.CONTRARY:
        stands = apart <= _SAME_EVENT and not _moved_on(earlier, later)
    else:
        came_back = later.reading.cued is ItemState.OPEN or apart == timedelta(0)
        stands = came_back and apart <= _SAME_EVENT
    return Kind.CONTRARY if stands else Kind.PROGRESS


def _moved_on(earlier: Entry, later: Entry) -> bool:
    """Whether the later one says that the earlier one was dealt with."""
    return (
        earlier.reading.cued is ItemState.OPEN
        and later.reading.cued is ItemState.DONE
        and later.given.created_at > earlier.given.created_at
    )

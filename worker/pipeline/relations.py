"""How the entries of a draft relate: the same fact, a later stage of it, or in conflict (pure)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from storage.taxonomy.knowledge import toml
from storage.taxonomy.reading import Reading
from storage.taxonomy.states import ItemState
from worker.pipeline.entry import Entry
from worker.pipeline.likeness import Kind, compare, opposite_axes
from worker.pipeline.neighbours import near_pairs
from worker.pipeline.shares import Shared, undivided

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_HOUR = timedelta(hours=1) // _MICROSECOND
_TOGETHER = 1_000
"""Pairs in a row that go into one share: what follows each other is often about the same things."""
_VALUES = {Kind.READINGS: "reading", Kind.TIMES: "time"}


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


def relations(nodes: Sequence[Node], shared: Shared = undivided) -> list[Relation]:
    """Every related pair of nodes. Conflicts are decided by time as well as by words."""
    readings, newest = [node.reading for node in nodes], [node.entries[-1] for node in nodes]

    def related(share: int, of: int) -> list[Relation]:
        near = enumerate(near_pairs(readings))
        return list(_related(newest, (p for at, p in near if at // _TOGETHER % of == share)))

    found = [pair for share in shared(related) for pair in share]
    return sorted(found, key=itemgetter(0, 1))


def _related(newest: Sequence[Entry], pairs: Iterable[tuple[int, int]]) -> Iterator[Relation]:
    ages = [_age(entry) for entry in newest]
    for one, two in pairs:
        first, then = (one, two) if ages[one] <= ages[two] else (two, one)
        earlier, later = newest[first], newest[then]
        hours = (ages[then][0] - ages[first][0]) / _HOUR
        kind, score = compare(earlier.reading, later.reading, hours)
        if kind is not Kind.UNRELATED and kind is not Kind.SAME:
            kind = _by_time(kind, earlier, later)
        if kind is not Kind.UNRELATED:
            yield Relation(one, two, kind, score)


def _by_time(kind: Kind, earlier: Entry, later: Entry) -> Kind:
    """CONTRARY for what cannot both hold at its time; PROGRESS for what simply came later."""
    if kind is Kind.PROGRESS:
        back = later.reading.stage < earlier.reading.stage and _apart(earlier, later)
        return Kind.UNRELATED if back and not later.reading.returned else kind
    at_once = _apart(earlier, later) <= _window(kind, earlier, later)
    if kind in _VALUES:
        return Kind.CONTRARY if at_once and not _replaced(earlier, later) else Kind.READINGS
    stands = not _replaced(earlier, later) and not later.reading.returned
    if kind is Kind.CONTRARY:
        stands = stands and not _moved_on(earlier, later)
    else:
        stands = stands and (later.reading.cued is ItemState.OPEN or not _apart(earlier, later))
    return Kind.CONTRARY if stands and at_once else Kind.PROGRESS


def _age(entry: Entry) -> tuple[int, str]:
    """When it was said, in microseconds, and what orders entries of one moment."""
    return (entry.given.created_at - _EPOCH) // _MICROSECOND, entry.id


def _window(kind: Kind, one: Entry, two: Entry) -> timedelta:
    """How far apart the two may be and still be "at about the same time"."""
    hours = toml("opposites")["hours"]
    if kind in _VALUES:
        return timedelta(hours=hours[_VALUES[kind]])
    axes = opposite_axes(one.reading, two.reading) if kind is Kind.CONTRARY else ()
    most = max((hours[axis] for axis in axes), default=hours["opposed"])
    same_person = bool(one.given.author) and one.given.author == two.given.author
    return timedelta(hours=min(most, hours["own"]) if same_person else most)


def _apart(earlier: Entry, later: Entry) -> timedelta:
    return later.given.created_at - earlier.given.created_at


def _replaced(earlier: Entry, later: Entry) -> bool:
    """Whether what an earlier handover told stands against news: then the news counts."""
    return earlier.given.carried is not None and later.given.carried is None


def _moved_on(earlier: Entry, later: Entry) -> bool:
    """Whether the later one says that the earlier one was dealt with."""
    return (
        earlier.reading.cued is ItemState.OPEN
        and later.reading.cued is ItemState.DONE
        and later.given.created_at > earlier.given.created_at
    )

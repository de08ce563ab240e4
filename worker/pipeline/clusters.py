"""From linked pairs to groups a person can answer at once (pure)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from storage.taxonomy.comparing import Weights
from storage.taxonomy.reading import Reading
from worker.pipeline.entry import Entry

_MOST = 40
"""Narratives of different wording in one group: more is no longer one decision."""


class Link(NamedTuple):
    """Two narratives that belong together, and how near they are (0 to 1)."""

    one: int
    two: int
    score: float


@dataclass(slots=True)
class _Group:
    """Narratives joined so far, with what every one of them names."""

    members: list[int]
    core: Weights
    lightest: int
    weakest: float = 1.0


MayBeOne = Callable[[Reading, Reading], bool]


def clusters(
    readings: Sequence[Reading], links: Iterable[Link], may_be_one: MayBeOne, *, core: float = 0.4
) -> list[tuple[tuple[int, ...], float]]:
    """Groups of linked indexes with the score of their weakest link, nearest links joined first.

    Two groups join only when every member could be about the same unit as every other: an unnamed
    pump never brings pump 1 and pump 2 together; and when all have a common matter: what leads from
    one to the next and ends elsewhere is no group.
    """
    groups: dict[int, _Group] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.one, link.two)):
        for index in (link.one, link.two):
            if index not in groups:
                groups[index] = _alone(index, readings[index].features.things)
        one, two = groups[link.one], groups[link.two]
        joined = None if one is two else _joined(one, two, link.score, core)
        if joined and _all_may(readings, one.members, two.members, may_be_one):
            groups.update(dict.fromkeys(joined.members, joined))
    unique = {id(group): group for group in groups.values() if len(group.members) > 1}
    return [(tuple(sorted(group.members)), group.weakest) for group in unique.values()]


def without_refused(
    entries: Iterable[Entry], refused: frozenset[tuple[str, str]]
) -> Iterator[tuple[Entry, ...]]:
    """The entries, oldest first, in parts none of which holds a refused pair; single ones drop."""
    parts: list[list[Entry]] = []
    apart = _refusals(refused)
    for entry in sorted(entries, key=lambda entry: (entry.given.created_at, entry.id)):
        kept_from: set[str] = apart.get(entry.id, set())
        for part in parts:
            if not kept_from or kept_from.isdisjoint(other.id for other in part):
                part.append(entry)
                break
        else:
            parts.append([entry])
    return (tuple(part) for part in parts if len(part) > 1)


def _alone(index: int, things: Weights) -> _Group:
    return _Group([index], things, sum(things.values()))


def _joined(one: _Group, two: _Group, score: float, least: float) -> _Group | None:
    """The two as one, or None when that would be too many, or no longer about one matter."""
    core = {name: weight for name, weight in one.core.items() if name in two.core}
    lightest = min(one.lightest, two.lightest)
    if sum(core.values()) < least * lightest or len(one.members) + len(two.members) > _MOST:
        return None
    return _Group([*one.members, *two.members], core, lightest, score)


def _all_may(
    readings: Sequence[Reading], one: list[int], two: list[int], may_be_one: MayBeOne
) -> bool:
    return all(may_be_one(readings[left], readings[right]) for left in one for right in two)


def _refusals(refused: frozenset[tuple[str, str]]) -> dict[str, set[str]]:
    apart: dict[str, set[str]] = {}
    for one, two in refused:
        apart.setdefault(one, set()).add(two)
        apart.setdefault(two, set()).add(one)
    return apart

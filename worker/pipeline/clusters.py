"""From linked pairs to groups a person can answer at once (pure)."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from storage.taxonomy.reading import Reading
from worker.pipeline.entry import Entry
from worker.pipeline.likeness import compatible

_MOST = 40
"""Narratives of different wording in one group: more is no longer one decision."""


class Link(NamedTuple):
    """Two narratives that belong together, and how near they are (0 to 1)."""

    one: int
    two: int
    score: float


def clusters(
    readings: Sequence[Reading], links: Iterable[Link]
) -> list[tuple[tuple[int, ...], float]]:
    """Groups of linked indexes with the score of their weakest link, nearest links joined first.

    Two groups join only when every member could be about the same unit as every other: an unnamed
    pump never brings pump 1 and pump 2 together.
    """
    groups: dict[int, list[int]] = {}
    weakest: dict[int, float] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.one, link.two)):
        one, two = (groups.setdefault(index, [index]) for index in (link.one, link.two))
        if one is two or not _may_join(readings, one, two):
            continue
        one.extend(two)
        for index in two:
            groups[index] = one
        weakest[one[0]] = link.score
    unique = {id(group): group for group in groups.values() if len(group) > 1}
    return [(tuple(sorted(group)), weakest[group[0]]) for group in unique.values()]


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


def _may_join(readings: Sequence[Reading], one: list[int], two: list[int]) -> bool:
    if len(one) + len(two) > _MOST:
        return False
    return all(compatible(readings[left], readings[right]) for left in one for right in two)


def _refusals(refused: frozenset[tuple[str, str]]) -> dict[str, set[str]]:
    apart: dict[str, set[str]] = {}
    for one, two in refused:
        apart.setdefault(one, set()).add(two)
        apart.setdefault(two, set()).add(one)
    return apart

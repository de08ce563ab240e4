"""Which narratives are near enough to be compared at all (pure).

A prefix filter over weighted Jaccard: two sets of things that share at least `LEAST` of their
weight must share one of their rarest ones, so only those are indexed. Growth stays near linear.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from storage.taxonomy.comparing import Weights
from storage.taxonomy.reading import Reading

LEAST = 0.35
_CROWD = 150
"""Sets that share one thing; beyond it the thing tells nothing apart and is skipped."""
_CELL = 24
"""How many narratives with the same things and units are each compared with their next ones."""


def near_pairs(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Index pairs (smaller first) of readings worth comparing, each once."""
    cells = _cells(readings)
    subjects = sorted(cells)
    for here, there in _near_sets([dict(subject) for subject in subjects]):
        yield from _across(cells[subjects[here]], cells[subjects[there]])
    for subject in subjects:
        yield from _within(cells[subject])


Subject = tuple[tuple[str, int], ...]
Cell = Mapping[tuple[str, ...], list[int]]


def _cells(readings: Sequence[Reading]) -> dict[Subject, Cell]:
    """Readings by their things and, inside, by the unit they name: units are never mixed."""
    cells: dict[Subject, dict[tuple[str, ...], list[int]]] = {}
    for index, reading in enumerate(readings):
        subject = tuple(sorted(reading.features.things.items()))
        unit = tuple(sorted({value for _, value in reading.units | reading.sides}))
        cells.setdefault(subject, {}).setdefault(unit, []).append(index)
    return {subject: units for subject, units in cells.items() if subject}


def _within(cell: Cell) -> Iterator[tuple[int, int]]:
    for members in cell.values():
        for position, index in enumerate(members):
            yield from ((index, other) for other in members[position + 1 : position + _CELL])
    yield from _across(cell, cell)


def _across(one: Cell, two: Cell) -> Iterator[tuple[int, int]]:
    """Pairs of the same unit, and of a named with an unnamed one (the rest is vetoed anyway)."""
    few = len(one) * len(two) <= _CELL
    for unit, members in one.items():
        others = two if few or not unit else {key: two[key] for key in ((), unit) if key in two}
        for other_unit, other_members in list(others.items())[:_CELL]:
            if one is two and other_unit <= unit:
                continue
            for index in members[:_CELL]:
                yield from (
                    (min(index, other), max(index, other))
                    for other in other_members[:_CELL]
                    if other != index
                )


def _near_sets(sets: Sequence[Weights]) -> Iterator[tuple[int, int]]:
    """Index pairs of sets with a weighted Jaccard of at least `LEAST`."""
    index: dict[str, list[int]] = defaultdict(list)
    totals = [sum(weights.values()) for weights in sets]
    for here, weights in enumerate(sets):
        prefix = _prefix(weights, totals[here])
        candidates = {there for name in prefix for there in index[name][-_CROWD:]}
        for there in sorted(candidates):
            smaller, larger = sorted((totals[here], totals[there]))
            if smaller < LEAST * larger:
                continue
            if _is_near(weights, sets[there], smaller + larger):
                yield there, here
        for name in prefix:
            index[name].append(here)


def _prefix(weights: Weights, total: int) -> list[str]:
    """The rarest things of a set, until what is left weighs less than `LEAST` of it."""
    left = total
    prefix = []
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        prefix.append(name)
        left -= weights[name]
        if left < LEAST * total:
            break
    return prefix


def _is_near(one: Weights, two: Weights, both: int) -> bool:
    shared = sum(one[name] for name in one.keys() & two.keys())
    return shared >= LEAST * (both - shared)

"""Which narratives are near enough to be compared at all (pure).

A prefix filter over weighted Jaccard: two sets of things that share at least `LEAST` of their
weight must share some of their rarest ones, so only those are indexed, and what they share of
those bounds what they can share at all. Among near ones, a narrative meets only those next to it in
time. Besides, the few narratives that name one thing, or one unit of it, all meet, however much
else each of them tells. Growth stays near linear, whatever is said how often.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from storage.taxonomy.comparing import Weights
from storage.taxonomy.reading import Reading
from worker.pipeline.veto import SHORT

LEAST = 0.2
"""The weighted Jaccard below which nothing is compared."""
_ENOUGH, _WITHIN, _TELLING = 0.3, 0.45, 600
"""Below the first, a pair is compared only where the shorter names so much of what both name, and
that weighs so much: a later stage of a fact often names new things."""
_CROWD = 120
"""Sets that share one thing; beyond it the thing tells nothing apart and is skipped."""
_NEXT = 6
"""How many narratives of the same things each meets: its next ones in time. Of near things it meets
as many, or just the one before and the one after where much is said of them."""
_MUCH = 24
_FEW, _LITTLE = 6, 0.1
"""Of things that so few name all pairs meet that share at least so much: who tells a fact in other
words, or what came of it, may name but one thing again."""


def near_pairs(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Index pairs (smaller first) of readings worth comparing, each once.

    `readings` come oldest first: their order is what "next in time" means.
    """
    cells = _cells(readings)
    subjects = sorted(cells)
    for here, there in _near_sets([dict(subject) for subject in subjects]):
        yield from _across(cells[subjects[here]], cells[subjects[there]])
    for subject in subjects:
        yield from _within(cells[subject])
    yield from _of_few(readings)


Subject = tuple[tuple[str, int], ...]
Unit = tuple[tuple[str, ...], tuple[str, ...]]
"""The values of the units and the ends of the sides a narrative names."""
Cell = Mapping[Unit, list[int]]


def _cells(readings: Sequence[Reading]) -> dict[Subject, Cell]:
    """Readings by their things and, inside, by the unit they name: units are never mixed."""
    cells: dict[Subject, dict[Unit, list[int]]] = {}
    for index, reading in enumerate(readings):
        subject = tuple(sorted(reading.features.things.items()))
        cells.setdefault(subject, {}).setdefault(_unit(reading), []).append(index)
    return {subject: units for subject, units in cells.items() if subject}


def _within(cell: Cell) -> Iterator[tuple[int, int]]:
    for members in cell.values():
        for place, index in enumerate(members):
            yield from ((index, other) for other in members[place + 1 : place + 1 + _NEXT])
    units = sorted(cell)
    for place, unit in enumerate(units):
        for other in units[place + 1 :]:
            if _may_be_one(unit, other):
                yield from _side_by_side(cell[unit], cell[other])


def _across(one: Cell, two: Cell) -> Iterator[tuple[int, int]]:
    for unit, members in one.items():
        for other, others in two.items():
            if _may_be_one(unit, other):
                yield from _side_by_side(members, others)


def _unit(reading: Reading) -> Unit:
    units = {value for _, value in reading.units}
    return tuple(sorted(units)), tuple(sorted({end for _, end in reading.sides}))


def _may_be_one(one: Unit, two: Unit) -> bool:
    """Whether units so named could be the same, and sides so told: one is not named, or is all, or
    both share one."""
    (units, sides), (units_too, sides_too) = one, two
    named_all = "all" in units or "all" in units_too
    return (named_all or _meet(units, units_too)) and _meet(sides, sides_too)


def _meet(one: Sequence[str], two: Sequence[str]) -> bool:
    return not one or not two or not set(one).isdisjoint(two)


def _side_by_side(one: Sequence[int], two: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Every member of the shorter list with those of the other just before and after it."""
    few, many = sorted((one, two), key=len)
    reach = _NEXT // 2 if len(many) <= _MUCH else 1
    for index in few:
        place = bisect_left(many, index)
        for other in many[max(0, place - reach) : place + reach]:
            yield min(index, other), max(index, other)


def _of_few(readings: Sequence[Reading]) -> Iterator[tuple[int, int]]:
    """Pairs of short notes that are not near but name a thing, or a unit of it, which only few
    name; each once, by the first of the names they share."""
    posts: dict[str, list[int]] = defaultdict(list)
    named = [_names(one) if len(one.words) <= SHORT else {} for one in readings]
    for index, names in enumerate(named):
        for name in names:
            posts[name].append(index)
    few = {name: members for name, members in posts.items() if 1 < len(members) <= _FEW}
    for name, members in few.items():
        for one, two in combinations(members, 2):
            first = next(name for name in named[one] if name in named[two] and name in few)
            if name == first and _little(readings[one], readings[two]):
                yield one, two


def _names(reading: Reading) -> dict[str, None]:
    """The things of a narrative, alone and with each unit it names."""
    things, values = reading.features.things, _unit(reading)[0]
    return dict.fromkeys([*things, *[f"{thing} {value}" for thing in things for value in values]])


def _little(one: Reading, two: Reading) -> bool:
    """Whether two could be one fact that share little, but more than nothing."""
    pair = one.features.weight, two.features.weight
    shared = _overlap(one.features.things, two.features.things)
    little = not _enough(shared, *pair) and shared >= _LITTLE * (sum(pair) - shared)
    return little and _may_be_one(_unit(one), _unit(two))


def _near_sets(sets: Sequence[Weights]) -> Iterator[tuple[int, int]]:
    """Index pairs of sets with a weighted Jaccard of at least `LEAST`."""
    posts: dict[str, list[int]] = defaultdict(list)
    totals = [sum(weights.values()) for weights in sets]
    rests: list[int] = []
    for here, weights in enumerate(sets):
        prefix, rest = _prefix(weights, totals[here])
        shared, skipped = _shared(posts, prefix)
        for there in sorted(shared):
            pair = totals[here], totals[there]
            most = shared[there] + skipped + max(rest, rests[there])
            if _enough(most, *pair) and _enough(_overlap(weights, sets[there]), *pair):
                yield there, here
        rests.append(rest)
        for name in prefix:
            posts[name].append(here)


def _shared(
    posts: Mapping[str, Sequence[int]], prefix: Mapping[str, int]
) -> tuple[dict[int, int], int]:
    """What earlier sets share of their rarest things with these, and the weight that was skipped
    because too many sets have it: that much they may share besides."""
    shared: dict[int, int] = {}
    skipped = 0
    for name, weight in prefix.items():
        known = posts.get(name, ())
        for there in known[-_CROWD:]:
            shared[there] = shared.get(there, 0) + weight
        skipped += weight if len(known) > _CROWD else 0
    return shared, skipped


def _prefix(weights: Weights, total: int) -> tuple[dict[str, int], int]:
    """The rarest things of a set, until less than `LEAST` of it is left, and what is left."""
    left = total
    prefix = {}
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        prefix[name] = weights[name]
        left -= weights[name]
        if left < LEAST * total:
            break
    return prefix, left


def _enough(shared: int, one: int, two: int) -> bool:
    """Whether two sets that weigh so much share enough of it to be compared."""
    every = one + two - shared
    if shared >= _ENOUGH * every:
        return True
    return shared >= max(LEAST * every, _TELLING, _WITHIN * min(one, two))


def _overlap(one: Weights, two: Weights) -> int:
    return sum([weight for name, weight in one.items() if name in two])

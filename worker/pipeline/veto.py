"""The hard veto: another unit, side, place, name or reading is another fact (TEXT §1.1; pure).

A number or a side counts only where it is attached to a thing, never a date or a time; on long
narratives, which tell several things, only units without one in common exclude each other.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeVar

from storage.taxonomy.reading import Reading
from storage.taxonomy.scales import Marks

_Mark = TypeVar("_Mark", str, tuple[str, str])

LONG = 60
"""Words from which a narrative tells several things: only disjoint units separate those."""
SHORT = 25
"""Words up to which a narrative is a note that tells one thing."""


def other_unit(one: Reading, two: Reading) -> bool:
    """Whether the two name different units, sides, places or names."""
    if one.units is two.units and one.sides is two.sides and one.sorts is two.sorts:
        return both_name(one.names, two.names) and _disagree(one.names, two.names, True)
    long = max(len(one.words), len(two.words)) > LONG
    return (
        (both_name(one.units, two.units) and _disagree(one.units, two.units, long))
        or (both_name(one.sides, two.sides) and _disagree_ends(one.sides, two.sides, long))
        or (both_name(one.sorts, two.sorts) and _disagree_ends(one.sorts, two.sorts, True))
        or (both_name(one.names, two.names) and _disagree(one.names, two.names, True))
    )


def both_name(one: frozenset[_Mark], two: frozenset[_Mark]) -> bool:
    """Whether both have such marks, and not alike."""
    return bool(one and two) and one != two


def readings_differ(one: Reading, two: Reading) -> bool:
    """Whether two short texts each read another value on one scale."""
    if max(len(one.words), len(two.words)) > LONG:
        return False
    return both_name(one.quantities, two.quantities) and _disagree_ends(
        one.quantities, two.quantities, True
    )


def numbers_differ(one: Reading, two: Reading) -> bool:
    """Whether two short texts each have a number that the other has not: 0600 against 0800."""
    if max(len(one.words), len(two.words)) > SHORT:
        return False
    return not (one.numbers <= two.numbers or two.numbers <= one.numbers)


@lru_cache(maxsize=16_384)
def _disagree(one: Marks, two: Marks, disjoint_only: bool) -> bool:
    first, second = _by_kind(one), _by_kind(two)
    shared = first.keys() & second.keys()
    if _values(first) == _values(second):
        return any(first[kind].isdisjoint(second[kind]) for kind in shared)
    if not shared or ("#" in first) != ("#" in second):
        left, right = _values(first), _values(second)
        return left.isdisjoint(right) if disjoint_only else left != right
    if disjoint_only:
        return any(first[kind].isdisjoint(second[kind]) for kind in shared)
    return any(first[kind] != second[kind] for kind in shared)


@lru_cache(maxsize=16_384)
def _disagree_ends(one: Marks, two: Marks, disjoint_only: bool) -> bool:
    """As `_disagree`, but ends of different axes say nothing about each other."""
    axes = {axis for axis, _ in one} & {axis for axis, _ in two}
    first, second = (frozenset(m for m in marks if m[0] in axes) for marks in (one, two))
    return both_name(first, second) and _disagree(first, second, disjoint_only)


def _values(kinds: dict[str, frozenset[str]]) -> frozenset[str]:
    """Every value whatever its kind: "#2 intake" is held against "cylinder 3"."""
    return frozenset().union(*kinds.values())


def _by_kind(marks: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, value in marks:
        kinds.setdefault(kind, set()).add(value)
    return {kind: frozenset(values) for kind, values in kinds.items()}

"""What two narratives are to each other, by their words alone (TEXT §1; pure).

The unit decides before the wording does: designators, sides and readings that disagree are a hard
veto, whatever the score.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from storage.taxonomy.designators import Marks
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.reading import Reading, Stage
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import stem
from worker.pipeline.faults import action_share, condition_share


class Kind(Enum):
    """The relation of two narratives."""

    UNRELATED = "unrelated"
    SAME = "same"
    PROGRESS = "progress"
    FURTHER = "further"
    """Of one thing they name different parts, or different faults: the later may tell the cause."""
    OPPOSED = "opposed"
    """One says open, the other done: progress or a conflict, by their times."""
    CONTRARY = "contrary"
    """Words that cannot both hold: open and closed, on board and ashore."""
    READINGS = "readings"
    """Two values of one thing."""
    TIMES = "times"
    """Two times of day for one event."""


class Likeness(NamedTuple):
    """A relation and how near the wording is, 0 to 1."""

    kind: Kind
    score: float


POSSIBLE, NEAR_IDENTICAL = 0.5, 0.85
"""The two tiers of TEXT §1.3."""

_NOTHING = Likeness(Kind.UNRELATED, 0.0)
_OTHER_READING = Likeness(Kind.UNRELATED, 1.0)
"""Alike but for a number."""
_LONG = 60
"""Words from which a narrative tells several things: only disjoint units separate those."""
_FEW = 4
_FEW_NEED = 0.58
_ONE_SIDED = 0.88
_SUBJECT_SHARE, _UNIT_SHARE = 0.5, 0.4
_SUBJECT_WEIGHT = 350
_WITHIN = 0.7
_SHORT = 25
_SAME_BUT_NUMBERS = 0.75
_READING_SHARE = 0.5

_EVERY = ("every", "all")
_DENIED = "denied"
"""The axis of what one says is so and the other that it is not."""


def compare(one: Reading, two: Reading) -> Likeness:
    """What `one` and `two` are to each other; the order of the two does not matter."""
    if _other_unit(one, two):
        return _nothing_but_contrary(one, two)
    shared = _shared(one, two)
    share = _share(one, two, shared)
    about_one = _subject(one, two, shared)
    if about_one and (kind := _opposition(one, two, shared)) is not Kind.UNRELATED:
        return Likeness(kind, share)
    if about_one and one.stage is not two.stage and not _same_again(one, two):
        return Likeness(Kind.PROGRESS, share)
    found = _value_or_sameness(one, two, shared)
    return Likeness(Kind.FURTHER, share) if about_one and found is _NOTHING else found


def _value_or_sameness(one: Reading, two: Reading, shared: int) -> Likeness:
    share = _share(one, two, shared)
    if _readings_differ(one, two):
        of_one = share >= _READING_SHARE and _within(one, two, shared)
        return Likeness(Kind.READINGS, share) if of_one else _OTHER_READING
    if _numbers_differ(one, two) and share >= _SAME_BUT_NUMBERS:
        timed = ItemState.OPEN not in {one.cued, two.cued} and _tells_time(one) and _tells_time(two)
        return Likeness(Kind.TIMES, share) if timed else _OTHER_READING
    return _sameness(one, two, share)


def _same_again(one: Reading, two: Reading) -> bool:
    """Whether both say that the same is wrong and nothing was done: "missing", "found missing"."""
    told = one.features.conditions
    untouched = max(one.stage, two.stage) < Stage.WAITING
    return untouched and bool(told) and told == two.features.conditions


def _nothing_but_contrary(one: Reading, two: Reading) -> Likeness:
    """All of a sort are not one of it, but how all are said to be, that one is said to be too."""
    how_all_are = (_EVERY in one.units) != (_EVERY in two.units)
    work_done = one.features.actions or two.features.actions
    if not how_all_are or work_done or _other_unit(_of_any(one), _of_any(two)):
        return _NOTHING
    shared = _shared(one, two)
    about_one = _subject(one, two, shared)
    kind = _opposition(one, two, shared) if about_one else Kind.UNRELATED
    return Likeness(kind, _share(one, two, shared))


def _opposition(one: Reading, two: Reading, shared: int) -> Kind:
    """Whether they exclude each other, if one names little else than what the other names."""
    if not _within(one, two, shared):
        return Kind.UNRELATED
    if opposite_axes(one, two):
        return Kind.CONTRARY
    return Kind.OPPOSED if _opposed(one, two) else Kind.UNRELATED


def _of_any(reading: Reading) -> Reading:
    """The reading without its "all": as one that names no unit by it."""
    return replace(reading, units=reading.units - {_EVERY}) if _EVERY in reading.units else reading


def compatible(one: Reading, two: Reading) -> bool:
    """Whether the two could be about one unit with one reading."""
    return not _other_unit(one, two) and not _readings_differ(one, two)


def same_unit(one: Reading, two: Reading) -> bool:
    """Whether the two could be about one unit, whatever each reads on it; "all" names each."""
    return not _other_unit(_of_any(one), _of_any(two))


def opposite_axes(one: Reading, two: Reading) -> list[str]:
    """The axes on which the words of one exclude those of the other: a valve open and shut."""
    shared = one.ends.keys() & two.ends.keys()
    axes = [axis for axis in shared if one.ends[axis] != two.ends[axis]]
    return sorted([*axes, _DENIED] if _denies(one, two) or _denies(two, one) else axes)


def _denies(one: Reading, two: Reading) -> bool:
    """Whether one says of something that it is not so, and the other, which takes it otherwise,
    that it is."""
    denied = one.denied - two.denied if one.cued is not two.cued else frozenset()
    return bool(denied) and not denied.isdisjoint(map(stem, two.words))


def _sameness(one: Reading, two: Reading, share: float) -> Likeness:
    conditions = condition_share(one.features.conditions, two.features.conditions)
    actions = action_share(one.features.actions, two.features.actions)
    fewest = min(len(one.features.things), len(two.features.things))
    if not conditions * actions or not fewest or (fewest <= _FEW and share < _FEW_NEED):
        return _NOTHING
    score = share * (0.8 + 0.2 * conditions) * actions
    if bool(one.units) != bool(two.units) or bool(one.sides) != bool(two.sides):
        score *= _ONE_SIDED
    return Likeness(Kind.SAME, score) if score >= POSSIBLE else _NOTHING


def _shared(one: Reading, two: Reading) -> int:
    """The weight of the things both name."""
    left, right = one.features.things, two.features.things
    return sum([weight for name, weight in left.items() if name in right])


def _share(one: Reading, two: Reading, shared: int) -> float:
    """Weighted Jaccard: what the two have in common, by how much it tells."""
    every = one.features.weight + two.features.weight - shared
    return shared / every if every else 0.0


def _subject(one: Reading, two: Reading, shared: int) -> bool:
    """Whether both are about one thing: the shorter one's things are mostly in the other, or less
    of them where both name the same unit."""
    if shared < _SUBJECT_WEIGHT:
        return False
    need = _UNIT_SHARE if _name_one_unit(one, two) else _SUBJECT_SHARE
    return shared >= need * min(one.features.weight, two.features.weight)


def _name_one_unit(one: Reading, two: Reading) -> bool:
    return not {value for _, value in one.units}.isdisjoint(value for _, value in two.units)


def _opposed(one: Reading, two: Reading) -> bool:
    """Whether one says that it stands open and the other that it is dealt with, or well."""
    if not condition_share(one.features.conditions, two.features.conditions):
        return False
    open_and_well = one.cued is ItemState.OPEN and _is_well(two)
    return open_and_well or (two.cued is ItemState.OPEN and _is_well(one))


def _is_well(reading: Reading) -> bool:
    if reading.cued is ItemState.OPEN:
        return False
    calm = reading.cued is ItemState.DONE or reading.benign
    ends = {f"{axis}_{end}" for axis, end in reading.ends.items()}
    return calm or (reading.features.conditions <= ends and not ends.isdisjoint(_well()))


@cache
def _well() -> frozenset[str]:
    """The ends that say all is well."""
    return frozenset(listed(toml("opposites")["words"]["well"]))


def _within(one: Reading, two: Reading, shared: int) -> bool:
    """Whether the shorter one is almost wholly about what the other names: never the windlass
    greased, and its brake slipping."""
    return shared >= _WITHIN * min(one.features.weight, two.features.weight)


def _other_unit(one: Reading, two: Reading) -> bool:
    if one.units is two.units and one.sides is two.sides and one.sorts is two.sorts:
        return _both_name(one.names, two.names) and _disagree(one.names, two.names, True)
    long = max(len(one.words), len(two.words)) > _LONG
    return (
        (_both_name(one.units, two.units) and _disagree(one.units, two.units, long))
        or (_both_name(one.sides, two.sides) and _disagree_ends(one.sides, two.sides, long))
        or (_both_name(one.sorts, two.sorts) and _disagree_ends(one.sorts, two.sorts, True))
        or (_both_name(one.names, two.names) and _disagree(one.names, two.names, True))
    )


def _both_name(one: Marks, two: Marks) -> bool:
    """Whether both have such marks, and not alike."""
    return bool(one and two) and one != two


def _readings_differ(one: Reading, two: Reading) -> bool:
    if max(len(one.words), len(two.words)) > _LONG:
        return False
    return _both_name(one.quantities, two.quantities) and _disagree_ends(
        one.quantities, two.quantities, True
    )


def _numbers_differ(one: Reading, two: Reading) -> bool:
    """Whether two short texts each have a number that the other has not: 0600 against 0800."""
    if max(len(one.words), len(two.words)) > _SHORT:
        return False
    return bool(one.numbers - two.numbers) and bool(two.numbers - one.numbers)


def _tells_time(reading: Reading) -> bool:
    """Whether a time of day is named: 0600, 18:30."""
    times = (word.replace(":", "") for word in reading.words if word[0].isdigit())
    return any(len(time) == 4 and time.isdigit() and time < "2400" for time in times)


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
    return _both_name(first, second) and _disagree(first, second, disjoint_only)


def _values(kinds: dict[str, frozenset[str]]) -> frozenset[str]:
    """Every value whatever its kind: "#2 intake" is held against "cylinder 3"."""
    return frozenset().union(*kinds.values())


def _by_kind(marks: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, value in marks:
        kinds.setdefault(kind, set()).add(value)
    return {kind: frozenset(values) for kind, values in kinds.items()}


def stages_in_words(stages: Iterable[Stage]) -> str:
    """ "reported → diagnosed → done", each once, in order."""
    return " → ".join(stage.name.lower() for stage in sorted(set(stages)))

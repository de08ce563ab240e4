"""What two narratives are to each other, by their words alone (TEXT §1; pure).

The unit decides before the wording does: designators, sides and readings that disagree are a hard
veto, whatever the score.
"""

from collections.abc import Iterable
from dataclasses import replace
from enum import Enum
from functools import cache, lru_cache
from typing import NamedTuple

from storage.taxonomy.comparing import Features
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.reading import Reading, Stage
from storage.taxonomy.scales import Marks
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import stem
from worker.pipeline.doubt import planned_apart, tells_time, unsure_of_one
from worker.pipeline.faults import excluded, kindred
from worker.pipeline.signals import Signals, judged, signals
from worker.pipeline.veto import numbers_differ, other_unit, readings_differ


class Kind(Enum):
    """The relation of two narratives."""

    UNRELATED = "unrelated"
    SAME = "same"
    PROGRESS = "progress"
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


NEAR_IDENTICAL = 0.85
"""From this share of the wording on a pair is near-identical; below it is a possible one (TEXT
§1.3)."""

_NOTHING = Likeness(Kind.UNRELATED, 0.0)
_OTHER_READING = Likeness(Kind.UNRELATED, 1.0)
"""Alike but for a number."""
_SAME_FROM, _PROGRESS_FROM = 0.45, 0.6
"""How likely it must be to be proposed."""
_SUBJECT_SHARE, _UNIT_SHARE = 0.5, 0.4
_SUBJECT_WEIGHT = 350
_WITHIN = 0.7
_BEHIND = 0.6
"""Share of what was reported that its cause must name again."""
_SAME_BUT_NUMBERS = 0.75
_READING_SHARE = 0.4

_EVERY = ("every", "all")
_DENIED = "denied"
"""The axis of what one says is so and the other that it is not."""


def compare(earlier: Reading, later: Reading, hours: float = 0.0) -> Likeness:
    """What two narratives are to each other, told so many hours apart."""
    if other_unit(earlier, later):
        return _nothing_but_contrary(earlier, later)
    shared = _shared(earlier, later)
    kind = _opposition(earlier, later, shared)
    if kind is not Kind.UNRELATED:
        return Likeness(kind, _share(earlier, later, shared))
    return _by_value(earlier, later, shared) or _judged(earlier, later, shared, hours)


def about_one(one: Reading, two: Reading) -> bool:
    """Whether the two are about one thing of one unit, whatever each says of it; all of a sort are
    not one of it."""
    return not other_unit(one, two) and _subject(one, two, _shared(one, two))


def signals_of(earlier: Reading, later: Reading, hours: float) -> Signals | None:
    """The signals by which `compare` decides; None where unit, opposition or value decides."""
    shared = _shared(earlier, later)
    opposed = _opposition(earlier, later, shared) is not Kind.UNRELATED
    if other_unit(earlier, later) or opposed or _by_value(earlier, later, shared):
        return None
    return signals(earlier, later, shared, hours)


def _by_value(one: Reading, two: Reading, shared: int) -> Likeness | None:
    """What two are that differ by a value; None where no value decides."""
    share = _share(one, two, shared)
    if readings_differ(one, two):
        of_one = _share_of_matter(one, two, shared) >= _READING_SHARE and _within(one, two, shared)
        return Likeness(Kind.READINGS, share) if of_one else _OTHER_READING
    if numbers_differ(one, two) and share >= _SAME_BUT_NUMBERS:
        timed = ItemState.OPEN not in {one.cued, two.cued} and tells_time(one) and tells_time(two)
        return Likeness(Kind.TIMES, share) if timed else _OTHER_READING
    if planned_apart(one, two) and _within(one, two, shared) and _subject(one, two, shared):
        return Likeness(Kind.TIMES, share)
    return None


def _judged(earlier: Reading, later: Reading, shared: int, hours: float) -> Likeness:
    """What the fitted weights make of it; only near-identical wording scores as such."""
    found = judged(earlier, later, shared, hours)
    if found.same >= _SAME_FROM and found.same >= found.progress:
        other_fault = excluded(earlier.features.conditions, later.features.conditions)
        if other_fault or unsure_of_one(earlier, later):
            return _NOTHING
        share = _share(earlier, later, shared)
        alike = share >= NEAR_IDENTICAL and found.same >= NEAR_IDENTICAL
        return Likeness(Kind.SAME, share if alike else min(found.same, NEAR_IDENTICAL - 0.01))
    if found.progress >= _PROGRESS_FROM or _goes_further(earlier, later, shared):
        return Likeness(Kind.PROGRESS, _share(earlier, later, shared))
    return _NOTHING


def _goes_further(earlier: Reading, later: Reading, shared: int) -> bool:
    """Whether the later one says of a reported fault, by another thing it names, what is behind it:
    "fan 2 tripped", "fan 2 bearing seized"."""
    first, then = earlier.features, later.features
    return (
        earlier.stage is Stage.REPORTED
        and bool(first.conditions)
        and later.cued is not ItemState.DONE
        and not then.things.keys() <= first.things.keys()
        and shared >= _BEHIND * first.weight
        and _subject(earlier, later, shared)
    )


def _nothing_but_contrary(one: Reading, two: Reading) -> Likeness:
    """All of a sort are not one of it, but how all are said to be, that one is said to be too."""
    how_all_are = (_EVERY in one.units) != (_EVERY in two.units)
    work_done = one.features.actions or two.features.actions
    if not how_all_are or work_done or other_unit(_of_any(one), _of_any(two)):
        return _NOTHING
    shared = _shared(one, two)
    return Likeness(_opposition(one, two, shared), _share(one, two, shared))


def _opposition(one: Reading, two: Reading, shared: int) -> Kind:
    """Whether they exclude each other, if both are about one thing, and one names little else."""
    if not _within(one, two, shared) or not _subject(one, two, shared):
        return Kind.UNRELATED
    if opposite_axes(one, two):
        return Kind.CONTRARY
    return Kind.OPPOSED if _opposed(one, two) else Kind.UNRELATED


def _of_any(reading: Reading) -> Reading:
    """The reading without its "all": as one that names no unit by it."""
    return replace(reading, units=reading.units - {_EVERY}) if _EVERY in reading.units else reading


def compatible(one: Reading, two: Reading) -> bool:
    """Whether the two could be about one unit with one reading."""
    return not other_unit(one, two) and not readings_differ(one, two)


def same_unit(one: Reading, two: Reading) -> bool:
    """Whether the two could be about one unit, whatever each reads on it; "all" names each."""
    return not other_unit(_of_any(one), _of_any(two))


def opposite_axes(one: Reading, two: Reading) -> list[str]:
    """The axes on which the words of one exclude those of the other: a valve open and shut."""
    axes = [axis for axis, end in one.ends.items() if axis in two.ends and end != two.ends[axis]]
    denied = _denies(one, two) or _denies(two, one) or _lacks(one, two) or _lacks(two, one)
    return sorted([*axes, _DENIED] if denied else axes)


def _denies(one: Reading, two: Reading) -> bool:
    """Whether one says of something that it is not so, and the other, which takes it otherwise,
    that it is."""
    denied = one.denied - two.denied - two.lacked if one.cued is not two.cued else frozenset()
    return bool(denied) and not denied.isdisjoint(map(stem, two.words))


def _lacks(one: Reading, two: Reading) -> bool:
    """Whether one says that there is none of what works by the other: "no internet". That there are
    no alarms is well itself."""
    lacked = frozenset() if one.benign else one.lacked - two.lacked
    return bool(lacked) and _is_well(two) and not lacked.isdisjoint(map(stem, two.words))


def _shared(one: Reading, two: Reading) -> int:
    """The weight of the things both name."""
    return _in_common(one.features, two.features)


@lru_cache(maxsize=65_536)
def _in_common(one: Features, two: Features) -> int:
    return sum([weight for name, weight in one.things.items() if name in two.things])


def _share(one: Reading, two: Reading, shared: int) -> float:
    """Weighted Jaccard: what the two have in common, by how much it tells."""
    every = one.features.weight + two.features.weight - shared
    return shared / every if every else 0.0


def _subject(one: Reading, two: Reading, shared: int) -> bool:
    """Whether both are about one thing: the shorter one's things are mostly in the other, or less
    of them where both name the same unit."""
    if shared < _SUBJECT_WEIGHT:
        return False
    need = _UNIT_SHARE if _name_one_unit(one.units, two.units) else _SUBJECT_SHARE
    return shared >= need * min(one.features.weight, two.features.weight)


@lru_cache(maxsize=16_384)
def _name_one_unit(one: Marks, two: Marks) -> bool:
    return not {value for _, value in one}.isdisjoint(value for _, value in two)


def _opposed(one: Reading, two: Reading) -> bool:
    """Whether one says that it stands open and the other that it is dealt with, or well."""
    said, other = one.features.conditions, two.features.conditions
    if said and other and said.isdisjoint(other) and not kindred(said, other):
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
    greased, and its brake slipping. What only says how, how many or when is left aside."""
    return shared >= _WITHIN * min(_matter(one, two), _matter(two, one))


def _share_of_matter(one: Reading, two: Reading, shared: int) -> float:
    """As `_share`, of what they are about alone."""
    return shared / ((_matter(one, two) + _matter(two, one) - shared) or 1)


def _matter(one: Reading, two: Reading) -> int:
    """The weight of the things `one` is about, beside another that may name its state as well."""
    things, others = one.features.things, two.features.things
    return one.features.weight - sum([things[n] for n in one.stated if n not in others])


def stages_in_words(stages: Iterable[Stage]) -> str:
    """ "reported → diagnosed → done", each once, in order."""
    return " → ".join(stage.name.lower() for stage in sorted(set(stages)))

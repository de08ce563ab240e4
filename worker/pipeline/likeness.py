"""What two narratives are to each other, by their words alone (TEXT §1; pure).

The unit decides before the wording does: designators, sides and readings that disagree are a hard
veto, whatever the score.
"""

from collections.abc import Iterable
from enum import Enum
from typing import NamedTuple

from storage.taxonomy.comparing import Weights
from storage.taxonomy.designators import Marks
from storage.taxonomy.reading import Reading, Stage
from storage.taxonomy.states import ItemState


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


class Likeness(NamedTuple):
    """A relation and how near the wording is, 0 to 1."""

    kind: Kind
    score: float


POSSIBLE, NEAR_IDENTICAL = 0.5, 0.85
"""The two tiers of TEXT §1.3."""

_NOTHING = Likeness(Kind.UNRELATED, 0.0)
_LONG = 60
"""Words from which a narrative tells several things: only disjoint units separate those."""
_FEW = 4
_FEW_NEED = 0.62
_ONE_SIDED = 0.88
_SUBJECT_SHARE = 0.5
_SUBJECT_WEIGHT = 350
_OPPOSED_SHARE = 0.3
_SHORT = 25
_SAME_BUT_NUMBERS = 0.75
_READING_SHARE = 0.5
_GENERIC = frozenset({"broken", "damaged", "low", "tripped"})


def compare(one: Reading, two: Reading) -> Likeness:
    """What `one` and `two` are to each other; the order of the two does not matter."""
    if _other_unit(one, two):
        return _NOTHING
    share = _share(one.features.things, two.features.things)
    subject = _subject(one.features.things, two.features.things)
    if _readings_differ(one, two):
        return Likeness(Kind.READINGS, share) if share >= _READING_SHARE else _NOTHING
    if _numbers_differ(one, two) and share >= _SAME_BUT_NUMBERS:
        either_open = ItemState.OPEN in {one.cued, two.cued}
        return _NOTHING if either_open else Likeness(Kind.READINGS, share)
    if subject and share >= _OPPOSED_SHARE and contrary(one, two):
        return Likeness(Kind.CONTRARY, share)
    if subject and share >= _OPPOSED_SHARE and _opposed(one, two):
        return Likeness(Kind.OPPOSED, share)
    if subject and one.stage is not two.stage and share < NEAR_IDENTICAL:
        return Likeness(Kind.PROGRESS, share)
    return _sameness(one, two, share)


def compatible(one: Reading, two: Reading) -> bool:
    """Whether the two could be about one unit with one reading."""
    return not _other_unit(one, two) and not _readings_differ(one, two)


def contrary(one: Reading, two: Reading) -> bool:
    """Whether the words of one exclude those of the other: a valve open and shut."""
    return any(one.ends[axis] != two.ends[axis] for axis in one.ends.keys() & two.ends.keys())


def _sameness(one: Reading, two: Reading, share: float) -> Likeness:
    conditions = _condition_share(one.features.conditions, two.features.conditions)
    actions = _action_share(one.features.actions, two.features.actions)
    fewest = min(len(one.features.things), len(two.features.things))
    if not conditions * actions or not fewest or (fewest <= _FEW and share < _FEW_NEED):
        return _NOTHING
    score = share * (0.8 + 0.2 * conditions) * actions
    if bool(one.units) != bool(two.units) or bool(one.sides) != bool(two.sides):
        score *= _ONE_SIDED
    return Likeness(Kind.SAME, score) if score >= POSSIBLE else _NOTHING


def _share(one: Weights, two: Weights) -> float:
    """Weighted Jaccard: what the two have in common, by how much it tells."""
    shared = sum(one[name] for name in one.keys() & two.keys())
    every = sum(one.values()) + sum(two.values()) - shared
    return shared / every if every else 0.0


def _subject(one: Weights, two: Weights) -> bool:
    """Whether both are about one thing: the shorter one's things are mostly in the other."""
    shared = sum(one[name] for name in one.keys() & two.keys())
    least = min(sum(one.values()), sum(two.values()))
    return bool(least) and shared >= _SUBJECT_WEIGHT and shared / least >= _SUBJECT_SHARE


def _condition_share(one: frozenset[str], two: frozenset[str]) -> float:
    """1 when the same is wrong, 0 when something else is, between when one does not say."""
    if one == two:
        return 1.0
    if one & two:
        return 0.8
    if not one or not two:
        return 0.6
    return 0.6 if (one | two) & _GENERIC else 0.0


def _action_share(one: frozenset[str], two: frozenset[str]) -> float:
    """1 when the same was done, 0 when something else, between when one does not say."""
    if one == two or one & two:
        return 1.0
    return 0.0 if one and two else _ONE_SIDED


def _opposed(one: Reading, two: Reading) -> bool:
    states = {one.cued, two.cued}
    said_well = one.benign != two.benign
    return ItemState.OPEN in states and (ItemState.DONE in states or said_well)


def _other_unit(one: Reading, two: Reading) -> bool:
    long = max(len(one.words), len(two.words)) > _LONG
    return (
        _disagree(one.units, two.units, long)
        or _disagree_ends(one.sides, two.sides, long)
        or _disagree(one.names, two.names, True)
    )


def _readings_differ(one: Reading, two: Reading) -> bool:
    if max(len(one.words), len(two.words)) > _LONG:
        return False
    return _disagree_ends(one.quantities, two.quantities, True)


def _numbers_differ(one: Reading, two: Reading) -> bool:
    """Whether two short texts each have a number that the other has not: 0600 against 0800."""
    if max(len(one.words), len(two.words)) > _SHORT:
        return False
    return bool(one.numbers - two.numbers) and bool(two.numbers - one.numbers)


def _disagree(one: Marks, two: Marks, disjoint_only: bool) -> bool:
    if not one or not two or one == two:
        return False
    first, second = _by_kind(one), _by_kind(two)
    shared = first.keys() & second.keys()
    if not shared or ("#" in first) != ("#" in second):
        left, right = _values(first), _values(second)
        return left.isdisjoint(right) if disjoint_only else left != right
    if disjoint_only:
        return any(first[kind].isdisjoint(second[kind]) for kind in shared)
    return any(first[kind] != second[kind] for kind in shared)


def _disagree_ends(one: Marks, two: Marks, disjoint_only: bool) -> bool:
    """As `_disagree`, but ends of different axes say nothing about each other."""
    if not one or not two or one == two:
        return False
    axes = {axis for axis, _ in one} & {axis for axis, _ in two}
    first, second = (frozenset(m for m in marks if m[0] in axes) for marks in (one, two))
    return _disagree(first, second, disjoint_only)


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

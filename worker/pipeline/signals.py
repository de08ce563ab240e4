"""What tells whether two narratives are the same fact, a later stage of it, or neither (pure).

Each signal is a number; what they weigh together is a table fitted on pairs people labelled
(`python -m bench.fit_pairs`). The hard veto is not among them: it stands before (see likeness).
"""

import math
from functools import cache, lru_cache
from operator import mul
from typing import NamedTuple

from storage.taxonomy.comparing import Features, Weights
from storage.taxonomy.knowledge import table
from storage.taxonomy.reading import Reading, Stage
from storage.taxonomy.scales import Marks
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words
from worker.pipeline.faults import kindred

_FAULT = 400
"""What a fault both tell of weighs beside the things both name."""
_MOST = 3_000
_STEEPEST = 30.0
_SWAPPED_MOST = 3
_LIKE_LETTERS = 4
_HOURS_MOST = 24.0
HOURS_UNTOLD = 3.0
"""What is taken to lie between two texts of one moment: copied in together, they tell no time."""


class Signals(NamedTuple):
    """The signals of a pair, the earlier one first; those without a unit are 0 or 1."""

    alike: float
    """Weighted Jaccard of the things."""
    contained: float
    """How much of what the shorter names the other names too."""
    told: float
    """Weighted Jaccard of things and faults together, like spellings counted."""
    shared: float
    """The logarithm of the weight of what both name."""
    own_least: float
    """What each names alone, in thousandths: the lighter side and the heavier."""
    own_most: float
    spelled_alike: float
    same_fault: float
    kin_fault: float
    other_fault: float
    one_fault: float
    same_work: float
    other_work: float
    one_work: float
    same_part: float
    one_part: float
    """Only one of them names a part: the rocker cover, its gasket."""
    same_unit: float
    one_unit: float
    one_side: float
    same_number: float
    other_number: float
    swapped: float
    """They differ in one place only, by the thing: "cabin 12 shower leaks", "… toilet leaks"."""
    further: float
    """The later names all of the earlier, and more."""
    back: float
    diagnosed: float
    waiting: float
    done: float
    both_open: float
    then_open: float
    then_well: float
    hours: float
    """The logarithm of the hours between, a day at most."""


_THINGS_END = Signals._fields.index("same_unit")
_UNITS_END = Signals._fields.index("back")
_STANDING_END = Signals._fields.index("hours")


class Judgement(NamedTuple):
    """How likely a pair is the same fact, or progress of it; the rest is neither."""

    same: float
    progress: float


Weighed = tuple[float, float]
"""What some signals say for "same" and for "progress"."""
Course = tuple[Stage, ItemState, bool]
"""How far a fact had come, how it stood by its cues, and whether all was well."""


def judged(earlier: Reading, later: Reading, shared: int, hours: float) -> Judgement:
    """What the fitted weights make of the signals of two narratives; see `signals`."""
    (bias, bias_too), (by_time, by_time_too) = _bias(), _weighed(_STANDING_END, _apart(hours))
    by_things, by_things_too = _by_things(earlier.features, later.features, shared)
    by_units, by_units_too = _weighed(_THINGS_END, _units(earlier, later))
    by_stages, by_stages_too = _by_stages(_course(earlier), _course(later))
    said = bias + by_things + by_units + by_stages + by_time
    said_too = bias_too + by_things_too + by_units_too + by_stages_too + by_time_too
    same, progress = math.exp(min(_STEEPEST, said)), math.exp(min(_STEEPEST, said_too))
    every = 1 + same + progress
    return Judgement(same / every, progress / every)


def signals(earlier: Reading, later: Reading, shared: int, hours: float) -> Signals:
    """The signals of two narratives that share things of the weight `shared`, told so many hours
    apart."""
    return Signals._make(
        (
            *_wording(earlier.features, later.features, shared),
            *_faults_and_work(earlier.features, later.features),
            *_units(earlier, later),
            *_stages(_course(earlier), _course(later)),
            *_apart(hours),
        )
    )


@lru_cache(maxsize=65_536)
def _by_things(one: Features, two: Features, shared: int) -> Weighed:
    """What follows from the things, the faults and the work alone: the same for very many pairs."""
    return _weighed(0, (*_wording(one, two, shared), *_faults_and_work(one, two)))


@lru_cache(maxsize=4_096)
def _by_stages(earlier: Course, later: Course) -> Weighed:
    """What follows from how far the fact had come, and how it stood."""
    return _weighed(_UNITS_END, _stages(earlier, later))


@lru_cache(maxsize=16_384)
def _weighed(at: int, some: tuple[float, ...]) -> Weighed:
    """What the signals from the place `at` on say."""
    same, progress = _weights()
    end = at + len(some)
    return sum(map(mul, same[at:end], some)), sum(map(mul, progress[at:end], some))


def _apart(hours: float) -> tuple[float]:
    """The signal `hours`."""
    return (math.log1p(min(hours or HOURS_UNTOLD, _HOURS_MOST)) / 3,)


def _wording(one: Features, two: Features, shared: int) -> tuple[float, ...]:
    """From `alike` to `spelled_alike`."""
    spelled = _spelled_alike(one.things, two.things)
    alone, alone_too = one.weight - shared, two.weight - shared
    every = alone + two.weight
    said, said_too = one.conditions, two.conditions
    faults = len(said & said_too) or 0.5 * _kin(said, said_too)
    return (
        shared / (every or 1),
        shared / (min(one.weight, two.weight) or 1),
        (shared + spelled + _FAULT * faults)
        / (every - spelled + _FAULT * len(said | said_too) or 1),
        math.log1p(shared / 300),
        min(alone, alone_too, _MOST) / 1000,
        min(max(alone, alone_too), _MOST) / 1000,
        min(spelled, 1000) / 1000,
    )


def _faults_and_work(one: Features, two: Features) -> tuple[float, ...]:
    """From `same_fault` to `one_part`."""
    named, named_too = one.parts, two.parts
    said, said_too, work, work_too = one.conditions, two.conditions, one.actions, two.actions
    common, kin = not said.isdisjoint(said_too), _kin(said, said_too)
    return (
        common,
        kin,
        bool(said and said_too) and not common and not kin,
        (not said) is not (not said_too),
        not work.isdisjoint(work_too),
        bool(work and work_too) and work.isdisjoint(work_too),
        (not work) is not (not work_too),
        not named.isdisjoint(named_too),
        (not named) is not (not named_too),
    )


def _units(earlier: Reading, later: Reading) -> tuple[float, ...]:
    """From `same_unit` to `further`."""
    units, units_too = _values(earlier.units), _values(later.units)
    numbers, numbers_too = earlier.numbers, later.numbers
    all_again, nothing_new = _news(earlier.features, later.features)
    either = not all_again and not nothing_new
    return (
        not units.isdisjoint(units_too),
        (not units) is not (not units_too),
        (not earlier.sides) is not (not later.sides),
        not numbers & numbers_too <= units,
        not (numbers <= numbers_too or numbers_too <= numbers),
        either and _swapped(earlier.words, later.words),
        all_again and not nothing_new,
    )


@lru_cache(maxsize=65_536)
def _news(one: Features, two: Features) -> tuple[bool, bool]:
    """Whether the later names every thing of the earlier, and whether it names no other."""
    names, names_too = one.things.keys(), two.things.keys()
    return names <= names_too, names_too <= names


def _course(reading: Reading) -> Course:
    return reading.stage, reading.cued, reading.benign


def _stages(earlier: Course, later: Course) -> tuple[float, ...]:
    """From `back` to `then_well`."""
    (stage, state, benign), (stage_too, state_too, benign_too) = earlier, later
    opened, open_too = state is ItemState.OPEN, state_too is ItemState.OPEN
    return (
        stage_too < stage,
        stage_too is Stage.DIAGNOSED,
        (stage_too is Stage.WAITING) is not (stage is Stage.WAITING),
        stage_too is Stage.DONE and stage is not Stage.DONE,
        opened and open_too,
        open_too and not opened,
        benign_too and not benign,
    )


def _kin(said: frozenset[str], said_too: frozenset[str]) -> bool:
    """Whether both name a fault, none the same, that may yet be one."""
    return bool(said and said_too) and said.isdisjoint(said_too) and kindred(said, said_too)


@lru_cache(maxsize=16_384)
def _values(units: Marks) -> frozenset[str]:
    return frozenset([value for _, value in units])


def _spelled_alike(one: Weights, two: Weights) -> int:
    """The weight of what each names alone in other letters of one word: "ventilator", "vent"."""
    own, other = one.keys() - two, two.keys() - one
    if not own or not other:
        return 0
    starts = {name[:_LIKE_LETTERS]: name for name in sorted(other)}
    return sum(
        [
            min(one[name], two[starts[name[:_LIKE_LETTERS]]])
            for name in own
            if name[:_LIKE_LETTERS] in starts and len(name) >= _LIKE_LETTERS
        ]
    )


def _swapped(one: Words, two: Words) -> bool:
    """Whether the two are word for word the same but for one place."""
    least = min(len(one), len(two))
    start = 0
    while start < least and one[start] == two[start]:
        start += 1
    end = 0
    while end < least - start and one[-1 - end] == two[-1 - end]:
        end += 1
    same = start + end
    return same > 1 and max(len(one), len(two)) - same <= _SWAPPED_MOST


@cache
def _bias() -> Weighed:
    """Where "same" and "progress" begin."""
    fitted = table("pair_weights")
    return fitted["same"]["bias"], fitted["progress"]["bias"]


@cache
def _weights() -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The weights of "same" and of "progress", in the order of the signals."""
    same, progress = (
        tuple(table("pair_weights")[kind]["weights"][name] for name in Signals._fields)
        for kind in ("same", "progress")
    )
    return same, progress

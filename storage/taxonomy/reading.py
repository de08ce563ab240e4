"""A narrative as the pipeline compares it: features, marks, state and stage, read once (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise

from storage.taxonomy.clauses import sentences
from storage.taxonomy.comparing import Features, features, one_of_a_kind
from storage.taxonomy.cues import cues
from storage.taxonomy.designators import (
    Marks,
    designators,
    in_figures,
    loose_numbers,
    names,
    quantities,
)
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.polarity import cued_state, says_benign, state_of
from storage.taxonomy.sides import held_apart, sides
from storage.taxonomy.sorts import sorts
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, plain, stem, words

_END = "endoftext"
"""Stands behind the last word where opposites are looked for."""
_DENYING = frozenset({"not", "never"})
_LACKING = frozenset({"no", "without"})


class Stage(IntEnum):
    """How far a fact has come; a later stage of the same fact is progress."""

    REPORTED = 0
    DIAGNOSED = 1
    WAITING = 2
    DONE = 3


@dataclass(frozen=True, slots=True)
class Reading:
    """One narrative, read."""

    words: Words
    sentences: tuple[str, ...]
    """Its sentences, verbatim."""
    states: tuple[ItemState, ...]
    """The state of each sentence by its cue phrases alone."""
    features: Features
    units: Marks
    sides: Marks
    sorts: Marks
    """Which place, which tank, whose paper, what is at which side of two: what excludes another of
    its sort."""
    quantities: Marks
    names: Marks
    ends: Mapping[str, str]
    """The ends of the opposites it names: {"valve": "open"}."""
    denied: frozenset[str]
    """The stems it says are not so: "not tested"."""
    lacked: frozenset[str]
    """The stems of which it says that there is none: "no internet"."""
    numbers: frozenset[str]
    state: ItemState
    cued: ItemState
    """The state by cue phrases alone: what two statements are held against each other by."""
    benign: bool
    stage: Stage
    returned: bool
    """Whether it was dealt with before and is there again."""
    planning: tuple[str, ...]
    """The sentences that hand out work."""


def read(text: str) -> Reading:
    """Reads `text` for comparison."""
    found, cued, said = words(text), cued_state(text), sentences(text)
    counted = in_figures(found)
    come = {cue.sort for cue in cues(plain(found), "progress_cues")}
    return Reading(
        words=found,
        sentences=said,
        states=tuple(map(cued_state, said)) if len(said) > 1 else (cued,) * len(said),
        features=features(counted),
        units=one_of_a_kind(designators(found)),
        sides=one_of_a_kind(sides(found)),
        sorts=one_of_a_kind(sorts(found) | held_apart(found)),
        quantities=one_of_a_kind(quantities(counted)),
        names=one_of_a_kind(names(text)),
        ends=_ends(found),
        denied=one_of_a_kind(_behind(_DENYING, found)),
        lacked=one_of_a_kind(_behind(_LACKING, found)),
        numbers=one_of_a_kind(loose_numbers(counted)),
        state=state_of(text),
        cued=cued,
        benign=says_benign(text),
        stage=_stage(come, cued),
        returned="returned" in come,
        planning=planning_phrases(text),
    )


def _ends(found: Words) -> dict[str, str]:
    """The end of each axis `found` names; who names both ends says neither."""
    named = {cue.sort for cue in cues((*plain(found), _END), "opposites")}
    pairs = [(axis, end) for axis, _, end in (sort.partition("_") for sort in named)]
    axes = [axis for axis, _ in pairs]
    return {axis: end for axis, end in pairs if axes.count(axis) == 1}


def _behind(signs: frozenset[str], found: Words) -> frozenset[str]:
    """The stem of the first telling word behind each of the `signs`."""
    if signs.isdisjoint(found):
        return frozenset()
    told = [word for word in plain(found) if word not in _between()]
    return frozenset(stem(after) for before, after in pairwise(told) if before in signs - {after})


@cache
def _between() -> frozenset[str]:
    return frozenset(listed(toml("opposites")["words"]["between"]))


def _stage(come: set[str], state: ItemState) -> Stage:
    if state is ItemState.DONE or ("done" in come and state is not ItemState.OPEN):
        return Stage.DONE
    if "waiting" in come:
        return Stage.WAITING
    return Stage.DIAGNOSED if "diagnosed" in come else Stage.REPORTED

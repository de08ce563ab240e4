"""A narrative as the pipeline compares it: features, marks, state and stage, read once (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from storage.taxonomy.comparing import Features, features
from storage.taxonomy.cues import cues
from storage.taxonomy.designators import (
    Marks,
    designators,
    loose_numbers,
    names,
    quantities,
    sides,
)
from storage.taxonomy.polarity import cued_state, says_benign, state_of
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, plain, words


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
    features: Features
    units: Marks
    sides: Marks
    quantities: Marks
    names: Marks
    ends: Mapping[str, str]
    """The ends of the opposites it names: {"valve": "open"}."""
    numbers: frozenset[str]
    state: ItemState
    cued: ItemState
    """The state by cue phrases alone: what two statements are held against each other by."""
    benign: bool
    stage: Stage


def read(text: str) -> Reading:
    """Reads `text` for comparison."""
    found, cued = words(text), cued_state(text)
    return Reading(
        words=found,
        features=features(found),
        units=designators(found),
        sides=sides(found),
        quantities=quantities(found),
        names=names(text),
        ends=_ends(found),
        numbers=loose_numbers(found),
        state=state_of(text),
        cued=cued,
        benign=says_benign(text),
        stage=_stage(found, cued),
    )


def _ends(found: Words) -> dict[str, str]:
    """The end of each axis `found` names; who names both ends says neither."""
    named = {cue.sort for cue in cues(plain(found), "opposites")}
    pairs = [(axis, end) for axis, _, end in (sort.partition("_") for sort in named)]
    axes = [axis for axis, _ in pairs]
    return {axis: end for axis, end in pairs if axes.count(axis) == 1}


def _stage(found: Words, state: ItemState) -> Stage:
    sorts = {cue.sort for cue in cues(plain(found), "progress_cues")}
    if state is ItemState.DONE:
        return Stage.DONE
    if "waiting" in sorts:
        return Stage.WAITING
    return Stage.DIAGNOSED if "diagnosed" in sorts else Stage.REPORTED

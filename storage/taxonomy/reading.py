"""A narrative as the pipeline compares it: features, marks, state and stage, read once (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise

from storage.taxonomy.clauses import sentences
from storage.taxonomy.comparing import Features, features, named_by, one_of_a_kind
from storage.taxonomy.cues import cues
from storage.taxonomy.designators import designators, loose_numbers, names
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.opposites import named_ends, opposites, planned
from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.polarity import cued_state, says_benign, state_of
from storage.taxonomy.scales import Marks, in_figures, quantities, scale_words
from storage.taxonomy.sides import held_apart, sides
from storage.taxonomy.sorts import sorts
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, plain, stem, words

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
    stated: frozenset[str]
    """The things that only say how, how many or when: left aside where it is asked if two who
    contradict each other speak of one thing."""
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
    told = features(counted)
    ends, telling = opposites(found)
    telling |= scale_words(counted) | planned().intersection(found)
    come = {cue.sort for cue in cues(plain(found), "progress_cues")}
    return Reading(
        words=found,
        sentences=said,
        states=tuple(map(cued_state, said)) if len(said) > 1 else (cued,) * len(said),
        features=told,
        units=one_of_a_kind(designators(counted)),
        sides=one_of_a_kind(sides(found)),
        sorts=one_of_a_kind(sorts(found) | held_apart(found)),
        quantities=one_of_a_kind(quantities(counted)),
        names=one_of_a_kind(names(text)),
        ends=_ends(ends, told.conditions),
        stated=_stated(telling & {*found}, told.things),
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


def _ends(named: dict[str, str], conditions: frozenset[str]) -> dict[str, str]:
    """The ends named, and those that follow from what is wrong with what: a seal that is broken."""
    for axis, _, end in [name.partition("_") for name in sorted(conditions & named_ends())]:
        named.setdefault(axis, end)
    return named


def _stated(telling: frozenset[str], things: Mapping[str, int]) -> frozenset[str]:
    """Those of the `things` that are told by the words `telling` of a state, a count or a time."""
    return one_of_a_kind(frozenset([n for word in telling for n in named_by(word) if n in things]))


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

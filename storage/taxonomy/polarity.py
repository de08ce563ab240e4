"""Open, done, restricted or neither: what the words say about the fact (DOMAIN §4, §5.6; pure)."""

import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from storage.taxonomy.clauses import clauses, sentences
from storage.taxonomy.cues import Cue, cues
from storage.taxonomy.linear import reader, turns
from storage.taxonomy.planning import assigns
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, clean, plain, words

_REACH = 5
"""How many words a "no" or a "to be" reaches."""
_PASSIVE = frozenset({"was", "were", "been"})
_CALM = (ItemState.NONE, ItemState.DONE)
_DOUBT = 0.4
"""How far the fitted weights must lean to open; most lines they were fitted on are."""
_SILENT = 0.6
"""How much further where no cue speaks; half of it to "done"."""
_CUED = 0.5
"""What the cues add for the state they give. All three were chosen by cross-validation."""
_UNSAID = {state: float(state is ItemState.NONE) for state in ItemState}
_CLAUSE_LIMIT = 400
"""Clauses read; a longer log is judged by its start and by its end."""


class Standing(NamedTuple):
    """How a fact stands, and how surely each state is meant (their shares, which sum to 1)."""

    state: ItemState
    shares: Mapping[ItemState, float]

    @property
    def live(self) -> float:
        """How surely something is still open or restricted (0–1)."""
        return self.shares[ItemState.OPEN] + self.shares[ItemState.RESTRICTION]


def state_of(text: str) -> ItemState:
    """The state of the fact `text` tells; see `standing`."""
    return standing(text).state


def standing(text: str) -> Standing:
    """How the fact `text` tells stands: by fitted weights, which read the cues among the words.

    Words that say that all is well and nothing stands open are never read as open. Work that is
    handed out is no fact: it has the state its cues give it, or none.
    """
    if not words(text):
        return Standing(ItemState.NONE, _UNSAID)
    told = _told(text)
    cued = _decide(told)
    leans = _leaning(text, cued, silent=not told)
    if planned(text):
        return Standing(cued, _shares(leans))
    calm = bool(told) and cued is ItemState.NONE
    state = max(_CALM if calm else ItemState, key=lambda one: leans[one])
    return Standing(state, _shares(leans))


def _leaning(text: str, cued: ItemState, *, silent: bool) -> dict[ItemState, float]:
    """What the weights say of each state, with the cues' own say and the doubts."""
    said = reader("state_weights").weigh(state_features(text))
    leans = {ItemState(label): value for label, value in said.items()}
    leans[ItemState.OPEN] -= _DOUBT + (_SILENT if silent else 0.0)
    leans[ItemState.DONE] -= _SILENT / 2 if silent else 0.0
    if cued is not ItemState.NONE:
        leans[cued] += _CUED
    return leans


def _shares(leans: Mapping[ItemState, float]) -> dict[ItemState, float]:
    top = max(leans.values())
    raised = {state: math.exp(value - top) for state, value in leans.items()}
    total = sum(raised.values())
    return {state: value / total for state, value in raised.items()}


def cued_state(text: str) -> ItemState:
    """The state by cue phrases alone.

    A restriction in force is said wherever it stands. Otherwise the last clause that says anything
    decides: "leaking, seal replaced" is done, "seal replaced, still leaking" is open. A negated
    defect ("no leaks found") leaves nothing open.
    """
    return _decide(_told(text))


def says_benign(text: str) -> bool:
    """Whether the words say that all is well and nothing stands open."""
    said = _told(text)
    return bool(said) and said[-1] in {ItemState.DONE, ItemState.NONE}


def state_features(text: str) -> tuple[str, ...]:
    """What the state weights read: the words as they end, in pairs, and what the cues say."""
    found = plain(words(text))
    sorts = [cue.sort for cue in cues(found, "state_cues")]
    marks = [f"rule={cued_state(text).value}", f"benign={says_benign(text)}"]
    marks += [f"cue={sort}" for sort in sorted(set(sorts))]
    marks += [f"cues={'+'.join(sorts[-2:])}", f"lastcue={sorts[-1]}" if sorts else "nocue"]
    return (*found, *turns(found), *marks)


def planned(text: str) -> bool:
    """Whether every sentence of `text` hands out work: then it tells no fact."""
    return all(map(assigns, sentences(clean(text))))


@lru_cache(maxsize=1_024)
def _told(text: str) -> tuple[ItemState, ...]:
    """What each clause that says something says, in order."""
    said = [state for one in sentences(clean(text)) for state in _said(one)]
    if len(said) > _CLAUSE_LIMIT:
        said = [*said[: _CLAUSE_LIMIT // 2], *said[-_CLAUSE_LIMIT // 2 :]]
    return tuple(state for state in said if state is not None)


@lru_cache(maxsize=1_024)
def _said(sentence: str) -> tuple[ItemState | None, ...]:
    """What each clause of one sentence says; nothing where it hands out work."""
    return () if assigns(sentence) else tuple(map(_clause_state, clauses(sentence)))


def _decide(told: tuple[ItemState, ...]) -> ItemState:
    if ItemState.RESTRICTION in told:
        return ItemState.RESTRICTION
    decisive = [state for state in told if state is not ItemState.NONE]
    return decisive[-1] if decisive else ItemState.NONE


@lru_cache(maxsize=8_192)
def _clause_state(clause: str) -> ItemState | None:
    """What one clause says; NONE when it says that nothing is wrong, None when it says nothing."""
    sorts = set(_turned(plain(words(clause))))
    if "restriction" in sorts:
        return ItemState.RESTRICTION
    if "done" in sorts and not ("but" in sorts and "open" in sorts):
        return ItemState.DONE
    if "open" in sorts:
        return ItemState.OPEN
    if "weakly_done" in sorts:
        return ItemState.DONE
    if "not" in sorts and "benign" not in sorts:
        return ItemState.OPEN
    return ItemState.NONE if "benign" in sorts else None


def _turned(found: Words) -> Iterator[str]:
    """The sorts of the cues in a clause, turned round by a "no" or a "to be" just before them."""
    turner: Cue | None = None
    for cue in cues(found, "state_cues"):
        if cue.sort in {"negation", "pending"}:
            turner = cue
            if found[cue.start : cue.end] == ("not",):
                yield "not"
            continue
        near = turner is not None and cue.start - turner.end < _REACH
        yield _sort(cue, turner if near else None, found)


def _sort(cue: Cue, turner: Cue | None, found: Words) -> str:
    if cue.sort == "forbidden":
        return "open" if cue.start else "restriction"
    if turner and cue.sort in {"done", "weakly_done"}:
        return "open"
    if turner and turner.sort == "negation" and cue.sort in {"open", "benign"}:
        return "benign" if cue.sort == "open" else "open"
    if cue.sort == "weakly_done" and cue.start and found[cue.start - 1] in _PASSIVE:
        return "done"
    return cue.sort

"""Open, done, restricted or neither: what the words say about the fact (DOMAIN §4, §5.6; pure)."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from storage.taxonomy.clauses import clauses, sentences
from storage.taxonomy.cues import Cue, cues
from storage.taxonomy.linear import logits
from storage.taxonomy.planning import assigns
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, clean, plain, words

_REACH = 5
"""How many words a "no" or a "to be" reaches."""
_PASSIVE = frozenset({"was", "were", "been"})
_LEANS = (ItemState.OPEN, ItemState.DONE)
_SURE = 2.0
"""How far the fitted weights must lean before they say what the cues do not."""
_CLAUSE_LIMIT = 400
"""Clauses read; a longer log is judged by its start and by its end."""


def state_of(text: str) -> ItemState:
    """The state of the fact `text` tells: by its cues and, where they are silent, by the fitted
    weights when those are sure that something stands open or is done."""
    told = _told(text)
    cued = _decide(told)
    if cued is not ItemState.NONE or told:
        return cued
    said = logits("state_weights", state_features(text))
    best = max(_LEANS, key=lambda state: said.get(state.value, 0.0))
    lead = said.get(best.value, 0.0) - said.get(ItemState.NONE.value, 0.0)
    return best if lead > _SURE and not planned(text) else ItemState.NONE


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
    together = (f"{one} {two}" for one, two in pairwise(found))
    ends = (
        f"{place}={word}"
        for place, word in zip(("first", "last"), found[:1] + found[-1:], strict=False)
    )
    marks = (f"rule={cued_state(text).value}", f"benign={says_benign(text)}")
    return (*found, *together, *ends, *marks)


def planned(text: str) -> bool:
    """Whether every sentence of `text` hands out work: then it tells no fact."""
    return all(map(assigns, sentences(clean(text))))


@lru_cache(maxsize=1_024)
def _told(text: str) -> tuple[ItemState, ...]:
    """What each clause that says something says, in order."""
    return tuple(told for told in map(_clause_state, _all_clauses(text)) if told is not None)


def _decide(told: tuple[ItemState, ...]) -> ItemState:
    if ItemState.RESTRICTION in told:
        return ItemState.RESTRICTION
    decisive = [state for state in told if state is not ItemState.NONE]
    return decisive[-1] if decisive else ItemState.NONE


def _all_clauses(text: str) -> list[str]:
    told = [sentence for sentence in sentences(clean(text)) if not assigns(sentence)]
    found = [part for sentence in told for part in clauses(sentence)]
    if len(found) <= _CLAUSE_LIMIT:
        return found
    return [*found[: _CLAUSE_LIMIT // 2], *found[-_CLAUSE_LIMIT // 2 :]]


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

"""Open, done, restricted or neither: what the words say about the fact (DOMAIN §4, §5.6; pure)."""

from collections.abc import Iterable

from storage.taxonomy.clauses import clauses, sentences
from storage.taxonomy.cues import Cue, cues
from storage.taxonomy.planning import assigns
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import clean, plain, words

_REACH = 5
"""How many words a "no" or a "to be" reaches."""
_CLAUSE_LIMIT = 400
"""Clauses read; a longer log is judged by its start and by its end."""


def state_of(text: str) -> ItemState:
    """The state of the fact `text` tells.

    A restriction in force is said wherever it stands. Otherwise the last clause that says anything
    decides: "leaking, seal replaced" is done, "seal replaced, still leaking" is open. A negated
    defect ("no leaks found") leaves nothing open.
    """
    said = [told for told in map(_clause_state, _all_clauses(text)) if told is not None]
    if ItemState.RESTRICTION in said:
        return ItemState.RESTRICTION
    decisive = [told for told in said if told is not ItemState.NONE]
    return decisive[-1] if decisive else ItemState.NONE


def says_benign(text: str) -> bool:
    """Whether the words say that all is well and nothing stands open."""
    said = [told for told in map(_clause_state, _all_clauses(text)) if told is not None]
    return bool(said) and said[-1] in {ItemState.DONE, ItemState.NONE}


def _all_clauses(text: str) -> list[str]:
    told = [sentence for sentence in sentences(clean(text)) if not assigns(sentence)]
    found = [part for sentence in told for part in clauses(sentence)]
    if len(found) <= _CLAUSE_LIMIT:
        return found
    return [*found[: _CLAUSE_LIMIT // 2], *found[-_CLAUSE_LIMIT // 2 :]]


def _clause_state(clause: str) -> ItemState | None:
    """What one clause says; NONE when it says that nothing is wrong, None when it says nothing."""
    sorts = set(_turned(cues(plain(words(clause)), "state_cues")))
    if "restriction" in sorts:
        return ItemState.RESTRICTION
    if "done" in sorts and not ("but" in sorts and "open" in sorts):
        return ItemState.DONE
    if "open" in sorts:
        return ItemState.OPEN
    return ItemState.NONE if "benign" in sorts else None


def _turned(found: Iterable[Cue]) -> Iterable[str]:
    """The sorts of the cues, turned round by a "no" or a "to be" just before them."""
    turner: Cue | None = None
    for cue in found:
        near = turner is not None and cue.start - turner.end < _REACH
        if cue.sort in {"negation", "pending"}:
            turner = cue
            if cue.sort == "pending":
                yield "pending"
        elif near and turner is not None and cue.sort == "done":
            yield "open"
        elif near and turner is not None and cue.sort == "open" and turner.sort == "negation":
            yield "benign"
        else:
            yield cue.sort

"""Language that assigns work, which does not belong in a handover (DOMAIN §4; pure)."""

from functools import cache, lru_cache

from storage.taxonomy.clauses import clauses, sentences
from storage.taxonomy.cues import cues
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, clean, plain, words

_PHRASE_LIMIT = 160
_SENTENCE_LIMIT = 200


def planning_phrases(text: str) -> tuple[str, ...]:
    """The sentences of `text` that hand out work, verbatim (long ones cut); empty when none does.

    Restrictions in force, expected events and monitoring are not planning.
    """
    found = sentences(clean(text))[:_SENTENCE_LIMIT]
    return tuple(sentence[:_PHRASE_LIMIT] for sentence in found if assigns(sentence))


@lru_cache(maxsize=4_096)
def assigns(sentence: str) -> bool:
    """Whether one sentence hands out work."""
    found = words(sentence)
    sorts = {cue.sort for cue in cues(plain(found), "planning_cues")}
    if "exempt" in sorts:
        return False
    if "strong" in sorts or _begins_with_order(found) or _names_who(plain(found)):
        return True
    if "handed" in sorts and any(map(_hands_over, clauses(sentence))):
        return True
    return {"weak", "deadline"} <= sorts


def _hands_over(clause: str) -> bool:
    """Whether "… to repaint …" is still to come, and not how something was done."""
    found = plain(words(clause))
    handed = any(cue.sort == "handed" for cue in cues(found, "planning_cues"))
    return handed and not any(cue.sort == "done" for cue in cues(found, "state_cues"))


def _names_who(found: Words) -> bool:
    """Whether a rank stands right before "to": "bosun to …", but not "asked the bosun to …"."""
    for index in (at for at, word in enumerate(found) if word == "to"):
        before = next((size for size in (2, 1) if _is_rank(found[max(0, index - size) : index])), 0)
        if before:
            start = index - before
            return not (start and found[start - 1] in _listed("asking"))
    return False


def _is_rank(found: Words) -> bool:
    return " ".join(found) in _listed("roles")


def _begins_with_order(found: Words) -> bool:
    """Whether the sentence opens with a verb in the imperative, or with "2) check …"."""
    start = 1 if found and found[0].isdigit() and len(found[0]) == 1 else 0
    if len(found) - start < 3:
        return False
    if found[start] in _listed("doubtful"):
        return not start and found[1] in _listed("follow")
    heads = (" ".join(found[start : start + size]) for size in (1, 2))
    return any(head in _listed("imperative") for head in heads)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(listed(toml("planning_cues")["orders"][name]))

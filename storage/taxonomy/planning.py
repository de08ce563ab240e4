"""Language that assigns work, which does not belong in a handover (DOMAIN §4; pure)."""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from storage.taxonomy.assigned import (
    are_people,
    gives_work,
    is_told_to,
    is_work,
    is_work_in_any_form,
    names_work_to_do,
)
from storage.taxonomy.clauses import clauses, sentences
from storage.taxonomy.cues import cues
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, clean, plain, words

_PHRASE_LIMIT = 160
_SENTENCE_LIMIT = 200
_HEAD_LIMIT = 6
_OUGHT = ("should", "be")
_SAYING = frozenset({"does", "did", "is", "are", "was", "were", "has", "had"})
_ASKING = frozenset({"strong", "weak", "handed"})
"""The sorts of cues that ask for work."""
_STOP = re.compile(r"[,:–-]")
_CALL = re.compile(r"\s*([^,:;]{2,50}?)\s*(?:[,:]|\s[-–])\s+(.+)", re.DOTALL)
"""Who is called, or what comes first; and what is said to follow."""


def planning_phrases(text: str) -> tuple[str, ...]:
    """The sentences of `text` that hand out work, verbatim (long ones cut); empty when none does.

    Restrictions in force, expected events and monitoring are not planning.
    """
    found = sentences(clean(text))[:_SENTENCE_LIMIT]
    return tuple(sentence[:_PHRASE_LIMIT] for sentence in found if assigns(sentence))


@lru_cache(maxsize=4_096)
def assigns(sentence: str) -> bool:
    """Whether one sentence hands out work: never without a word that asks, or one of work."""
    found = words(sentence)
    sorts = {cue.sort for cue in cues(plain(found), "planning_cues")}
    return _may_assign(found, sorts) and _hands_out(sentence, found, sorts)


def _may_assign(found: Words, sorts: set[str]) -> bool:
    """Whether any word is there that every order needs one of; most facts have none."""
    return not sorts.isdisjoint(_ASKING) or any(map(_asks_or_works, found))


@lru_cache(maxsize=16_384)
def _asks_or_works(word: str) -> bool:
    return word in _asking() or is_work_in_any_form(word)


@cache
def _asking() -> frozenset[str]:
    """The words by which work is asked for, besides those of the work itself."""
    duties = {phrase.split()[0] for phrase in _listed("duties") | _listed("duty")}
    lists = map(_listed, ("polite", "asks", "each", "before_name"))
    return _orders().union({"to", "will", *_OUGHT}, duties, *lists)


def _hands_out(sentence: str, found: Words, sorts: set[str]) -> bool:
    if _asks_politely(plain(found), sorts, sentence) or is_told_to(sentence):
        return True
    if "exempt" in sorts or _expects(plain(found)) or _names_a_value(found):
        return False
    if "strong" in sorts or _names_who(plain(found)) or _is_called(sentence):
        return True
    by_then = "deadline" in sorts or not _listed("when").isdisjoint(found)
    told = clauses(sentence)
    if any(gives_work(clause, by_then=by_then) or names_work_to_do(clause) for clause in told):
        return True
    if _does(found, by_then="deadline" in sorts) or _should_be_done(plain(found)):
        return True
    if _begins_with_order(found) or ("deadline" in sorts and _may_be_order(found, told)):
        return True
    if "handed" in sorts and any(map(_hands_over, clauses(sentence))):
        return True
    return {"weak", "deadline"} <= sorts


def _asks_politely(found: Words, sorts: set[str], sentence: str) -> bool:
    """Whether something is asked for behind a "please", or by what stands before a last one."""
    for at in (index for index, word in enumerate(found) if word in _listed("polite")):
        asked = found[at + 1 : at + 2]
        if asked and ("exempt" not in sorts or asked[0] in _orders()):
            return True
        if not asked and ("deadline" in sorts or _opens_with_order(found, sentence)):
            return True
    return False


def _opens_with_order(found: Words, sentence: str) -> bool:
    """Whether the sentence, or what is said behind its last comma, opens with such a verb."""
    last = plain(words(clauses(sentence)[-1]))
    return not _orders().isdisjoint({*found[:1], *last[:1]})


def _names_a_value(found: Words) -> bool:
    """Whether it says what something should read: "190 bar, should be 300"."""
    return any(found[at - 2 : at] == _OUGHT for at, word in enumerate(found) if word[0].isdigit())


def _should_be_done(found: Words) -> bool:
    """Whether something "should be" done, and not be somewhere or some way."""
    return any(
        found[at - 2 : at] == _OUGHT and (word.endswith("ed") or word in _listed("done"))
        for at, word in enumerate(found)
    )


def _does(found: Words, *, by_then: bool) -> bool:
    """Whether a rank opens the sentence and does what orders ask for: "fitter renew the hose",
    "mate prepares the list by Friday"."""
    found = found[1:] if found[:1] == ("the",) else found
    size = next((size for size in (2, 1) if _is_person(found[:size])), 0)
    if not size or len(found) < size + 3:
        return False
    verb, after = found[size : size + 2]
    if verb in _listed("doubtful"):
        return after in _listed("follow") or by_then
    told = verb in _orders() and (by_then or verb not in _listed("as_past"))
    return told or (by_then and verb.endswith("s") and verb[:-1] in _orders())


def _is_person(found: Words) -> bool:
    return _is_rank(found) and found[-1] not in _listed("no_person")


@cache
def _orders() -> frozenset[str]:
    """The verbs that give an order, by their first words."""
    heads = (verb.split()[0] for verb in _listed("imperative"))
    return frozenset(heads) | _listed("doubtful")


def _hands_over(clause: str) -> bool:
    """Whether "… to repaint …" is still to come, and not how something is or was done."""
    found = plain(words(clause))
    handed = [cue.start for cue in cues(found, "planning_cues") if cue.sort == "handed"]
    if not handed or not _listed("describing").isdisjoint(found[: handed[0]]):
        return False
    if not (_listed("visitors") | _listed("outside")).isdisjoint(found[:1]):
        return False
    return not any(cue.sort == "done" for cue in cues(found, "state_cues"))


def _is_called(sentence: str) -> bool:
    """Whether somebody is called and told: "lads, wash …", "Ana will order …", "somebody take …",
    "wash …, lads", or an order follows what comes first: "once they land, haul …"."""
    if _is_called_last(sentence):
        return True
    if _STOP.search(sentence) and (call := _CALL.match(sentence)):
        head, tail = (words(part) for part in call.groups())
        if _may_be_called(plain(head), call[1]) and _begins_with_order(tail, 2):
            return True
        if len(tail) > 2 and are_people(call[1]) and is_work(plain(tail)):
            return True
    found = plain(words(sentence))
    if found[:1] and found[0] in _listed("asks"):
        return any(_is_asked(found[1 : 1 + size]) for size in (1, 2))
    if found and found[0] in _listed("each"):
        told = words(sentence)[1:]
        return _begins_with_order((*(word.removesuffix("s") for word in told[:1]), *told[1:]))
    return _will_do(found, sentence)


def _is_called_last(sentence: str) -> bool:
    """Whether who is told stands behind what is: "keep the shackle, bosun", "slack the springs -
    deck watch"."""
    first, *others = clauses(sentence) or ("",)
    told = plain(words(first))
    if is_work(told) and told[0] not in _listed("also_noun") and any(map(are_people, others)):
        return True
    before, comma, who = sentence.rstrip(" .!").rpartition(",")
    verb = plain(words(before))[:1]
    if not comma or not verb or verb[0] not in _orders() | _listed("before_name"):
        return False
    called = plain(words(who))
    return _is_asked(called) or (len(called) == 1 and who.strip().istitle())


def _is_asked(who: Words) -> bool:
    return _is_rank(who) or " ".join(who) in _listed("called")


def _expects(found: Words) -> bool:
    """Whether it tells what a visitor "will" do."""
    return "will" in found[1:4] and not _listed("visitors").isdisjoint(found[:2])


def _may_be_called(head: Words, written: str) -> bool:
    if not head or len(head) > _HEAD_LIMIT:
        return False
    a_name = len(head) == 1 and written.istitle()
    opened = {head[0], " ".join(head[:2])}
    return a_name or _is_asked(head) or not opened.isdisjoint(_listed("first"))


def _will_do(found: Words, written: str) -> bool:
    """Whether a rank, or a name that opens the sentence, "will" do what orders ask for."""
    at = found.index("will") if "will" in found[:3] else 0
    who = found[:at]
    if not who or not _listed("outside").isdisjoint(who) or not found[at + 1 :]:
        return False
    a_name = at == 1 and written[:1].isupper()
    verb = found[at + 1]
    return (a_name or _is_rank(who)) and verb in _listed("imperative") | _listed("doubtful")


def _names_who(found: Words) -> bool:
    """Whether a rank stands right before "to": "bosun to …", but not "asked the bosun to …"."""
    for index in (at for at in range(1, len(found)) if _is_duty(found[at : at + 2])):
        before = next((size for size in (2, 1) if _is_rank(found[max(0, index - size) : index])), 0)
        if before:
            start = max(0, index - before)
            return not (start and found[start - 1] in _listed("asking"))
    return False


def _is_duty(found: Words) -> bool:
    duties = _listed("duties")
    return found[0] == "to" or found[0] in duties or " ".join(found) in duties


def _may_be_order(found: Words, told: Sequence[str]) -> bool:
    """Whether a word opens the sentence that is a noun as often: an order beside a deadline, but
    not where something is said of it: "vacuum toilet does not flush, third time this week"."""
    doubtful = len(found) > 2 and found[0] in _listed("doubtful")
    return doubtful and _SAYING.isdisjoint(words(told[0]))


def _is_rank(found: Words) -> bool:
    return " ".join(found) in _listed("roles")


def _begins_with_order(found: Words, least: int = 3) -> bool:
    """Whether `found` opens with a verb in the imperative, or with "2) check …"."""
    start = 1 if found and found[0].isdigit() and len(found[0]) == 1 else 0
    if len(found) - start < least:
        return False
    if found[start] in _listed("doubtful"):
        return not start and found[1] in _listed("follow")
    heads = (" ".join(found[start : start + size]) for size in (1, 2))
    return any(head in _listed("imperative") for head in heads)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(listed(toml("planning_cues")["orders"][name]))

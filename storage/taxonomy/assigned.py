"""Who a clause opens with, and whether it gives them work: "2/E and wiper to open …" (pure).

People are told by rank ("motorman", "night baker", "IT officer", "two OS") or by a name. What they
are, or are seen doing, is no order: only a known verb of work right behind them is.
"""

from functools import cache, lru_cache

from storage.taxonomy.designators import stop_words
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, cut_ending, known_words, plain, words

_SAYING = frozenset({"is", "are", "has", "have", "need", "needs"})
_JOINING = frozenset({"and", "with", "or", "plus"})
_NOBODY: frozenset[str] = frozenset()
_BEFORE_HEAD = 2
"""Words that may stand before the one that makes a person of them: "fire party leader"."""
_BEFORE_PEOPLE = 3
"""Words of a time or place before who is told: "in Setubal the two OS repaint …"."""


def gives_work(clause: str, *, by_then: bool) -> bool:
    """Whether `clause` opens with people and tells what they are to do, are on or do.

    What one of them does ("donkeyman transfers the fuel") may be told of any watch: verbs that are
    as often said of what is count only where it is said by when.
    """
    names = _names(clause)
    found = _from_people(plain(words(clause)), names)
    end = _people(found, names)
    rest = found[end:]
    if not end or len(rest) < 2 or _owns(clause):
        return False
    if rest[0] in _some("duty"):
        return _is_work(rest[1]) or rest[1:2] == ("be",)
    if rest[0] in {"is", "are"} and rest[1] in {"on", "to"}:
        return _is_work(rest[2] if len(rest) > 2 else "", gerund=rest[1] == "on")
    named = found[0] in names
    if named and not by_then and not rest[0].endswith("s"):
        return False
    long_enough = len(rest) > 2 - (by_then or _is_plural(found[:end]))
    return long_enough and _does_work(rest, by_then=by_then, told=not named)


def is_told_to(clause: str) -> bool:
    """Whether `clause` opens with people who are "to", "must" or "will" do some work, whatever else
    is said of it; watching over something is no work (DOMAIN §4)."""
    found = plain(words(clause))
    if _some("duty").isdisjoint(found):
        return False
    end = _people(found, _names(clause))
    duty, work = found[end : end + 1], found[end + 1 : end + 2]
    told = bool(end) and not _some("duty").isdisjoint(duty)
    return told and is_work(work) and _some("watching").isdisjoint(work)


def _from_people(found: Words, names: frozenset[str]) -> Words:
    """`found` from where people are named, if a time or place of a few words stands before them."""
    if not found or found[0] not in _some("first"):
        return found
    starts = range(1, min(_BEFORE_PEOPLE, len(found) - 1) + 1)
    return next((found[at:] for at in starts if _people(found[at:], names)), found)


def _is_plural(people: Words) -> bool:
    """Whether it is "deckies" or "oiler and wiper": their plain verb tells of no time gone by."""
    return "and" in people or any(word.endswith(("s", "men", "crew")) for word in people[-1:])


def names_work_to_do(clause: str) -> bool:
    """Whether something is "to be spliced by …": still to be done, and by whom or when."""
    found = plain(words(clause))
    return any(
        found[at : at + 2] == ("to", "be")
        and found[at - 1] not in _some("describing") | _SAYING
        and found[at + 2].endswith("ed")
        and cut_ending(found[at + 2]) in _work_stems()
        and ("by" in found[at + 3 : at + 5] or _by_people(found[at + 3 :]))
        for at in range(1, len(found) - 2)
    )


def _by_people(found: Words) -> bool:
    """Whether what is told ends with who does it: "… by the duty oiler"."""
    behind = [found[at + 1 :] for at, word in enumerate(found) if word == "by"]
    return any(_people(who, _NOBODY) == len(who) > 0 for who in behind)


def are_people(clause: str) -> bool:
    """Whether `clause` is no more than who is called or in charge: "Mate and bosun", "3/O
    responsible", "oiler with Cadet Joy"."""
    found = plain(words(clause))
    rest = found[_people(found, _names(clause)) :]
    names = _names(clause)
    return len(rest) < len(found) and all(
        word in _some("in_charge") or word in names for word in rest
    )


def is_work(found: Words) -> bool:
    """Whether `found` opens with a verb of work."""
    return not _work().isdisjoint(found[:1])


def is_work_in_any_form(word: str) -> bool:
    """Whether it is a verb of work: "wash", "washes", "washing"."""
    return word in _work() or bool(_bare(word)) or _is_work(word, gerund=True)


def _owns(clause: str) -> bool:
    """Whether it opens with what is somebody's: "cook's book", "the mechanic's hand"."""
    return any(word.endswith(("'s", "\u2019s")) for word in clause.split()[:2])


def _does_work(rest: Words, *, by_then: bool, told: bool) -> bool:
    """Whether the verb behind who is named gives work. `told`: they are named by rank or as many,
    so that a plain verb of theirs tells of no time gone by."""
    verb, after = rest[0], rest[1]
    bare = verb if verb in _work() else _bare(verb)
    if bare not in _work() or verb in _some("as_past") or after in _some("where"):
        return False
    if bare in _some("also_what_is"):
        order = verb == bare and told and bare not in _some("also_noun")
        return by_then or order
    joined = after in {"and", "off", "up", "out", "down", "through", "by"}
    return by_then or joined or after in _some("follow") or told


def _is_work(verb: str, *, gerund: bool = False) -> bool:
    if gerund:
        return verb.endswith("ing") and cut_ending(verb) in _work_stems()
    return verb in _work() or verb in _some("doubtful")


def _bare(verb: str) -> str:
    """The verb of "transfers", "washes", "carries"; what is none, as it is."""
    for ending, put in (("ies", "y"), ("es", ""), ("s", "")):
        cut = verb.removesuffix(ending) + put
        if verb.endswith(ending) and cut in _work():
            return cut
    return ""


def _people(found: Words, names: frozenset[str]) -> int:
    """How many words at the start name people: "Ali and new wiper" four; 0 where none do."""
    end = 0
    while end < len(found):
        start = end
        while start < len(found) and found[start] in _some("before_people"):
            start += 1
        joined = not end or not _JOINING.isdisjoint(found[end:start])
        size = _person(found[start:] if joined else found[start : start + 1], names)
        if not size:
            break
        end = start + size
        end += not names.isdisjoint(found[end : end + 1])
    return end


def _person(found: Words, names: frozenset[str]) -> int:
    if not found or found[0] in _strangers():
        return 0
    for size in range(min(3, len(found)), 0, -1):
        told = " ".join(found[:size])
        if told in _some("roles") and (size > 1 or told not in _some("no_person")):
            return size
    heads = (at for at, word in enumerate(found[: _BEFORE_HEAD + 1]) if word in _some("heads"))
    at = next(heads, -1)
    fits = at >= 0 and _some("no_modifier").isdisjoint(found[:at])
    return at + 1 if fits else int(found[0] in names)


@lru_cache(maxsize=1_024)
def _names(clause: str) -> frozenset[str]:
    """The words of `clause` that are written as a name and are no words of the trade."""
    written = (word.strip(",.:;&+") for word in clause.split())
    titled = (word for word in written if word.isalpha() and word.istitle() and len(word) > 2)
    return frozenset(map(str.lower, titled)) - _no_names()


@cache
def _no_names() -> frozenset[str]:
    """Words that are written with a capital at the start of a clause and name nobody."""
    return stop_words() | known_words() | _work() | _some("heads") | _some("roles")


@cache
def _strangers() -> frozenset[str]:
    """Who may be told of and is of no crew."""
    return _some("outside") | _some("visitors")


@cache
def _work() -> frozenset[str]:
    """Verbs of work: those that give an order, and those that do only behind who is told."""
    heads = (verb.split()[0] for verb in _some("imperative"))
    return frozenset(heads) | _some("work") | _some("doubtful")


@cache
def _work_stems() -> frozenset[str]:
    return frozenset(map(cut_ending, _work()))


@cache
def _some(name: str) -> frozenset[str]:
    return frozenset(listed(toml("planning_cues")["orders"][name]))

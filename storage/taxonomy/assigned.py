"""Who a clause opens with, and whether it gives them work: "2/E and wiper to open …" (pure).

People are told by rank ("motorman", "night baker", "IT officer", "two OS") or by a name. What they
are, or are seen doing, is no order: only a known verb of work right behind them is.
"""

from functools import cache

from storage.taxonomy.designators import stop_words
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, cut_ending, known_words, plain, words

_SAYING = frozenset({"is", "are", "has", "have", "need", "needs"})
_BEFORE_HEAD = 2
"""Words that may stand before the one that makes a person of them: "fire party leader"."""


def gives_work(clause: str, *, by_then: bool) -> bool:
    """Whether `clause` opens with people and tells what they are to do, are on or do.

    What one of them does ("donkeyman transfers the fuel") may be told of any watch: verbs that are
    as often said of what is count only where it is said by when.
    """
    found = plain(words(clause))
    name = _name(clause)
    end = _people(found, name)
    rest = found[end:]
    if not end or len(rest) < 2 or _owns(clause):
        return False
    if rest[0] in _some("duty"):
        return _is_work(rest[1]) or rest[1:2] == ("be",)
    if rest[0] in {"is", "are"} and rest[1] in {"on", "to"}:
        return _is_work(rest[2] if len(rest) > 2 else "", gerund=rest[1] == "on")
    named = found[0] == name
    if named and not rest[0].endswith("s"):
        return False
    return len(rest) > 2 - by_then and _does_work(rest, by_then=by_then, long=not named)


def names_work_to_do(clause: str) -> bool:
    """Whether something is "to be spliced by …": still to be done, and by whom or when."""
    found = plain(words(clause))
    return any(
        found[at : at + 2] == ("to", "be")
        and found[at - 1] not in _some("describing") | _SAYING
        and found[at + 2].endswith("ed")
        and cut_ending(found[at + 2]) in _work_stems()
        and "by" in found[at + 3 : at + 5]
        for at in range(1, len(found) - 2)
    )


def _owns(clause: str) -> bool:
    """Whether it opens with what is somebody's: "cook's book", "the mechanic's hand"."""
    return any(word.endswith(("'s", "\u2019s")) for word in clause.split()[:2])


def _does_work(rest: Words, *, by_then: bool, long: bool) -> bool:
    verb, after = rest[0], rest[1]
    bare = verb if verb in _work() else _bare(verb)
    if bare in _some("also_what_is"):
        return by_then
    joined = after in {"and", "off", "up", "out", "down", "through", "by"}
    telling = by_then or joined or after in _some("follow") or (long and len(rest) > 2)
    return bare in _work() and telling


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


def _people(found: Words, name: str) -> int:
    """How many words at the start name people: "Ali and new wiper" four; 0 where none do."""
    end = 0
    while end < len(found):
        start = end
        while start < len(found) and found[start] in _some("before_people"):
            start += 1
        size = _person(found[start:], name)
        if not size:
            break
        end = start + size
    return end


def _person(found: Words, name: str) -> int:
    if not found or found[0] in _strangers():
        return 0
    if found[0] == name:
        return 1
    for size in range(min(3, len(found)), 0, -1):
        told = " ".join(found[:size])
        if told in _some("roles") and found[size - 1] not in _some("no_person"):
            return size
    heads = (at for at, word in enumerate(found[: _BEFORE_HEAD + 1]) if word in _some("heads"))
    at = next(heads, -1)
    fits = at >= 0 and _some("no_modifier").isdisjoint(found[:at])
    return at + 1 if fits else 0


def _name(clause: str) -> str:
    """The first word of `clause` where it is written as a name and is no word of the trade."""
    first = clause.split(maxsplit=1)[0] if clause.split() else ""
    lower = first.lower()
    is_name = first.isalpha() and first.istitle() and len(first) > 2
    return lower if is_name and lower not in _no_names() else ""


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

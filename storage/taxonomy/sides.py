"""Which side, which end: opposite axes, told from harbours and from what somebody left (pure)."""

from collections.abc import Iterator
from functools import cache

from storage.taxonomy.designators import noun_ahead
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.scales import Marks
from storage.taxonomy.words import Words, sizes_by_start


def sides(found: Words) -> Marks:
    """The ends of opposite axes `found` names, as (axis, end)."""
    return frozenset([mark for _, mark in _ends(found)])


def held_apart(found: Words) -> Marks:
    """Where `found` names both ends of an axis, what is at which of them, as (axis and noun, end):
    "left engine, right baffle" is not "right engine, left baffle"."""
    told = list(_ends(found))
    ends = {mark for _, mark in told}
    if len({axis for axis, _ in ends}) == len(ends):
        return frozenset()
    at = ((noun_ahead(found, start), axis, end) for start, (axis, end) in told)
    return frozenset([(f"{axis} {noun}", end) for noun, axis, end in at if noun])


def _ends(found: Words) -> Iterator[tuple[int, tuple[str, str]]]:
    """Every end it names, behind where its phrase begins."""
    ends, sizes = _axis_ends()
    if sizes.keys().isdisjoint(found):
        return
    for start, word in enumerate(found):
        for size in sizes.get(word, ()):
            mark = ends.get(found[start : start + size])
            if mark and not _is_no_side(found, start):
                yield start, mark
                break


def _is_no_side(found: Words, start: int) -> bool:
    """Whether "port" is a harbour here, and "left" what somebody did or what remains."""
    before = found[start - 1] if start else ""
    after = found[start + 1] if start + 1 < len(found) else ""
    if found[start] == "left":
        befores, afters = _gone_words()
        gone = before in befores or after in afters or before[:1].isdigit()
        return gone and after != "hand"
    befores, afters = _harbour_words()
    return found[start] == "port" and (before in befores or after in afters)


@cache
def _axis_ends() -> tuple[dict[Words, tuple[str, str]], dict[str, tuple[int, ...]]]:
    """The axis and end each phrase names, and the sizes of the phrases each first word begins."""
    ends = {
        tuple(phrase.split()): (axis, end)
        for axis, ends in toml("designators")["axes"].items()
        for end, phrases in ends.items()
        for phrase in listed(phrases)
    }
    return ends, sizes_by_start(ends)


@cache
def _harbour_words() -> tuple[frozenset[str], frozenset[str]]:
    table = toml("designators")["words"]
    return frozenset(listed(table["harbour_before"])), frozenset(listed(table["harbour_after"]))


@cache
def _gone_words() -> tuple[frozenset[str], frozenset[str]]:
    table = toml("designators")["words"]
    return frozenset(listed(table["gone_before"])), frozenset(listed(table["gone_after"]))

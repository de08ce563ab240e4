"""Which end of each opposite a narrative says a thing is at: open or shut, on or off (pure)."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.words import Words, plain, sizes_by_start, words

_END = "endoftext"
"""Stands behind the last word where opposites are looked for."""

_Mark = tuple[str, str]


def opposites(found: Words) -> tuple[dict[str, str], frozenset[str]]:
    """The end of each axis `found` names, and the words that name ends; who names both ends of an
    axis says neither.

    A phrase inside a longer one tells nothing ("is on" in "is on board"); but one phrase may name
    ends of several axes: what is "still out" is out of order or not yet hauled in.
    """
    phrases, sizes = _phrases()
    if sizes.keys().isdisjoint(found):
        return {}, frozenset()
    told = (*plain(found), _END)
    named: dict[str, set[str]] = defaultdict(set)
    covered: set[str] = set()
    taken: dict[str, int] = {}
    whole = 0
    for start, word in enumerate(told):
        for size in sizes.get(word, ()):
            end = start + size
            for axis, name in phrases.get(told[start:end], ()) if end > whole else ():
                if start >= taken.get(axis, 0):
                    taken[axis] = end
                    named[axis].add(name)
                    covered.update(told[start:end])
            whole = max(whole, end if covered.issuperset(told[start:end]) else 0)
    ends = {axis: end for axis, ends in named.items() if len(ends) == 1 for end in ends}
    return ends, frozenset(covered)


@cache
def _phrases() -> tuple[Mapping[Words, list[_Mark]], Mapping[str, tuple[int, ...]]]:
    """The ends each phrase names, at most one of an axis, and the sizes by the first word."""
    found: dict[Words, list[_Mark]] = defaultdict(list)
    for name, block in toml("opposites")["cues"].items():
        axis, _, end = name.partition("_")
        for phrase in map(plain, map(words, listed(block))):
            if phrase and all(axis != known for known, _ in found[phrase]):
                found[phrase].append((axis, end))
    return dict(found), sizes_by_start(filter(None, found))


@cache
def named_ends() -> frozenset[str]:
    """Every end of every axis, as conditions are named: "valve_open"."""
    return frozenset(toml("opposites")["cues"])


@cache
def planned() -> frozenset[str]:
    """Words that say when something is to be: of two times told so of one thing one is wrong."""
    return frozenset(listed(toml("opposites")["words"]["planned"]))

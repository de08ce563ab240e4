"""Sorts of which a fact has one: which place, which tank, whose passport (pure).

Where two texts each name one and none is common, they tell of two facts; see designators.toml.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from storage.taxonomy.circumstances import matter
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.scales import Marks
from storage.taxonomy.words import Words, words


class _Name(NamedTuple):
    """A phrase that names one of a sort."""

    phrase: Words
    sort: str
    one: str


def sorts(found: Words) -> Marks:
    """The ones `found` names, as (sort, one); within a longer name no shorter one of its sort."""
    told = matter(found)
    said = frozenset(told)
    only_with = _only_with()
    return frozenset(
        (name.sort, name.one)
        for name in _named(told)
        if name.sort not in only_with or not only_with[name.sort].isdisjoint(said)
    )


def _named(told: Words) -> Iterator[_Name]:
    taken: dict[str, int] = {}
    names = _names()
    for start, word in enumerate(told):
        for name in names.get(word, ()):
            end = start + len(name.phrase)
            if start >= taken.get(name.sort, 0) and told[start:end] == name.phrase:
                taken[name.sort] = end
                yield name


@cache
def _names() -> Mapping[str, list[_Name]]:
    """Every name by its first word, longest first."""
    found: dict[str, list[_Name]] = defaultdict(list)
    for sort, table in toml("designators")["kinds"].items():
        for one, block in table.items():
            for phrase in map(words, listed(block) if one != "only_with" else ()):
                found[phrase[0]].append(_Name(phrase, sort, one))
    for names in found.values():
        names.sort(key=lambda name: -len(name.phrase))
    return dict(found)


@cache
def _only_with() -> Mapping[str, frozenset[str]]:
    """The words without which a sort says nothing."""
    tables = toml("designators")["kinds"].items()
    return {s: frozenset(listed(table["only_with"])) for s, table in tables if "only_with" in table}

"""What two narratives are compared by: the things, the conditions, and what is done (pure)."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from storage.taxonomy.designators import stop_words
from storage.taxonomy.knowledge import listed, table, toml
from storage.taxonomy.words import Words, cut_ending, stem, words

Weights = dict[str, int]
"""Whole numbers, so that a sum never depends on the order it is taken in."""


class Features(NamedTuple):
    """The concepts of a narrative: its things with their weights, what is wrong, what was done."""

    things: Weights
    conditions: frozenset[str]
    actions: frozenset[str]


def features(found: Words) -> Features:
    """The concepts of `found`: stop words gone, synonyms read as one, rare ones weighing more."""
    things: Weights = {}
    marks: dict[str, set[str]] = {"conditions": set(), "actions": set(), "measures": set()}
    for sort, name in _concepts(found):
        if sort == "things":
            things[name] = rarity(name)
        else:
            marks[sort].add(name)
    return Features(things, frozenset(marks["conditions"]), frozenset(marks["actions"]))


def rarity(concept: str) -> int:
    """How much a concept tells, in hundredths of its background idf. The table is shipped and
    frozen, so that a score never depends on what else is in the draft."""
    background = table("idf")
    return int(background["weights"].get(concept, background["unseen"]))


def _concepts(found: Words) -> Iterator[tuple[str, str]]:
    synonyms, longest = _synonyms()
    kept = tuple(word for word in found if word[0].isalpha())
    start = 0
    while start < len(kept):
        most = longest.get(kept[start], 0)
        for end in range(min(len(kept), start + most), start, -1):
            if concept := synonyms.get(kept[start:end]):
                yield concept
                start = end
                break
        else:
            if kept[start] not in stop_words():
                yield "things", stem(kept[start])
            start += 1


@cache
def _synonyms() -> tuple[dict[Words, tuple[str, str]], dict[str, int]]:
    table: dict[Words, tuple[str, str]] = {}
    for sort, names in toml("synonyms").items():
        for name, block in names.items():
            concept = name if sort != "things" else cut_ending(name)
            for phrase in listed(block):
                table.setdefault(words(phrase), (sort, concept))
    table.pop((), None)
    longest: dict[str, int] = {}
    for known in table:
        longest[known[0]] = max(len(known), longest.get(known[0], 0))
    return table, longest


@cache
def stop_stems() -> frozenset[str]:
    """The stems of the words that say nothing about which fact it is."""
    return frozenset(map(cut_ending, stop_words()))

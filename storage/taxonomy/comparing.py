"""What two narratives are compared by: the things, the conditions, and what is done (pure)."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from storage.taxonomy.knowledge import listed, table, toml
from storage.taxonomy.words import Words, cut_ending, stem, words

Weights = dict[str, float]


class Features(NamedTuple):
    """The concepts of a narrative: its things with their weights, and its conditions by name."""

    things: Weights
    conditions: frozenset[str]


def features(found: Words) -> Features:
    """The concepts of `found`: stop words gone, synonyms read as one, rare ones weighing more."""
    things: Weights = {}
    conditions = set()
    for sort, name in _concepts(found):
        if sort == "conditions":
            conditions.add(name)
        elif sort == "things":
            things[name] = rarity(name)
    return Features(things, frozenset(conditions))


def rarity(concept: str) -> float:
    """How much telling a concept is apart tells: the shipped background idf, frozen so that a
    score never depends on what else is in the draft."""
    background = table("idf")
    return float(background["weights"].get(concept, background["unseen"]))


def _concepts(found: Words) -> Iterator[tuple[str, str]]:
    synonyms, longest = _synonyms()
    kept = tuple(word for word in found if word[0].isalpha())
    start = 0
    while start < len(kept):
        for end in range(min(len(kept), start + longest), start, -1):
            if concept := synonyms.get(kept[start:end]):
                yield concept
                start = end
                break
        else:
            if kept[start] not in _stop_words():
                yield "things", stem(kept[start])
            start += 1


@cache
def _synonyms() -> tuple[dict[Words, tuple[str, str]], int]:
    table: dict[Words, tuple[str, str]] = {}
    for sort, names in toml("synonyms").items():
        for name, block in names.items():
            concept = name if sort != "things" else cut_ending(name)
            for phrase in listed(block):
                table.setdefault(words(phrase), (sort, concept))
    table.pop((), None)
    return table, max(map(len, table))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(listed(toml("stop")["words"]))


@cache
def stop_stems() -> frozenset[str]:
    """The stems of the words that say nothing about which fact it is."""
    return frozenset(map(cut_ending, _stop_words()))

"""What two narratives are compared by: the things, the conditions, and what is done (pure)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, TypeVar

from storage.taxonomy.circumstances import matter
from storage.taxonomy.designators import stop_words
from storage.taxonomy.knowledge import listed, table, toml
from storage.taxonomy.words import (
    Words,
    cut_ending,
    known_stems,
    known_words,
    sizes_by_start,
    spelled,
    stem,
    words,
)

Concept = tuple[str, str]
"""A sort ("things", "conditions", "actions", "measures") and a name of it."""

_Mark = TypeVar("_Mark", str, tuple[str, str])

Weights = dict[str, int]
"""Whole numbers, so that a sum never depends on the order it is taken in."""


_SORTS = frozenset({"things", "conditions", "actions", "measures"})
_PART = 3
"""Letters in the shorter part of two words run together: "skylounge"."""


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The concepts of a narrative: its things with their weights, what is wrong, what was done.

    Narratives with the same concepts share one, so that what is found out about a pair of them need
    be found out only once; hence each is equal to itself alone.
    """

    things: Weights
    conditions: frozenset[str]
    actions: frozenset[str]
    parts: frozenset[str]
    """The parts of machines among the things: "seal", whatever it is called."""
    weight: int
    """The weights of all its things together."""

    def __reduce__(self) -> tuple[Any, ...]:
        """The one of its kind, also where it is read in another process."""
        return _of, (frozenset(self.things), self.conditions, self.actions)


def features(found: Words) -> Features:
    """The concepts of `found`: stop words and circumstances gone, synonyms read as one, rare ones
    weighing more."""
    marks: dict[str, dict[str, None]] = {"things": {}, "conditions": {}, "actions": {}}
    for sort, name in _concepts(found):
        if sort in marks:
            marks[sort][name] = None
    for (thing, condition), name in _told_together().items():
        if thing in marks["things"] and condition in marks["conditions"]:
            del marks["things"][thing], marks["conditions"][condition]
            marks["conditions"][name] = None
    things, conditions, actions = (frozenset(found) for found in marks.values())
    return _of(things, one_of_a_kind(conditions), one_of_a_kind(actions))


@lru_cache(maxsize=16_384)
def named_by(word: str) -> tuple[str, ...]:
    """The things that one word names."""
    return tuple(name for sort, name in _concepts((word,)) if sort == "things")


@lru_cache(maxsize=16_384)
def _of(things: frozenset[str], conditions: frozenset[str], actions: frozenset[str]) -> Features:
    weights = {name: rarity(name) for name in sorted(things)}
    known = _parts()
    parts = one_of_a_kind(frozenset([known[name] for name in things if name in known]))
    return Features(weights, conditions, actions, parts, sum(weights.values()))


@lru_cache(maxsize=16_384)
def one_of_a_kind(some: frozenset[_Mark]) -> frozenset[_Mark]:
    """`some`, as the one object that stands for all that are equal: most texts name no side, and
    thousands name pump 1."""
    return some


def rarity(concept: str) -> int:
    """How much a concept tells, in hundredths of its background idf. The table is shipped and
    frozen, so that a score never depends on what else is in the draft."""
    background = table("idf")
    return int(background["weights"].get(concept, background["unseen"]))


def _concepts(found: Words) -> Iterator[Concept]:
    """The sort and name of each concept: the longest phrase that is known, else the word's stem."""
    synonyms, sizes = _synonyms()
    kept = _kept(matter(found))
    cut = tuple(map(cut_ending, kept))
    start = 0
    while start < len(kept):
        for size in sizes.get(cut[start], ()):
            end = start + size
            if concept := synonyms.get(kept[start:end]) or (
                not _tells_state(kept[start:end]) and synonyms.get(cut[start:end])
            ):
                yield concept
                start = end
                break
        else:
            size, told = _plain_concepts(
                kept[start], kept[start + 1] if start + 1 < len(kept) else ""
            )
            yield from told
            start += size


def _tells_state(phrase: Words) -> bool:
    """Whether its last word is a participle: a "door locked" is no door lock."""
    return len(phrase) > 1 and phrase[-1].endswith("ed")


@lru_cache(maxsize=65_536)
def _plain_concepts(word: str, after: str) -> tuple[int, tuple[Concept, ...]]:
    """What a word in no phrase names, and how many words that takes: two when it and the next are
    one known word written apart, "wheel house" (but "can not" is none)."""
    joined = word + after
    tells = word not in stop_words() or after not in stop_words()
    if tells and min(len(word), len(after)) >= _PART and joined in known_words():
        whole = _synonyms()[0].get((joined,)) or _synonyms()[0].get((cut_ending(joined),))
        return 2, (whole or ("things", cut_ending(joined)),)
    return 1, tuple(("things", thing) for thing in _things(word))


@lru_cache(maxsize=65_536)
def _things(word: str) -> tuple[str, ...]:
    """What one word names: nothing when it tells nothing, both parts when two are run together."""
    if len(word) == 1 or word in stop_words():
        return ()
    if cut_ending(word) not in known_stems():
        for end in range(_PART, len(word) - _PART + 1):
            one, two = word[:end], word[end:]
            if one in known_words() and two in known_words():
                return (*_things(one), *_things(two))
    return (stem(word),)


def _kept(found: Words) -> Words:
    """The words of `found`, spelled right, that are no numbers, no unit of measure behind one, and
    no fillers."""
    measures, fillers = _measures(), _fillers()
    return tuple(
        [
            spelled(word)
            for before, word in zip(("", *found), found, strict=False)
            if word[0].isalpha()
            and word not in fillers
            and not (word in measures and before[:1].isdigit())
        ]
    )


@cache
def _measures() -> frozenset[str]:
    return frozenset(toml("units")) - {*listed(toml("designators")["words"]["counted"])}


@cache
def _parts() -> dict[str, str]:
    """Every part by each of the concepts it is told by."""
    rows = toml("designators")["parts"].items()
    return {concept: part for part, told in rows for concept in listed(told)}


@cache
def _told_together() -> dict[Concept, str]:
    """What a thing and a condition are together, by both: a temperature that is high is hot."""
    return {
        (cut_ending(thing), condition): name
        for name, both in toml("synonyms")["together"].items()
        for thing, condition in [both.split()]
    }


@cache
def _synonyms() -> tuple[dict[Words, Concept], dict[str, tuple[int, ...]]]:
    """Concepts by the words of their phrases, those of things also by their stems ("hatch covers");
    and how long the phrases are that each first stem begins, longest first."""
    table: dict[Words, Concept] = {}
    for sort, phrase, concept in (*_phrases(), *_states()):
        table.setdefault(phrase, (sort, concept))
    for sort, phrase, concept in _phrases():
        if sort == "things":
            table.setdefault(tuple(map(cut_ending, phrase)), (sort, concept))
    table.pop((), None)
    return table, sizes_by_start((cut_ending(first), *rest) for first, *rest in table)


def _phrases() -> Iterator[tuple[str, Words, str]]:
    """Every phrase of the file, without its fillers, between its sort and its concept."""
    for sort, names in toml("synonyms").items():
        for name, block in names.items() if sort in _SORTS else ():
            concept = name if sort != "things" else cut_ending(name)
            for phrase in listed(block):
                yield sort, tuple(_telling(words(phrase))), concept


def _states() -> Iterator[tuple[str, Words, str]]:
    """Phrases that only say which end of an axis a thing is at, between sort and end."""
    opposites = toml("opposites")
    unsaid = _fillers().union(listed(opposites["words"]["things"]))
    for end, block in opposites["cues"].items():
        for phrase in map(words, listed(block)):
            if unsaid.isdisjoint(phrase):
                yield "conditions", phrase, end


def _telling(found: Words) -> Iterator[str]:
    """The words of `found` that are no fillers, as they are spelled right."""
    fillers = _fillers()
    return (spelled(word) for word in found if word not in fillers)


@cache
def _fillers() -> frozenset[str]:
    """Words that may stand inside any phrase: "temperature is too high"."""
    return frozenset(listed(toml("stop")["fillers"]))


@cache
def stop_stems() -> frozenset[str]:
    """The stems of the words that say nothing about which fact it is."""
    return frozenset(map(cut_ending, stop_words()))

"""What the corrections a ship has accepted teach the next reading (DOMAIN §2; pure).

A line in the very words of a corrected one is filed like it. A line about the same things, told a
little differently, is too, and says so; which unit it names and what is wrong with it do not move
the domain.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from storage.taxonomy.comparing import Weights, features
from storage.taxonomy.words import Words, words
from storage.value import Value

_NEAR = 66
"""Percent of the weight of all things of two narratives that both must name."""
_TELLING = 700
"""What the shared things must weigh, in hundredths of idf: "pump" alone teaches nothing."""


class Correction(Value):
    """A narrative and the domain that people decided it belongs to, with the day they did."""

    narrative: str
    domain: str
    on: date


class Lesson(NamedTuple):
    """A correction that applies; `exact` when the words are the same."""

    correction: Correction
    exact: bool

    def __str__(self) -> str:
        """The reason a person reads."""
        return f"as corrected on {self.correction.on}{'' if self.exact else ', in like words'}"


class Lessons(NamedTuple):
    """Corrections, ready to be asked many times."""

    by_words: Mapping[Words, Correction]
    things: tuple[tuple[Words, Weights], ...]
    by_thing: Mapping[str, tuple[int, ...]]


@lru_cache(maxsize=4)
def lessons(corrections: tuple[Correction, ...]) -> Lessons:
    """What `corrections`, oldest first, teach; of two about the same words the later one holds."""
    by_words = {words(one.narrative): one for one in corrections}
    by_words.pop((), None)
    things = tuple((found, features(found).things) for found in by_words)
    by_thing: dict[str, list[int]] = defaultdict(list)
    for index, (_, named) in enumerate(things):
        for thing in named:
            by_thing[thing].append(index)
    return Lessons(by_words, things, {thing: tuple(found) for thing, found in by_thing.items()})


def lesson_for(found: Words, taught: Lessons) -> Lesson | None:
    """The correction that applies to the words `found`: the same words, else the nearest ones."""
    if known := taught.by_words.get(found):
        return Lesson(known, exact=True)
    own = features(found).things
    shared = Counter[int]()
    for thing, weight in own.items():
        for index in taught.by_thing.get(thing, ()):
            shared[index] += weight
    near = {index: _nearness(own, taught.things[index][1], shared[index]) for index in shared}
    best = max(near, key=lambda index: (near[index], index), default=None)
    if best is None or near[best] < _NEAR or shared[best] < _TELLING:
        return None
    return Lesson(taught.by_words[taught.things[best][0]], exact=False)


def _nearness(one: Weights, two: Weights, shared: int) -> int:
    """The weight both name, in percent of all that either names."""
    return 100 * shared // (sum(one.values()) + sum(two.values()) - shared)

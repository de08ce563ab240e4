"""The shipped linear weights, fitted off-line by bench/fit.py (pure).

A table has, for every feature, how rare it is and its votes by label; `bias` is how common a label
is and `slope` what a feature never seen with a label counts against it. A feature is one line of
text, in whole hundredths, "586 1:17 5:-9": its rarity, and each label's place and vote. Sums of
whole numbers are the same in whatever order they are taken.
"""

import math
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from storage.taxonomy.comparing import stop_stems
from storage.taxonomy.knowledge import table
from storage.taxonomy.words import Words

Table = Mapping[str, Any]

_LANE = 64
"""Bits of one sum within a packed row."""
_LEAD = 2
"""Sums that stand before those of the labels: of the rarities squared, and of the rarities."""


class Reader:
    """A table, ready to be asked. A line is read when its feature is first met."""

    def __init__(self, loaded: Table) -> None:
        self.labels: list[str] = loaded["labels"]
        self._bias = [float(loaded["bias"][label]) for label in self.labels]
        self._slope = [float(loaded["slope"][label]) for label in self.labels]
        self._lines: Mapping[str, str] = loaded["features"]
        self._packed = _Packed(self._lines)
        lanes = len(self.labels) + _LEAD
        self._signs = sum(1 << (_LANE * (lane + 1) - 1) for lane in range(lanes))
        self._lanes = struct.Struct(f"<{lanes}q")

    def weigh(self, features: Iterable[str]) -> dict[str, float]:
        """The logit of each label; only its bias when no feature is known."""
        known = self._lines.keys() & set(features)
        if not known:
            return dict(zip(self.labels, self._bias, strict=True))
        squares, rarities, *votes = self._unpacked(sum(map(self._packed.__getitem__, known)))
        length = math.sqrt(squares)
        strength, share = rarities / length, 100 * length
        return {
            label: bias + strength * slope + vote / share
            for label, bias, slope, vote in zip(
                self.labels, self._bias, self._slope, votes, strict=True
            )
        }

    def measure(self, amounts: Mapping[str, float]) -> dict[str, float]:
        """What is said by label where there is more or less of a feature: each vote times its
        amount."""
        sums = dict(zip(self.labels, self._bias, strict=True))
        for feature in sorted(name for name in amounts if name in self._lines):
            amount = amounts[feature]
            for place, vote in _votes(self._lines[feature]):
                sums[self.labels[place]] += amount * (vote / 100)
        return sums

    def knows(self, features: Iterable[str]) -> bool:
        """Whether the table has met any of `features`."""
        return not self._lines.keys().isdisjoint(features)

    def _unpacked(self, total: int) -> tuple[int, ...]:
        """The sums in a packed one. A negative one borrows from its neighbour: lifted into the
        positive and back bit by bit, each lane is its own two's complement."""
        lifted = (total + self._signs) ^ self._signs
        return self._lanes.unpack(lifted.to_bytes(self._lanes.size, "little"))


class _Packed(dict[str, int]):
    """Lines as one whole number each, a lane for every sum, so that one addition adds them all."""

    def __init__(self, lines: Mapping[str, str]) -> None:
        super().__init__()
        self._lines = lines

    def __missing__(self, feature: str) -> int:
        line = self._lines[feature]
        rarity = int(line.partition(" ")[0])
        row = rarity * rarity + (rarity << _LANE)
        for place, vote in _votes(line):
            row += (rarity * vote) << (_LANE * (place + _LEAD))
        self[feature] = row
        return row


_instead: ContextVar[Mapping[str, Reader] | None] = ContextVar("instead", default=None)


def reader(name: str) -> Reader:
    """The reader of the shipped weights `name`, or of what is read in their place."""
    return (_instead.get() or {}).get(name) or _shipped(name)


@contextmanager
def using(tables: Mapping[str, Table]) -> Iterator[None]:
    """While it lasts, these tables are read in place of the shipped ones of the same names."""
    before = _instead.set({name: Reader(loaded) for name, loaded in tables.items()})
    try:
        yield
    finally:
        _instead.reset(before)


def domain_features(found: Words) -> tuple[str, ...]:
    """What the domain weights read: stems that say something, and stems in pairs."""
    ignored = stop_stems()
    alone = [stem for stem in found if stem not in ignored]
    return (*alone, *(f"{one} {two}" for one, two in pairwise(found)))


def letters(found: Words) -> tuple[str, ...]:
    """The stems of a narrative in runs of three and four letters, their ends among them."""
    return tuple(run for stem in dict.fromkeys(found) for run in _runs(stem))


@lru_cache(maxsize=16_384)
def _runs(stem: str) -> tuple[str, ...]:
    text = f" {stem} "
    return tuple(text[at : at + size] for size in (3, 4) for at in range(len(text) - size + 1))


def turns(found: Words) -> tuple[str, ...]:
    """The turns of phrase of a narrative: its words in pairs, and how it begins and ends."""
    together = (f"{one} {two}" for one, two in pairwise(found))
    ends = (
        f"{place}={word}"
        for place, word in zip(("first", "last"), found[:1] + found[-1:], strict=False)
    )
    return (*together, *ends)


@lru_cache(maxsize=1_024)
def _votes(line: str) -> list[tuple[int, int]]:
    """The places and votes of a line."""
    told = [vote.split(":") for vote in line.split()[1:]]
    return [(int(place), int(vote)) for place, vote in told]


@cache
def _shipped(name: str) -> Reader:
    return Reader(table(name))

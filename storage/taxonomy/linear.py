"""The shipped linear weights, fitted off-line by bench/fit.py (pure).

A table has, for every feature, how rare it is and its votes by label; `bias` is how common a label
is and `slope` what a feature never seen with a label counts against it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from itertools import pairwise
from typing import Any

from storage.taxonomy.comparing import stop_stems
from storage.taxonomy.knowledge import table
from storage.taxonomy.words import Words

Table = Mapping[str, Any]

_instead: ContextVar[Mapping[str, Table] | None] = ContextVar("instead", default=None)


def logits(name: str, features: Iterable[str]) -> dict[str, float]:
    """What the shipped weights `name` say of `features`, by label; see `weigh`."""
    return weigh(_read(name), features)


def measured(name: str, amounts: Mapping[str, float]) -> dict[str, float]:
    """What the shipped weights `name` say by label where there is more or less of a feature: each
    vote times its amount."""
    loaded = _read(name)
    sums: dict[str, float] = dict(loaded["bias"])
    labels, rows = loaded["labels"], loaded["features"]
    for feature in sorted(rows.keys() & amounts.keys()):
        for index, vote in rows[feature][1]:
            sums[labels[index]] += amounts[feature] * vote
    return sums


def knows(name: str, features: Iterable[str]) -> bool:
    """Whether the weights `name` have met any of `features`."""
    return not _read(name)["features"].keys().isdisjoint(features)


@contextmanager
def using(tables: Mapping[str, Table]) -> Iterator[None]:
    """While it lasts, these tables are read in place of the shipped ones of the same names."""
    before = _instead.set(tables)
    try:
        yield
    finally:
        _instead.reset(before)


def weigh(loaded: Table, features: Iterable[str]) -> dict[str, float]:
    """The logit of each label of a table; only its bias when no feature is known."""
    sums: dict[str, float] = dict(loaded["bias"])
    labels, rows = loaded["labels"], loaded["features"]
    known = [rows[name] for name in sorted(rows.keys() & set(features))]
    if not known:
        return sums
    norm = 1 / math.sqrt(sum(rarity**2 for rarity, _ in known))
    strength = norm * sum(rarity for rarity, _ in known)
    for label, slope in loaded["slope"].items():
        sums[label] += strength * slope
    for rarity, votes in known:
        for index, vote in votes:
            sums[labels[index]] += norm * rarity * vote
    return sums


def domain_features(found: Words) -> tuple[str, ...]:
    """What the domain weights read: stems that say something, and stems in pairs."""
    alone = (stem for stem in found if stem not in stop_stems())
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


def _read(name: str) -> Table:
    return (_instead.get() or {}).get(name) or table(name)

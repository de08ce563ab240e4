"""The shipped linear weights, fitted off-line by bench/fit.py (pure).

A table has, for every feature, how rare it is and its votes by label; `bias` is how common a label
is and `slope` what a feature never seen with a label counts against it.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from storage.taxonomy.comparing import stop_stems
from storage.taxonomy.knowledge import table
from storage.taxonomy.words import Words

Row = tuple[float, list[tuple[str, float]]]


def logits(model: str, features: Iterable[str]) -> dict[str, float]:
    """What the shipped weights `model` say of `features`, by label; see `weigh`."""
    return weigh(table(model), _rows(model), features)


def weigh(
    loaded: Mapping[str, Any], rows: Mapping[str, Row], features: Iterable[str]
) -> dict[str, float]:
    """The logit of each label of a table; only its bias when no feature is known."""
    sums: dict[str, float] = dict(loaded["bias"])
    known = [rows[name] for name in sorted(set(features)) if name in rows]
    if not known:
        return sums
    norm = 1 / math.sqrt(sum(rarity**2 for rarity, _ in known))
    strength = norm * sum(rarity for rarity, _ in known)
    for label, slope in loaded["slope"].items():
        sums[label] += strength * slope
    for rarity, votes in known:
        for label, vote in votes:
            sums[label] += norm * rarity * vote
    return sums


def rows_of(loaded: Mapping[str, Any]) -> dict[str, Row]:
    """The features of a table, their votes by label."""
    labels = loaded["labels"]
    return {
        name: (rarity, [(labels[index], vote) for index, vote in votes])
        for name, (rarity, votes) in loaded["features"].items()
    }


def domain_features(found: Words) -> tuple[str, ...]:
    """What the domain weights read: stems that say something, and stems in pairs."""
    alone = (stem for stem in found if stem not in stop_stems())
    return (*alone, *(f"{one} {two}" for one, two in pairwise(found)))


@cache
def _rows(model: str) -> dict[str, Row]:
    return rows_of(table(model))

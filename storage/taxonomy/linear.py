"""The shipped linear weights, fitted off-line by bench/fit.py (pure).

A table has, for every feature, how rare it is and its votes by label; `bias` is how common a label
is and `slope` what a feature never seen with a label counts against it.
"""

import math
from collections.abc import Iterable
from functools import cache
from itertools import pairwise

from storage.taxonomy.comparing import stop_stems
from storage.taxonomy.knowledge import table
from storage.taxonomy.words import Words

Row = tuple[float, list[tuple[str, float]]]


def logits(model: str, features: Iterable[str]) -> dict[str, float]:
    """What the weights `model` say of `features`, by label; equal for all when none is known."""
    rows = _rows(model)
    sums: dict[str, float] = dict(table(model)["bias"])
    known = [rows[name] for name in sorted(set(features)) if name in rows]
    if not known:
        return sums
    norm = 1 / math.sqrt(sum(rarity**2 for rarity, _ in known))
    strength = norm * sum(rarity for rarity, _ in known)
    for label, slope in table(model)["slope"].items():
        sums[label] += strength * slope
    for rarity, votes in known:
        for label, vote in votes:
            sums[label] += norm * rarity * vote
    return sums


def domain_features(found: Words) -> tuple[str, ...]:
    """What the domain weights read: stems that say something, and stems in pairs."""
    alone = (stem for stem in found if stem not in stop_stems())
    return (*alone, *(f"{one} {two}" for one, two in pairwise(found)))


@cache
def _rows(model: str) -> dict[str, Row]:
    loaded = table(model)
    labels = loaded["labels"]
    return {
        name: (rarity, [(labels[index], vote) for index, vote in votes])
        for name, (rarity, votes) in loaded["features"].items()
    }

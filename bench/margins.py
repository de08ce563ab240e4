"""Linear support vectors, one label against the rest, for the tables of domain and of risk.

Dual coordinate descent on the squared hinge (Hsieh and others, 2008). The samples are visited in
one fixed order: the same lines give the same tables. The tables have the form
`storage.taxonomy.linear` reads; their `slope` is nought, as a feature never seen says nothing here.
"""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.feature import written

_EPOCHS = 12
_LEAST = 0.04
"""Weights nearer to nought than this are not shipped."""

Floats = NDArray[np.float64]


class Block(NamedTuple):
    """One sort of features: those of every sample, how much the sort counts, and how many samples
    must have a feature for it to be kept."""

    features: Sequence[tuple[str, ...]]
    share: float
    least: int


class Measures(NamedTuple):
    """Features of which a sample has more or less: taken as they are, neither weighed nor cut."""

    features: Sequence[Mapping[str, float]]


class _Space(NamedTuple):
    """The columns of a block: each kept feature, its place among all columns and its rarity."""

    columns: Mapping[str, int]
    rarity: Mapping[str, float]
    share: float


_Blocks = Mapping[str, Block | Measures]


def separated(
    blocks: _Blocks, labels: Sequence[str], weights: Sequence[float], slack: float = 1.0
) -> dict[str, dict[str, Any]]:
    """One table for each block; the margin of a text is the sum of what its tables say.

    `slack` is how much a sample on the wrong side costs (the C of the method), times its weight.
    """
    spaces = _spaces(blocks)
    rows = [_row(blocks, spaces, index) for index in range(len(labels))]
    names = sorted(set(labels))
    size = sum(len(space.columns) for space in spaces.values()) + 1
    costs = [slack * weight for weight in weights]
    found = _descend(rows, np.array([names.index(label) for label in labels]), costs, size)
    bias = dict(zip(names, (round(float(value), 3) for value in found[-1]), strict=True))
    return {
        name: _table(space, found, names, bias if not at else dict.fromkeys(names, 0.0))
        for at, (name, space) in enumerate(spaces.items())
    }


def _spaces(blocks: _Blocks) -> dict[str, _Space]:
    spaces: dict[str, _Space] = {}
    first = 0
    for name, block in blocks.items():
        often = Counter(feature for given in block.features for feature in set(given))
        least = block.least if isinstance(block, Block) else 1
        kept = sorted(feature for feature, count in often.items() if count >= least)
        columns = {feature: first + at for at, feature in enumerate(kept)}
        spaces[name] = _space(block, often, columns)
        first += len(kept)
    return spaces


def _space(block: Block | Measures, often: Mapping[str, int], columns: dict[str, int]) -> _Space:
    if isinstance(block, Measures):
        return _Space(columns, dict.fromkeys(columns, 1.0), 1.0)
    every = len(block.features) + 1
    rarity = {feature: math.log(every / (often[feature] + 1)) + 1 for feature in columns}
    return _Space(columns, rarity, block.share)


def _row(
    blocks: _Blocks, spaces: Mapping[str, _Space], index: int
) -> tuple[NDArray[np.int64], Floats]:
    """The columns and values of one sample, and the last column, which is always one."""
    columns: list[int] = []
    values: list[float] = []
    for name, space in spaces.items():
        amounts = _amounts(blocks[name], space, index)
        columns += [space.columns[feature] for feature in amounts]
        values += amounts.values()
    return np.array([*columns, -1]), np.array([*values, 1.0])


def _amounts(block: Block | Measures, space: _Space, index: int) -> dict[str, float]:
    """What a sample has of each feature: what was measured, or a block of length one, times its
    share."""
    known = sorted(space.columns.keys() & set(block.features[index]))
    if isinstance(block, Measures):
        return {feature: block.features[index][feature] for feature in known}
    norm = math.sqrt(sum(space.rarity[feature] ** 2 for feature in known)) or 1.0
    return {feature: space.share * space.rarity[feature] / norm for feature in known}


def _descend(
    rows: Sequence[tuple[NDArray[np.int64], Floats]],
    labels: NDArray[np.int64],
    costs: Sequence[float],
    size: int,
) -> Floats:
    """The weight of every column for every label."""
    many = int(labels.max()) + 1
    found = np.zeros((size, many))
    alphas = np.zeros((len(rows), many))
    signs = np.where(np.arange(many) == labels[:, None], 1.0, -1.0)
    order = list(range(len(rows)))
    shuffled = random.Random(1)
    for _ in range(_EPOCHS):
        shuffled.shuffle(order)
        for index in order:
            columns, values = rows[index]
            slack = 1 / (2 * costs[index])
            sign, alpha = signs[index], alphas[index]
            slope = sign * (values @ found[columns]) - 1 + slack * alpha
            moved = np.maximum(alpha - slope / (values @ values + slack), 0.0)
            found[columns] += np.outer(values, sign * (moved - alpha))
            alphas[index] = moved
    return found


def _table(
    space: _Space, found: Floats, names: Sequence[str], bias: Mapping[str, float]
) -> dict[str, Any]:
    return {
        "labels": list(names),
        "bias": dict(bias),
        "slope": dict.fromkeys(names, 0.0),
        "features": {
            feature: written(space.rarity[feature], _votes(space.share * found[column]))
            for feature, column in space.columns.items()
        },
    }


def _votes(told: Floats) -> list[tuple[int, float]]:
    return [(at, float(value)) for at, value in enumerate(told) if abs(value) >= _LEAST]

"""Multinomial logistic regression in plain Python, for the tables of risk and of state.

The table has the form `storage.taxonomy.linear` reads; its `slope` is nought, because a feature
never seen says nothing here. Samples are visited in one fixed order: the same lines give the same
table.
"""

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from bench.feature import written

_EPOCHS = 20
_RATE = 1.0
_SLOWING = 0.2
"""How much smaller the steps are after each pass."""
_DECAY = 0.001
"""How much of a weight each step over its feature takes away."""
_LEAST = 0.3
"""Weights nearer to nought than this are not shipped."""

Inputs = tuple[tuple[str, float], ...]


class Sample(NamedTuple):
    """One text with its label and how much it counts."""

    features: tuple[str, ...]
    label: str
    weight: float


def regressed(samples: Sequence[Sample], pairs_from: int = 2) -> dict[str, Any]:
    """The weights that best tell the labels of `samples` apart, as a table for linear.Reader.

    Features are weighed by rarity and a text by its length, as linear.Reader does; pairs of words
    met in fewer than `pairs_from` samples are left out.
    """
    often = Counter(name for sample in samples for name in set(sample.features))
    rarity = {
        name: math.log((len(samples) + 1) / (found + 1)) + 1
        for name, found in often.items()
        if " " not in name or found >= pairs_from
    }
    labels = sorted({sample.label for sample in samples})
    inputs = [_inputs(sample, rarity) for sample in samples]
    bias, weights = _descend(samples, inputs, labels)
    return {
        "labels": labels,
        "bias": {label: round(value, 3) for label, value in zip(labels, bias, strict=True)},
        "slope": dict.fromkeys(labels, 0.0),
        "features": {
            name: written(rarity[name], votes)
            for name, found in sorted(weights.items())
            if (votes := _votes(found))
        },
    }


def _descend(
    samples: Sequence[Sample], inputs: Sequence[Inputs], labels: Sequence[str]
) -> tuple[list[float], dict[str, list[float]]]:
    """Stochastic descent: the bias of every label, and the weights of every feature by label."""
    bias = [0.0] * len(labels)
    weights = {name: [0.0] * len(labels) for given in inputs for name, _ in given}
    order = list(range(len(samples)))
    shuffled = random.Random(1)
    for epoch in range(_EPOCHS):
        shuffled.shuffle(order)
        rate = _RATE / (1 + _SLOWING * epoch)
        for index in order:
            step = rate * samples[index].weight
            wrong = _shares(inputs[index], bias, weights)
            wrong[labels.index(samples[index].label)] -= 1
            for at, error in enumerate(wrong):
                bias[at] -= 0.1 * step * error
            for name, value in inputs[index]:
                found = weights[name]
                for at, error in enumerate(wrong):
                    found[at] -= step * (error * value + _DECAY * found[at])
    return bias, weights


def _shares(
    given: Inputs, bias: Sequence[float], weights: Mapping[str, Sequence[float]]
) -> list[float]:
    """What the weights so far make of a text: a share for every label."""
    sums = list(bias)
    for name, value in given:
        for at, weight in enumerate(weights[name]):
            sums[at] += value * weight
    top = max(sums)
    raised = [math.exp(value - top) for value in sums]
    total = sum(raised)
    return [value / total for value in raised]


def _inputs(sample: Sample, rarity: Mapping[str, float]) -> Inputs:
    known = [(name, rarity[name]) for name in sorted(set(sample.features)) if name in rarity]
    norm = math.sqrt(sum(value**2 for _, value in known)) or 1.0
    return tuple((name, value / norm) for name, value in known)


def _votes(found: Sequence[float]) -> list[tuple[int, float]]:
    return [(at, round(value, 1)) for at, value in enumerate(found) if abs(value) >= _LEAST]

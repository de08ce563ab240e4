"""Fits what tells the same fact from progress: python -m bench.fit_pairs [--data DIR].

Multinomial logistic regression over the signals of `worker.pipeline.signals`, on our own tuning
pairs and those of strangers that were scored cold before, the hand-labelled pairs of the real texts
where their folder is there and, as weak witnesses of what only looks alike, near lines of our own
set and of a real log. The held pairs are not touched. What is shipped are two rows of some thirty
numbers; numpy is needed for the fitting.
Prints how pairs are read by weights fitted without them, five parts in turn.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.fit import rows
from bench.quality_lines import Pair, fitted_pairs, tuning_lines, tuning_pairs
from storage.taxonomy import knowledge
from storage.taxonomy.reading import Reading, read
from worker.pipeline.likeness import signals_of
from worker.pipeline.neighbours import near_pairs
from worker.pipeline.signals import HOURS_UNTOLD, Signals

_SHIPPED = Path(knowledge.__file__).parent / "pair_weights.json"
_CLASSES = {"dup": 0, "progress": 1}
_NEITHER = 2
_PARTS = 5
_RIDGE = 20.0
_BACKGROUND, _IN_DRAFT = 0.01, 0.1
"""What a near pair of lines, which nobody labelled, counts beside a labelled pair: one of all our
lines, and one that would meet in a draft of so many."""
_DRAFT = 300
_HAND, _LOG, _LOG_MOST = 0.5, 0.0007, 1_500
"""What a pair of the real texts counts, labelled by hand or by the key of a log."""
_STEPS = 12

Floats = NDArray[np.float64]


class Sample(NamedTuple):
    """The signals of a pair, its class, how much it counts and which part it is left out with."""

    signals: Signals
    label: int
    weight: float
    part: int


def main() -> None:
    """Fits and writes pair_weights.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the real texts")
    folder: Path | None = parser.parse_args().data
    samples = [*labelled(fitted_pairs()), *background(), *real_pairs(folder), *real_log(folder)]
    for part in range(_PARTS):
        kept = [one for one in samples if one.part != part]
        left = [one for one in samples if one.part == part and one.weight == 1.0]
        _print_part(part, left, fitted(kept))
    text = json.dumps(_as_table(fitted(samples)), sort_keys=True, indent=1)
    _SHIPPED.write_text(text + "\n", encoding="utf-8")
    print(f"{_SHIPPED.name}: {len(text):,} bytes from {len(samples):,} pairs")


def labelled(some: Sequence[Pair]) -> list[Sample]:
    """The labelled pairs that the weights decide: those no veto, value or opposition settles."""
    found = ((pair, signals_of(read(pair.one), read(pair.two), pair.hours)) for pair in some)
    return [
        Sample(told, _CLASSES.get(pair.kind, _NEITHER), 1.0, _part(pair.one))
        for pair, told in found
        if told is not None
    ]


def background() -> list[Sample]:
    """Near pairs of our own lines: as good as all tell of two facts. They lie as far apart in time
    as the labelled ones do, so that time alone tells nothing of them. Among few lines more things
    are named but twice, so more pairs are near: hence lines by drafts as well."""
    readings = [read(line.text) for line in tuning_lines()]
    drafts = [readings[start : start + _DRAFT] for start in range(0, len(readings), _DRAFT)]
    return [
        *_apart(readings, _BACKGROUND),
        *(one for some in drafts for one in _apart(some, _IN_DRAFT)),
    ]


def _apart(readings: Sequence[Reading], weight: float) -> Iterator[Sample]:
    """The near pairs of `readings` as witnesses of two facts."""
    hours = [pair.hours for pair in tuning_pairs()]
    for one, two in near_pairs(readings):
        told = signals_of(readings[one], readings[two], hours[(one + two) % len(hours)])
        if told:
            yield Sample(told, _NEITHER, weight, one % _PARTS)


def real_pairs(folder: Path | None) -> list[Sample]:
    """The hand-labelled pairs of the real texts; those called arguable are left out."""
    return [
        Sample(told, 0 if row["label"] == "1" else _NEITHER, _HAND, _part(row["text_a"]))
        for row in rows(folder, "hand_duplicate_pairs")
        if row["label"] in {"0", "1"}
        and (told := signals_of(read(row["text_a"]), read(row["text_b"]), HOURS_UNTOLD))
    ]


def real_log(folder: Path | None) -> list[Sample]:
    """Near pairs of a real log, by whether its key says that they state the same."""
    found = rows(folder, "maintnet_aviation")[:_LOG_MOST]
    readings = [read(row["problem"]) for row in found]
    return [
        Sample(told, 0 if same else _NEITHER, _LOG, one % _PARTS)
        for one, two in near_pairs(readings)
        if (told := signals_of(readings[one], readings[two], HOURS_UNTOLD))
        for same in [found[one]["canon_problem"] == found[two]["canon_problem"]]
    ]


def fitted(samples: Sequence[Sample]) -> Floats:
    """A row for every signal and one for the bias; a column for "same" and one for "progress",
    each against neither. Newton's method: the ridge makes the optimum one and the steps few."""
    given = np.array([one.signals for one in samples])
    weights = np.array([one.weight for one in samples])
    mean, spread = given.mean(axis=0), given.std(axis=0) + 1e-9
    inputs = np.hstack([(given - mean) / spread, np.ones((len(samples), 1))])
    wanted = np.eye(_NEITHER + 1)[[one.label for one in samples]][:, :_NEITHER]
    ridge = np.diag(np.tile([*([_RIDGE] * given.shape[1]), 0.0], _NEITHER))
    found = np.zeros(_NEITHER * inputs.shape[1])
    for _ in range(_STEPS):
        shares = _shares(inputs @ found.reshape(_NEITHER, -1).T)
        wrong = ((shares - wanted) * weights[:, None]).T @ inputs
        found -= np.linalg.solve(
            _curvature(inputs, shares, weights) + ridge, wrong.ravel() + ridge @ found
        )
    told = found.reshape(_NEITHER, -1).T.copy()
    told[-1] -= (mean / spread) @ told[:-1]
    told[:-1] /= spread[:, None]
    return told


def _shares(sums: Floats) -> Floats:
    raised = np.exp(np.clip(sums, -30, 30))
    return np.asarray(raised / (1 + raised.sum(axis=1, keepdims=True)))


def _curvature(inputs: Floats, shares: Floats, weights: Floats) -> Floats:
    blocks = [
        [
            inputs.T @ (inputs * (weights * shares[:, k] * ((k == j) - shares[:, j]))[:, None])
            for j in range(_NEITHER)
        ]
        for k in range(_NEITHER)
    ]
    return np.block(blocks)


def _as_table(found: Floats) -> dict[str, Any]:
    """The two columns, as `judged` reads them."""
    return {
        name: {
            "bias": round(float(found[-1, label]), 3),
            "weights": {
                signal: round(float(weight), 3)
                for signal, weight in zip(Signals._fields, found[:-1, label], strict=True)
            },
        }
        for name, label in (("same", 0), ("progress", 1))
    }


def _print_part(part: int, left: Sequence[Sample], found: Floats) -> None:
    given = np.array([[*one.signals, 1.0] for one in left])
    said = np.hstack([given @ found, np.zeros((len(left), 1))]).argmax(axis=1)
    wanted = np.array([one.label for one in left])
    right = ", ".join(
        f"{name} {int((said[wanted == label] == label).sum())} of {int((wanted == label).sum())}"
        for name, label in (*_CLASSES.items(), ("neither", _NEITHER))
    )
    print(f"part {part + 1}: {right}; said same {int((said == 0).sum())}")


def _part(text: str) -> int:
    return hashlib.sha256(text.encode()).digest()[0] % _PARTS


if __name__ == "__main__":
    main()

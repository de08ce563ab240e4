"""The tables of risk: support vectors over words and over what the other readers make of a line,
and a logistic regression over words and the labelled domain.

For the first the domain and the state of a line are features as they will be read: each half of the
lines is read by tables fitted on the other half. Weights that were taught true domains trust a
guessed one too far.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bench.margins import Block, Measures, separated
from bench.quality_lines import Line
from bench.regression import Sample, regressed
from storage.taxonomy.hazards import risk_features, risk_ground, risk_words
from storage.taxonomy.linear import using
from storage.taxonomy.polarity import standing
from storage.taxonomy.scoring import score
from storage.taxonomy.words import stems, words

Tables = dict[str, dict[str, Any]]
_SLACK = 0.2
"""How much a line on the wrong side costs; chosen, like the shares, by cross-validation."""
_SHAPES = {"risk_stems": (1.0, 1), "risk_turns": (0.7, 2), "risk_marks": (1.0, 1)}
"""How much each sort of feature counts, and how many lines must have one."""


def risk_tables(own: Sequence[Line], grounds: Callable[[Sequence[Line]], Tables]) -> Tables:
    """The tables `storage.taxonomy.hazards` reads; `grounds` fits those of domain and state."""
    read = [risk_words(line.text) for line in own]
    blocks: dict[str, Block | Measures] = {
        name: Block([one[name] for one in read], share, least)
        for name, (share, least) in _SHAPES.items()
    }
    blocks["risk_ground"] = Measures(_as_will_be_read(own, grounds))
    labelled = [Sample(risk_features(line.text, line.domain), line.risk, 1.0) for line in own]
    return {
        "risk_weights": regressed(labelled),
        **separated(blocks, [line.risk for line in own], [1.0] * len(own), _SLACK),
    }


def _as_will_be_read(
    own: Sequence[Line], grounds: Callable[[Sequence[Line]], Tables]
) -> list[Mapping[str, float]]:
    """What each line's risk grows from, by tables that have not met the line."""
    found: list[Mapping[str, float]] = [{}] * len(own)
    for half in range(2):
        with using(grounds(own[1 - half :: 2])):
            found[half::2] = [_ground(line.text) for line in own[half::2]]
    return found


def _ground(text: str) -> dict[str, float]:
    return risk_ground(text, score(stems(words(text))).blended, standing(text))

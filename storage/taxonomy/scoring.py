"""How strongly a narrative speaks for each of the 32 assignable domains (pure).

Three readers are multiplied, which adds what they say as logarithms: the terms people wrote down
(they can say why), naive Bayes weights over stems (they have seen more turns of phrase), and the
margins of support vectors over stems and over letters, which also read a word by its relatives and
through a slip of the pen. The last two were fitted off-line. See docs/quality.md.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from storage.taxonomy.domains import ASSIGNABLE
from storage.taxonomy.lexicon import Hit, hits
from storage.taxonomy.linear import domain_features, letters, reader
from storage.taxonomy.words import Words

_FADE = 0.05
"""How much less each later word counts: what is affected is usually said first."""
_FADE_FLOOR = 0.4
_AFTER_PLACE = 0.55
"""What a term counts when it only says where: "in the garage", "near the galley"."""
_PLACE_WORDS = frozenset({"in", "at", "near", "by", "outside", "insid", "abov", "under", "behind",
                          "besid", "next", "below", "opposit"})  # fmt: skip
_LEXICON_SHARE = 0.45
"""How the terms and the weights are blended; chosen by cross-validation on the tuning lines."""
_MARGIN_SHARE = 1.5
"""How much a margin counts beside them; chosen likewise."""
_TERM_SCALE = 0.7
"""How sharply a vote of the terms is taken."""


class Scores(NamedTuple):
    """The blend for every domain (they sum to 1), and the votes of the terms alone."""

    blended: dict[str, float]
    terms: dict[str, float]
    deciding: dict[str, dict[Words, float]]
    heard: bool
    """Whether any of its words is known at all."""


def score(found: Words, own_terms: Mapping[str, str] | None = None) -> Scores:
    """Reads the stems `found`; `own_terms` are a ship's equipment names and their domains."""
    votes: dict[str, float] = defaultdict(float)
    deciding: dict[str, dict[Words, float]] = defaultdict(dict)
    for hit in hits(found, own_terms):
        counted = _position(found, hit)
        term = found[hit.start : hit.start + hit.size]
        for domain, weight in hit.votes.items():
            votes[domain] += weight * counted
            deciding[domain][term] = deciding[domain].get(term, 0.0) + weight * counted
    given = domain_features(found)
    said = reader("domain_weights")
    heard = bool(votes) or said.knows(given)
    blended = _blend(
        votes,
        said.weigh(given),
        reader("domain_turns").weigh(given),
        reader("domain_letters").weigh(letters(found)),
    )
    return Scores(blended, dict(votes), dict(deciding), heard)


def _blend(
    votes: Mapping[str, float],
    said: Mapping[str, float],
    turns: Mapping[str, float],
    spelt: Mapping[str, float],
) -> dict[str, float]:
    """What the terms, the weights and the margins over stems and letters say, as shares."""
    by_terms, by_weights = _TERM_SCALE * _LEXICON_SHARE, 1 - _LEXICON_SHARE
    mixed = {
        code: by_terms * votes.get(code, 0.0)
        + by_weights * said.get(code, 0.0)
        + _MARGIN_SHARE * (turns.get(code, 0.0) + spelt.get(code, 0.0))
        for code in ASSIGNABLE
    }
    top = max(mixed.values())
    raised = {code: math.exp(value - top) for code, value in mixed.items()}
    total = sum(raised.values())
    return {code: value / total for code, value in raised.items()}


def _position(found: Words, hit: Hit) -> float:
    counted = max(_FADE_FLOOR, 1 - _FADE * hit.start)
    before = found[max(0, hit.start - 2) : hit.start]
    return counted * (_AFTER_PLACE if hit.start and _PLACE_WORDS.intersection(before) else 1.0)

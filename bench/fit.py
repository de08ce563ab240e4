"""Fits the shipped weights: python -m bench.fit [--data DIR].

Naive Bayes and support vectors for the domain, support vectors and logistic regression for risk
(bench/grounds.py), logistic regression for state. Every weight can be read; numpy is needed for the
fitting only.

What is fitted on: the tuning lines of our own set, the terms of the knowledge files (each as a tiny
text of its domain) and, when the folder is there, the development half of the real texts. The held
lines are not touched. What is shipped are numbers over stems; no text is kept.
"""

import argparse
import csv
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bench.feature import written
from bench.grounds import risk_tables
from bench.margins import Block, separated
from bench.quality_lines import Line, tuning_lines
from bench.regression import Sample, regressed
from storage.taxonomy import knowledge, spelling
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.linear import domain_features, letters
from storage.taxonomy.polarity import state_features
from storage.taxonomy.words import Words, cut_ending, known_words, stems, words

_SHIPPED = Path(knowledge.__file__).parent
_CORPUS_MOST = 1500
_TERM_WEIGHT = {"strong": 2.0, "plain": 1.2, "hint": 0.5}
"""What a term counts beside a line of our own; chosen by cross-validation on the tuning lines."""
_REAL_WEIGHT = 0.6
_SMOOTHING = 0.05
"""What a label is taken to have seen of every feature."""
_TERM_PULL = 0.3
"""How much less it counts where the margins are fitted."""
_LETTERS_SHARE = 0.7
"""What the letters of a text count beside its stems there."""


class Told(NamedTuple):
    """The stems of a text, its domain, and how much it counts for the weights and the margins."""

    stems: Words
    domain: str
    weight: float
    pull: float


Real = tuple[str, str, tuple[str, ...]]
"""A real finding: its text, its domain, and other domains that are accepted."""


def main() -> None:
    """Fits and writes idf.json, and the tables of domain, risk and state weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder: Path | None = parser.parse_args().data
    own = tuning_lines()
    _write("stems", {"stems": {}})
    knowledge.table.cache_clear()
    _write("stems", {"stems": {word: cut_ending(word) for word in sorted(known_words())}})
    _write("idf", background(folder))
    for name, table in all_tables(own, real_domains(folder), folder).items():
        _write(name, table)


def all_tables(
    own: Sequence[Line], real: Sequence[Real], folder: Path | None
) -> dict[str, dict[str, Any]]:
    """Every table a narrative is read by: of its domain, its state and its risk."""

    def grounds(some: Sequence[Line]) -> dict[str, dict[str, Any]]:
        states = regressed(state_samples(some, folder))
        return {**domain_tables(some, real), "state_weights": states}

    return {**grounds(own), **risk_tables(own, grounds)}


def domain_tables(own: Sequence[Line], real: Sequence[Real]) -> dict[str, dict[str, Any]]:
    """The three tables the domain is read by, of everything that says which words belong to it."""
    told = [Told(stems(words(line.text)), line.domain, 1.0, 1.0) for line in own]
    told += [
        Told(stems(words(text)), domain, _REAL_WEIGHT, _REAL_WEIGHT) for text, domain, _ in real
    ]
    told += terms()
    samples = [Sample(domain_features(one.stems), one.domain, one.weight) for one in told]
    return {"domain_weights": fitted(samples), **_margins(told)}


def _margins(told: Sequence[Told]) -> dict[str, dict[str, Any]]:
    blocks = {
        "domain_turns": Block([domain_features(one.stems) for one in told], 1.0, 2),
        "domain_letters": Block([letters(one.stems) for one in told], _LETTERS_SHARE, 3),
    }
    return separated(blocks, [one.domain for one in told], [one.pull for one in told])


def real_domains(folder: Path | None) -> list[Real]:
    """(text, domain, other accepted domains) of the real findings that have one."""
    return [
        (row["finding"], row["domain"], tuple(filter(None, row["domain_also_ok"].split("|"))))
        for row in rows(folder, "psc_deficiencies")
        if row["domain"] and len(row["finding"].split()) >= 3
    ]


def terms() -> Iterable[Told]:
    """Every term as a tiny text of the domain that lists it highest."""
    for term, tiers in sorted(_listings().items()):
        highest = max(tiers.values())
        for domain, weight in sorted(tiers.items()):
            if weight == highest:
                yield Told(stems(words(term)), domain, weight, _TERM_PULL * weight)


def _listings() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for name in spelling.domain_files():
        for domain, tiers in toml(name).items():
            for tier, block in tiers.items():
                for term in listed(block):
                    known = found[term].get(domain, 0.0)
                    found[term][domain] = max(known, _TERM_WEIGHT[tier])
    return found


def state_samples(own: Sequence[Line], folder: Path | None) -> list[Sample]:
    """Our lines and, as weaker witnesses, what real records say by their structure."""
    samples = [Sample(state_features(line.text), line.state, 1.0) for line in own]
    judged = [row for row in rows(folder, "hand_sentences") if row["state"] != "q"]
    samples += [Sample(state_features(row["text"]), row["state"], 2.0) for row in judged]
    for name, column, state, weight in _BY_STRUCTURE:
        texts = [row[column] for row in rows(folder, name)[:600] if len(row[column].split()) > 2]
        samples += [Sample(state_features(text), state, weight) for text in texts]
    return samples


def fitted(samples: Sequence[Sample], smoothing: float = _SMOOTHING) -> dict[str, Any]:
    """Multinomial naive Bayes over tf-idf features, as a table linear.Reader reads.

    A feature votes for a label by the logarithm of how often it was seen there over the smoothing;
    what all unseen features would say is one constant a label, its `slope`.
    """
    often = Counter(name for sample in samples for name in set(sample.features))
    rarity = _rarity(often, len(samples))
    seen: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    totals: dict[str, float] = defaultdict(float)
    priors: dict[str, float] = defaultdict(float)
    for sample in samples:
        norm = math.sqrt(sum(rarity[name] ** 2 for name in set(sample.features))) or 1.0
        priors[sample.label] += sample.weight
        for name in sorted(set(sample.features)):
            seen[name][sample.label] += sample.weight * rarity[name] / norm
            totals[sample.label] += sample.weight * rarity[name] / norm
    labels = sorted(priors)
    every = sum(priors.values())
    return {
        "labels": labels,
        "bias": {label: round(math.log(priors[label] / every), 3) for label in labels},
        "slope": {
            label: round(math.log(smoothing / (totals[label] + smoothing * len(seen))), 3)
            for label in labels
        },
        "features": {
            name: written(rarity[name], _votes(counts, labels, smoothing))
            for name, counts in sorted(seen.items())
        },
    }


def _votes(
    counts: Mapping[str, float], labels: Sequence[str], smoothing: float
) -> list[tuple[int, float]]:
    return [
        (index, math.log(counts[label] / smoothing + 1))
        for index, label in enumerate(labels)
        if label in counts
    ]


def _rarity(often: Mapping[str, int], every: int) -> dict[str, float]:
    return {name: math.log((every + 1) / (found + 1)) + 1 for name, found in often.items()}


def background(folder: Path | None) -> dict[str, Any]:
    """How rare each stem is in short operational texts: idf over documents, in hundredths."""
    texts = [line.text for line in tuning_lines()]
    for name, column in _BACKGROUND:
        texts += [row[column] for row in rows(folder, name)[:_CORPUS_MOST] if row[column]]
    counts = Counter(stem for text in texts for stem in _seen(text))
    top = math.log(len(texts) + 1)
    weights = {
        stem: round(100 * (top - math.log(count + 0.5)))
        for stem, count in sorted(counts.items())
        if count >= 3
    }
    return {"unseen": round(100 * (top - math.log(1.5))), "weights": weights}


def _seen(text: str) -> set[str]:
    return {cut_ending(word) for word in words(text) if word.isalpha() and len(word) < 20}


_BY_STRUCTURE = (
    ("psc_deficiencies", "finding", "open", 0.05),
    ("maintnet_aviation", "problem", "open", 0.05),
    ("maintnet_aviation", "action", "done", 0.05),
)
_BACKGROUND = (
    ("psc_deficiencies", "finding"),
    ("psc_deficiencies", "corrective"),
    ("imo_casualties", "summary"),
    ("maintnorm", "text_noid"),
    ("maintie_gold", "text"),
)


def rows(folder: Path | None, name: str) -> list[dict[str, str]]:
    """The rows of one file of the development half; none where it is not there."""
    path = folder / "dev" / f"{name}.csv" if folder else None
    if path is None or not path.exists():
        return []
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, table: dict[str, Any]) -> None:
    text = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False, indent=0)
    (_SHIPPED / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json: {len(text):,} bytes")


if __name__ == "__main__":
    main()

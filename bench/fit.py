"""Fits the shipped weights: python -m bench.fit [--data DIR].

Naive Bayes, counted in plain Python: no library is needed, and every weight can be read.

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

from bench.quality_lines import Line, tuning_lines
from storage.taxonomy import knowledge, spelling
from storage.taxonomy.hazards import risk_features
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.linear import domain_features
from storage.taxonomy.polarity import cued_state, says_benign, state_features
from storage.taxonomy.words import cut_ending, known_words, stems, words

_SHIPPED = Path(knowledge.__file__).parent
_CORPUS_MOST = 1500
_TERM_WEIGHT = {"strong": 0.5, "plain": 0.3, "hint": 0.12}
_SMOOTHING = 0.05
"""What a label is taken to have seen of every feature."""


class Sample(NamedTuple):
    """One text with its label and how much it counts."""

    features: tuple[str, ...]
    label: str
    weight: float


def main() -> None:
    """Fits and writes idf.json, and the tables of domain, risk and state weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder: Path | None = parser.parse_args().data
    _write("stems", {"stems": {}})
    knowledge.table.cache_clear()
    _write("stems", {"stems": {word: cut_ending(word) for word in sorted(known_words())}})
    _write("idf", background(folder))
    _write("domain_weights", fitted(domain_samples(folder)))
    _write("risk_weights", fitted(risk_samples()))
    _write("state_weights", fitted(state_samples(folder)))


def domain_samples(folder: Path | None) -> list[Sample]:
    """Everything that says which words belong to which domain."""
    own = [
        Sample(domain_features(stems(words(line.text))), line.domain, 1.0)
        for line in tuning_lines()
    ]
    real = [
        Sample(domain_features(stems(words(text))), domain, 0.6)
        for text, domain, _ in real_domains(folder)
    ]
    return own + real + list(terms())


def real_domains(folder: Path | None) -> list[tuple[str, str, tuple[str, ...]]]:
    """(text, domain, other accepted domains) of the real findings that have one."""
    return [
        (row["finding"], row["domain"], tuple(filter(None, row["domain_also_ok"].split("|"))))
        for row in _rows(folder, "psc_deficiencies")
        if row["domain"] and len(row["finding"].split()) >= 3
    ]


def terms() -> Iterable[Sample]:
    """Every term as a tiny text of the domain that lists it highest."""
    for term, tiers in sorted(_listings().items()):
        highest = max(tiers.values())
        for domain, weight in sorted(tiers.items()):
            if weight == highest:
                yield Sample(domain_features(stems(words(term))), domain, weight)


def _listings() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for name in spelling.domain_files():
        for domain, tiers in toml(name).items():
            for tier, block in tiers.items():
                for term in listed(block):
                    known = found[term].get(domain, 0.0)
                    found[term][domain] = max(known, _TERM_WEIGHT[tier])
    return found


def risk_samples() -> list[Sample]:
    """The tuning lines by their gravest risk; domain and state are features too."""
    return [Sample(_risk_features(line), line.risk, 1.0) for line in tuning_lines()]


def state_samples(folder: Path | None) -> list[Sample]:
    """The tuning lines and, as weaker witnesses, what real records say by their structure."""
    samples = [Sample(state_features(line.text), line.state, 1.0) for line in tuning_lines()]
    judged = [row for row in _rows(folder, "hand_sentences") if row["state"] != "q"]
    samples += [Sample(state_features(row["text"]), row["state"], 2.0) for row in judged]
    for name, column, state, weight in _BY_STRUCTURE:
        texts = [row[column] for row in _rows(folder, name)[:600] if len(row[column].split()) > 2]
        samples += [Sample(state_features(text), state, weight) for text in texts]
    return samples


def _risk_features(line: Line) -> tuple[str, ...]:
    found = words(line.text)
    state, benign = cued_state(line.text), says_benign(line.text)
    return risk_features(found, line.domain, state, benign)


def fitted(samples: Sequence[Sample]) -> dict[str, Any]:
    """Multinomial naive Bayes over tf-idf features, as the table linear.logits reads.

    A feature votes for a label by the logarithm of how often it was seen there over the smoothing;
    what all unseen features would say is one constant a label, its `slope`.
    """
    rarity = _rarity(samples)
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
            label: round(math.log(_SMOOTHING / (totals[label] + _SMOOTHING * len(seen))), 3)
            for label in labels
        },
        "features": {
            name: [round(rarity[name], 2), _votes(counts, labels)]
            for name, counts in sorted(seen.items())
        },
    }


def _votes(counts: Mapping[str, float], labels: Sequence[str]) -> list[list[float]]:
    return [
        [index, round(math.log(counts[label] / _SMOOTHING + 1), 2)]
        for index, label in enumerate(labels)
        if label in counts
    ]


def _rarity(samples: Sequence[Sample]) -> dict[str, float]:
    count = Counter(name for sample in samples for name in set(sample.features))
    every = len(samples)
    return {name: math.log((every + 1) / (found + 1)) + 1 for name, found in count.items()}


def background(folder: Path | None) -> dict[str, Any]:
    """How rare each stem is in short operational texts: idf over documents, in hundredths."""
    texts = [line.text for line in tuning_lines()]
    for name, column in _BACKGROUND:
        texts += [row[column] for row in _rows(folder, name)[:_CORPUS_MOST] if row[column]]
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
    ("psc_deficiencies", "finding", "open", 0.2),
    ("maintnet_aviation", "problem", "open", 0.1),
    ("maintnet_aviation", "action", "done", 0.1),
)
_BACKGROUND = (
    ("psc_deficiencies", "finding"),
    ("psc_deficiencies", "corrective"),
    ("imo_casualties", "summary"),
    ("maintnorm", "text_noid"),
    ("maintie_gold", "text"),
)


def _rows(folder: Path | None, name: str) -> list[dict[str, str]]:
    path = folder / "dev" / f"{name}.csv" if folder else None
    if path is None or not path.exists():
        return []
    csv.field_size_limit(10**9)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(name: str, table: dict[str, Any]) -> None:
    text = json.dumps(table, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (_SHIPPED / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    print(f"{name}.json: {len(text):,} bytes")


if __name__ == "__main__":
    main()

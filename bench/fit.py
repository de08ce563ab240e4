"""Fits the shipped weights: python -m bench.fit [--data DIR] (needs scikit-learn, never at run time).

What is fitted on: the tuning lines of our own set, the terms of the knowledge files (each as a tiny
text of its domain) and, when the folder is there, the development half of the real texts. The held
lines are not touched. What is shipped are numbers over stems; no text is kept.
"""

import argparse
import csv
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from bench.quality_lines import lines
from storage.taxonomy import knowledge, spelling
from storage.taxonomy.knowledge import listed, toml
from storage.taxonomy.polarity import state_of
from storage.taxonomy.words import cut_ending, stems, words

_SHIPPED = Path(knowledge.__file__).parent
_CORPUS_MOST = 1500
_TERM_WEIGHT = {"strong": 0.5, "plain": 0.3, "hint": 0.12}
_KEPT = 0.08
"""Votes smaller than this are not shipped."""


class Sample(NamedTuple):
    """One text with its label and how much it counts."""

    features: tuple[str, ...]
    label: str
    weight: float


def main() -> None:
    """Fits and writes idf.json, domain_weights.json and risk_weights.json."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder: Path | None = parser.parse_args().data
    _write("idf", background(folder))
    _write("domain_weights", fitted(domain_samples(folder), 12.0))
    _write("risk_weights", fitted(risk_samples(), 4.0))


def features(text: str) -> tuple[str, ...]:
    """The stems of a text and their neighbours in pairs."""
    found = stems(words(text))
    return (*found, *(f"{one} {two}" for one, two in pairwise(found)))


def domain_samples(folder: Path | None) -> list[Sample]:
    """Everything that says which words belong to which domain."""
    own = [Sample(features(line.text), line.domain, 1.0) for line in lines("lines_tune")]
    real = [
        Sample(features(row["finding"]), row["domain"], 0.6)
        for row in _rows(folder, "psc_deficiencies")
        if row["domain"] and len(row["finding"].split()) >= 3
    ]
    return own + real + list(_terms())


def _terms() -> Iterable[Sample]:
    for name in spelling.domain_files():
        for domain, tiers in toml(name).items():
            for tier, block in tiers.items():
                for term in listed(block):
                    yield Sample(features(term), domain, _TERM_WEIGHT[tier])


def risk_samples() -> list[Sample]:
    """The tuning lines by their gravest risk; domain and state are features too."""
    return [
        Sample(risk_features(line.text, line.domain), line.risk, 1.0)
        for line in lines("lines_tune")
    ]


def risk_features(text: str, domain: str) -> tuple[str, ...]:
    """What the risk model reads."""
    marks = (f"domain={domain}", f"state={state_of(text).value}")
    return (*stems(words(text)), *marks, f"{marks[0]} {marks[1]}")


def fitted(samples: Sequence[Sample], strength: float) -> dict[str, Any]:
    """Multinomial logistic regression over tf-idf features, as the table scoring.linear reads."""
    vectorizer = TfidfVectorizer(analyzer=list, binary=True, min_df=1)
    matrix = vectorizer.fit_transform([sample.features for sample in samples])
    model = LogisticRegression(C=strength, max_iter=400)
    model.fit(matrix, [s.label for s in samples], sample_weight=[s.weight for s in samples])
    table = {}
    for name, column in sorted(vectorizer.vocabulary_.items()):
        votes = [
            [index, round(float(vote), 2)]
            for index, vote in enumerate(model.coef_[:, column])
            if abs(vote) >= _KEPT
        ]
        if votes:
            table[name] = [round(float(vectorizer.idf_[column]), 2), votes]
    labels = [str(label) for label in model.classes_]
    bias = {label: round(float(b), 3) for label, b in zip(labels, model.intercept_, strict=True)}
    return {"labels": labels, "bias": bias, "features": table}


def background(folder: Path | None) -> dict[str, Any]:
    """How rare each stem is in short operational texts: idf over documents."""
    texts = [line.text for line in lines("lines_tune")]
    for name, column in _BACKGROUND:
        texts += [row[column] for row in _rows(folder, name)[:_CORPUS_MOST] if row[column]]
    counts = Counter(stem for text in texts for stem in _seen(text))
    top = math.log(len(texts) + 1)
    weights = {
        stem: round(top - math.log(count + 0.5), 2)
        for stem, count in sorted(counts.items())
        if count >= 3
    }
    return {"unseen": round(top - math.log(1.5), 2), "weights": weights}


def _seen(text: str) -> set[str]:
    return {cut_ending(word) for word in words(text) if word.isalpha() and len(word) < 20}


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

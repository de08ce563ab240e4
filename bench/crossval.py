"""The domain weights on lines they were not fitted on: python -m bench.crossval [--data DIR].

What is shipped is fitted on all tuning texts, so scoring it on those says nothing; here each fifth
is read by weights fitted on the other four.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.fit import Sample, fitted, real_domains, terms
from bench.quality_lines import tuning_lines
from storage.taxonomy.domains import ASSIGNABLE, bucket_of
from storage.taxonomy.linear import domain_features, rows_of, weigh
from storage.taxonomy.scoring import blend, score
from storage.taxonomy.words import Words, stems, words

_FOLDS = 5


class _Text(NamedTuple):
    found: Words
    domain: str
    accepted: frozenset[str]
    weight: float


def main() -> None:
    """Prints the cross-validated shares for our own lines and for the real findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder: Path | None = parser.parse_args().data
    own = [_text(line.text, line.domain, line.also_ok, 1.0) for line in tuning_lines()]
    real = [_text(*row, 0.6) for row in real_domains(folder)]
    read = _cross_validated(own + real)
    _print("own tuning lines", own, read[: len(own)])
    if real:
        _print("real findings", real, read[len(own) :])
    else:
        print("real findings: skipped, no --data given")


def _cross_validated(texts: Sequence[_Text]) -> list[str]:
    read = [""] * len(texts)
    for fold in range(_FOLDS):
        kept = [text for index, text in enumerate(texts) if index % _FOLDS != fold]
        samples = [Sample(domain_features(t.found), t.domain, t.weight) for t in kept]
        table = fitted([*samples, *terms()])
        rows = rows_of(table)
        for index in range(fold, len(texts), _FOLDS):
            found = texts[index].found
            said = weigh(table, rows, domain_features(found))
            blended = blend(score(found).terms, said)
            read[index] = max(ASSIGNABLE, key=lambda code: blended[code])
    return read


def _text(text: str, domain: str, also_ok: Sequence[str], weight: float) -> _Text:
    return _Text(stems(words(text)), domain, frozenset({domain, *also_ok}), weight)


def _print(title: str, texts: Sequence[_Text], read: Sequence[str]) -> None:
    pairs = list(zip(texts, read, strict=True))
    strict = sum(code == text.domain for text, code in pairs)
    accepted = sum(code in text.accepted for text, code in pairs)
    bucket = sum(bucket_of(code) in map(bucket_of, text.accepted) for text, code in pairs)
    shares = (f"{100 * n / len(pairs):.1f} %" for n in (strict, accepted, bucket))
    print(title, len(pairs), "strict {} · accepted {} · bucket {}".format(*shares))


if __name__ == "__main__":
    main()

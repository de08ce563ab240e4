"""The reading on lines its weights were not fitted on: python -m bench.crossval [--data DIR].

What is shipped is fitted on all tuning texts, so scoring it on those says nothing; here each fifth
is read by weights of domain, state and risk fitted on the other four.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from bench.fit import Real, all_tables, real_domains
from bench.quality import Read, print_shares
from bench.quality_lines import STATES, Line, tuning_lines
from storage.taxonomy.classify import classify
from storage.taxonomy.linear import using
from storage.taxonomy.risks import RiskTag

_FOLDS = 5
_T = TypeVar("_T")


def main() -> None:
    """Prints the cross-validated shares for our own lines and for the real findings."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    folder: Path | None = parser.parse_args().data
    own, real = tuning_lines(), real_domains(folder)
    read_own: list[Read] = []
    read_real: list[Read] = []
    for fold in range(_FOLDS):
        with using(all_tables(_others(own, fold), _others(real, fold), folder)):
            read_own += _read(own[fold::_FOLDS])
            read_real += _read([_as_line(one) for one in real[fold::_FOLDS]])
    print_shares("Own tuning lines, cross-validated", read_own)
    if real:
        print_shares("Real findings, cross-validated", read_real, ("domain", "among", "bucket"))
    else:
        print("real findings: skipped, no --data given")


def _others(texts: Sequence[_T], fold: int) -> list[_T]:
    return [text for index, text in enumerate(texts) if index % _FOLDS != fold]


def _read(some: Sequence[Line]) -> list[Read]:
    return [(line, classify(line.text, evidence=True)) for line in some]


def _as_line(real: Real) -> Line:
    text, domain, also_ok = real
    return Line(text, domain, also_ok, RiskTag.OPERATIONAL_DEBT, STATES["o"], planning=False)


if __name__ == "__main__":
    main()

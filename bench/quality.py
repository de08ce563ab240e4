"""How good the reading is: python -m bench.quality [--data DIR] [--split dev] [--errors].

Scores our own labelled set (what was tuned on and what was held back, apart) and, where the folder
of real texts is given, those too. A part that is not there is named with the reason.
"""

import argparse
import importlib.util
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import real_texts
from bench.quality_lines import Line, Pair, lines, pairs, tuning_lines
from bench.quality_pairs import score_pairs
from bench.quality_readers import agreement, by_either, read_twice, risks_apart
from storage.taxonomy.classification import Classification
from storage.taxonomy.classify import classify
from storage.taxonomy.domains import bucket_of
from storage.taxonomy.risks import Confidence

_SCORER = "eval_text.py"
_CRITICAL = ("Safety_Critical", "Compliance_Critical")

Read = tuple[Line, Classification]


def main() -> None:
    """Prints every table that can be printed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of the real texts and their scorer")
    parser.add_argument("--split", default="dev")
    parser.add_argument("--errors", action="store_true", help="name the wrong tuning lines")
    asked = parser.parse_args()
    for title, some in (
        ("tuned on", tuning_lines()),
        ("held back, first set", lines("lines_held")),
        ("held back, second set", lines("lines_second")),
        ("held back, third set", lines("lines_third")),
        ("held back, fourth set", lines("lines_fourth")),
        ("held back, fifth set", lines("lines_fifth")),
        ("held back, sixth set", lines("lines_sixth")),
        ("a stranger's, seventh set", lines("lines_seventh")),
        ("a stranger's, eighth set", lines("lines_eighth")),
        ("a stranger's, ninth set", lines("lines_ninth")),
        ("held back, orders", lines("lines_orders_held")),
        ("held back, orders of the fifth set", lines("lines_orders_fifth")),
    ):
        _print_lines(title, some)
    for title, paired in (
        ("tuned on", [*pairs("pairs_tune"), *pairs("pairs_more")]),
        ("held back", pairs("pairs_held")),
        ("two other voices", [*pairs("pairs_merchant"), *pairs("pairs_yacht")]),
        ("five more voices", pairs("pairs_third")),
        ("held back, fourth set", pairs("pairs_fourth")),
        ("held back, fifth set", pairs("pairs_fifth")),
        ("a stranger's, sixth set", pairs("pairs_sixth")),
        ("a stranger's, seventh set", pairs("pairs_seventh")),
        ("a stranger's, eighth set", pairs("pairs_eighth")),
        ("a stranger's, ninth set", pairs("pairs_ninth")),
    ):
        _print_pairs(title, paired)
    if asked.errors:
        _print_errors(tuning_lines())
    _print_real(asked.data, asked.split)


def score_lines(some: Sequence[Line]) -> dict[str, float]:
    """Shares (0–1) of what was read as labelled. Risk is read as if evidence stood behind it."""
    return shares([(line, classify(line.text, evidence=True)) for line in some])


def shares(read: Sequence[Read]) -> dict[str, float]:
    """The shares of `score_lines` for lines that were read already."""
    harmless = [found for line, found in read if line.risk == "Informational"]
    return {
        "domain strict": _share(found.primary_domain == line.domain for line, found in read),
        "domain accepted": _share(_accepted(line, found) for line, found in read),
        "among first two": _share(_first_two(line, found) for line, found in read),
        "bucket": _share(_bucket_right(line, found) for line, found in read),
        "top risk": _share(found.risk_tags[0].value == line.risk for line, found in read),
        "harmless called critical": _share(f.risk_tags[0].value in _CRITICAL for f in harmless),
        "state": _share(found.state.value == line.state for line, found in read),
        "planning F1": _f1((line.planning, bool(found.planning)) for line, found in read),
    }


def confusions(some: Sequence[Line]) -> Counter[tuple[str, str]]:
    """(labelled, read) domains of the lines read wrong, by how often."""
    read = ((line, classify(line.text)) for line in some)
    wrong = ((line, found) for line, found in read if not _accepted(line, found))
    return Counter((line.domain, found.primary_domain) for line, found in wrong)


def risk_confusions(some: Sequence[Line]) -> Counter[tuple[str, str]]:
    """(labelled, read) gravest tags of the lines whose gravest tag was read wrong, by how often."""
    read = ((line.risk, classify(line.text, evidence=True).risk_tags[0].value) for line in some)
    return Counter((labelled, found) for labelled, found in read if labelled != found)


def by_domain(some: Sequence[Line]) -> dict[str, str]:
    """For every domain: right of all, and what its lines were read as instead."""
    wrong = confusions(some)
    table = {}
    for code, count in sorted(Counter(line.domain for line in some).items()):
        taken = {found: n for (labelled, found), n in wrong.most_common() if labelled == code}
        as_others = ", ".join(f"{found} {n}" for found, n in taken.items())
        table[code] = f"{count - sum(taken.values()):3} of {count:3}  {as_others}".rstrip()
    return table


def confidences(some: Sequence[Line]) -> dict[str, str]:
    """For every stated confidence: how many lines, and the share whose domain was right."""
    found = [(line, classify(line.text)) for line in some]
    read = [(one.text_confidence, _accepted(line, one)) for line, one in found]
    return {
        level.value: f"{100 * _share(right for said, right in read if said is level):5.1f} % of "
        f"{sum(said is level for said, _ in read)}"
        for level in Confidence
    }


def _accepted(line: Line, found: Classification) -> bool:
    return found.primary_domain in {line.domain, *line.also_ok}


def _first_two(line: Line, found: Classification) -> bool:
    second = found.runner_up.domain if found.runner_up else ""
    return _accepted(line, found) or second in {line.domain, *line.also_ok}


def _bucket_right(line: Line, found: Classification) -> bool:
    return found.bucket in {bucket_of(code) for code in (line.domain, *line.also_ok)}


def _share(hits: Iterable[bool]) -> float:
    counted = list(hits)
    return sum(counted) / len(counted) if counted else 0.0


def _f1(pairs_of: Iterable[tuple[bool, bool]]) -> float:
    counted = Counter(pairs_of)
    right, wrong = counted[True, True], counted[True, False] + counted[False, True]
    return 2 * right / (2 * right + wrong) if right + wrong else 1.0


def _print_lines(title: str, some: Sequence[Line]) -> None:
    read = [(line, classify(line.text, evidence=True)) for line in some]
    print_shares(f"Own lines, {title}", read)
    _print_readers(read)
    for name, told in confidences(some).items():
        print(f"  right at {name:<17}{told}")
    most = ", ".join(f"{a}→{b} {n}" for (a, b), n in risk_confusions(some).most_common(6))
    print(f"  risks confused: {most or 'none'}")
    for code, told in by_domain(some).items():
        print(f"  {code:<9}{told}")


def print_shares(title: str, read: Sequence[Read], only: tuple[str, ...] = ("",)) -> None:
    """Prints the shares whose names begin with one of `only`."""
    print(f"\n{title}: {len(read)}")
    for name, value in shares(read).items():
        if name.startswith(only):
            print(f"  {name:<26}{100 * value:6.1f} %")


def _print_readers(read: Sequence[Read]) -> None:
    """How far two people agree on these lines, and the program by either; where two read them."""
    if not (twice := read_twice([line for line, _ in read])):
        return
    rows = {"two readers agree": agreement(twice), "right by either reader": by_either(read)}
    for name, told in rows.items():
        each = ", ".join(f"{what} {100 * value:.1f} %" for what, value in told.items())
        print(f"  {name:<24}{each} of {len(twice)}")
    most = ", ".join(f"{a}→{b} {n}" for (a, b), n in risks_apart(twice).most_common(6))
    print(f"  risks read apart: {most or 'none'}")


def _print_pairs(title: str, some: Sequence[Pair]) -> None:
    print(f"\nOwn pairs, {title}: {len(some)}")
    for name, value in score_pairs(some).items():
        print(f"  {name:<26}{100 * value:6.1f} %")


def _print_errors(some: Sequence[Line]) -> None:
    for line in some:
        found = classify(line.text)
        if not _accepted(line, found):
            print(f"  {line.domain} read as {found.primary_domain} {found.reasons}: {line.text}")


def _print_real(folder: Path | None, split: str) -> None:
    if folder is None or not (folder / _SCORER).exists() or not (folder / split).is_dir():
        why = "no --data given" if folder is None else f"no {_SCORER} or {split}/ in {folder}"
        print(f"\nReal texts: skipped, {why}")
        return
    scorer = _load(folder / _SCORER)
    print(f"\nReal texts, {split}")
    data = str(folder)
    tables: dict[str, Any] = {
        "domain": scorer.score_domain(real_texts.classify_domain, data, split),
        "state": scorer.score_state(real_texts.detect_state, data, split),
        "planning": scorer.score_planning(real_texts.is_planning, data, split),
        **_named("conflict", scorer.score_conflict(real_texts.find_conflicts, data, split)),
        **_named("same", scorer.score_duplicates(real_texts.find_duplicates, data, split)),
        "summary": scorer.score_summary(real_texts.summarise, data, split),
    }
    for name, found in tables.items():
        print(f"  {name:<27}{found}")


def _named(kind: str, tables: dict[str, Any]) -> dict[str, Any]:
    return {f"{kind} {name}": table for name, table in tables.items()}


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("real_text_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()

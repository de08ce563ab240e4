"""Confinement: code that may write only what was listed, held to it by the store.

Every verb goes through `act`, which asks here; what is written past the verbs shows in the
connection's own count of changed rows. Leaving the confinement raises even if the code inside
caught the refusal, so its transaction is rolled back whatever it does.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from storage.audit.reach import covers
from storage.engine import ledger
from storage.errors import AccessViolation


@dataclass
class _Bounds:
    allowed: Sequence[str]
    depth: int = 0
    accounted: int = 0
    broken: str = ""


class _Current(threading.local):
    bounds: _Bounds | None = None


_current = _Current()


@contextmanager
def confined(allowed: Sequence[str]) -> Iterator[None]:
    """Inside, only acts on `allowed` may write: `draft:ID`, or `draft:*` for any draft.

    Raises:
        AccessViolation: something else was written; the transaction must be rolled back.
    """
    bounds, outer = _Bounds(allowed), _current.bounds
    before = _changes()
    _current.bounds = bounds
    try:
        yield
    finally:
        _current.bounds = outer
    if not bounds.broken and _changes() - before != bounds.accounted:
        bounds.broken = "It wrote rows without a verb."
    if bounds.broken:
        raise AccessViolation(why=bounds.broken)


@contextmanager
def accounted() -> Iterator[None]:
    """What is written inside is written by a verb, whose subject `check_subject` has seen."""
    bounds = _current.bounds
    if bounds is None or bounds.depth:
        yield
        return
    before = _changes()
    bounds.depth += 1
    try:
        yield
    finally:
        bounds.depth -= 1
        bounds.accounted += _changes() - before


def check_subject(kind: str, subject_id: str) -> None:
    """Refuse an act on something that is not listed.

    Raises:
        AccessViolation: this code may not touch it.
    """
    bounds = _current.bounds
    if bounds is not None and not covers(bounds.allowed, f"{kind}:{subject_id}"):
        listed = ", ".join(bounds.allowed) or "nothing"
        bounds.broken = f"It may write {listed}, and touched {kind}:{subject_id}."
        raise AccessViolation(why=bounds.broken)


def _changes() -> int:
    return int(ledger.connection().total_changes)

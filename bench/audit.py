"""Verifying the audit log, against bare hashing of the same bytes.

    python -m bench.audit [EVENTS]          default: 50,000

Budget: 100,000 events a second, or within twice the time of SHA-256 over the same texts already in
memory. Verification also reads each row from the store and follows the chain. Best of three.
"""

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from storage import database, engine
from storage.audit.actions import append
from storage.audit.actor import SYSTEM
from storage.audit.chain import COLUMNS
from storage.audit.views import verify

BUDGET_PER_SECOND, BUDGET_RATIO = 100_000, 2.0
BATCH = 5_000


def main(events: int) -> int:
    """Print one table; 1 when the budget is broken."""
    with tempfile.TemporaryDirectory() as name:
        database.create(Path(name) / "ship")
        writing = _seconds(lambda: _write(events), rounds=1)
        texts = _texts()
        verifying = _seconds(_verify)
        hashing = _seconds(lambda: [hashlib.sha256(text).digest() for text in texts])
        database.close()
    rate, ratio = events / verifying, verifying / hashing
    print(f"{'':<24} {'seconds':>8} {'events/s':>10}")
    for label, seconds in (
        ("appending, in batches", writing),
        ("verifying the chain", verifying),
        ("bare SHA-256", hashing),
    ):
        print(f"{label:<24} {seconds:>8.3f} {events / seconds:>10,.0f}")
    kept = rate >= BUDGET_PER_SECOND or ratio <= BUDGET_RATIO
    print(
        f"budget: {BUDGET_PER_SECOND:,} events/s or {BUDGET_RATIO} × bare hashing: {ratio:.1f} ×, "
        f"{'kept' if kept else 'BROKEN'}"
    )
    return 0 if kept else 1


def _write(events: int) -> None:
    for start in range(0, events, BATCH):
        with database.transaction():
            for number in range(start, min(start + BATCH, events)):
                detail = {"from": "DRAFT", "to": "IN_REVIEW", "number": number}
                append(SYSTEM, "draft.review_begun", "draft", f"draft-{number}", detail)


def _verify() -> None:
    assert verify().ok


def _texts() -> list[bytes]:
    rows = engine.ledger.execute_sql(f"SELECT {', '.join(COLUMNS)} FROM audit_event")
    return [json.dumps(row).encode() for row in rows]


def _seconds(work: Callable[[], object], *, rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1].replace(",", "")) if sys.argv[1:] else 50_000))

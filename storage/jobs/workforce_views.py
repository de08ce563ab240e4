"""Reading the workers' record: what each has done, and which were lost lately."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from storage.clock import from_text, to_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.jobs.record import WorkerRecord
from storage.value import Value

LOOKED_BACK = 2_000
"""So many of the newest runs are counted and no more: the cost is bounded at any history."""
LOST_SHOWN, LOST_WITHIN = 5, timedelta(days=1)

_RUNS = "SELECT worker_id, outcome, started_at FROM job_attempt ORDER BY rowid DESC LIMIT ?"
_LOST = """
SELECT worker_id, host, pid, stopped_at FROM job_worker INDEXED BY job_worker_lost
WHERE stop_reason = 'lost' AND stopped_at >= ? ORDER BY stopped_at DESC LIMIT ?
"""


class Done(Value):
    """How many runs a worker has ended; `at_least`: there were more than are counted."""

    runs: int
    at_least: bool


class LostWorker(Value):
    """A worker that died without a word, and when that was noticed."""

    worker_id: str
    host: str
    pid: int
    noticed_at: datetime


def runs_done(workers: Iterable[WorkerRecord]) -> dict[str, Done]:
    """What each of these workers has done, by its id."""
    with read_only():
        rows = ledger.execute_sql(_RUNS, (LOOKED_BACK,)).fetchall()
    ended = Counter(worker_id for worker_id, outcome, _ in rows if outcome is not None)
    horizon = from_text(rows[-1][2]) if len(rows) == LOOKED_BACK else None
    return {
        worker.worker_id: Done(
            runs=ended[worker.worker_id],
            at_least=horizon is not None and worker.registered_at < horizon,
        )
        for worker in workers
    }


def lost_workers() -> list[LostWorker]:
    """The workers that were found dead within the last day, the last one first."""
    since = to_text(now() - LOST_WITHIN)
    with read_only():
        rows = ledger.execute_sql(_LOST, (since, LOST_SHOWN)).fetchall()
    return [
        LostWorker(worker_id=worker_id, host=host, pid=pid, noticed_at=from_text(at))
        for worker_id, host, pid, at in rows
    ]

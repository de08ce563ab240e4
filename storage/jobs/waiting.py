"""The queue as it stands: its heads and what holds them back, in two index seeks' time."""

from storage.clock import to_text
from storage.database import now
from storage.engine import ledger
from storage.jobs.kinds import QUEUES
from storage.jobs.rules import Head, Limits, choose, why_waiting
from storage.jobs.tables import ENGINE

HEADS = """
WITH RECURSIVE lane (job_row, queue, lock_key, priority) AS (
    SELECT rowid, queue, lock_key, priority FROM job
    WHERE rowid = (SELECT rowid FROM job INDEXED BY job_waiting WHERE status = 'queued'
                   ORDER BY queue, lock_key, priority, available_at, job_id LIMIT 1)
    UNION ALL
    SELECT job.rowid, job.queue, job.lock_key, job.priority
    FROM lane JOIN job ON job.rowid = coalesce(
        (SELECT rowid FROM job INDEXED BY job_waiting WHERE status = 'queued'
         AND queue = lane.queue AND lock_key = lane.lock_key AND priority > lane.priority
         ORDER BY priority, available_at, job_id LIMIT 1),
        (SELECT rowid FROM job INDEXED BY job_waiting WHERE status = 'queued'
         AND queue = lane.queue AND lock_key > lane.lock_key
         ORDER BY lock_key, priority, available_at, job_id LIMIT 1),
        (SELECT rowid FROM job INDEXED BY job_waiting WHERE status = 'queued'
         AND queue > lane.queue
         ORDER BY queue, lock_key, priority, available_at, job_id LIMIT 1))
)
SELECT job.job_id, job.queue, job.lock_key, job.priority, job.available_at
FROM lane JOIN job ON job.rowid = lane.job_row
"""
"""Jump from lane to lane: cost grows with the number of lanes, not of queued jobs."""

_ANY = "SELECT 1 FROM job INDEXED BY job_waiting WHERE status = 'queued' LIMIT 1"

_RUNNING_IN_POOL = """
SELECT 1 FROM job_attempt a JOIN job_worker w ON w.worker_id = a.worker_id
WHERE a.outcome IS NULL AND w.pool_id = ? LIMIT 1
"""

OUT_OF_REACH = ("engine_paused", "queue_paused", "not_due")
"""What a draining pool does not wait for: only time or a person ends it."""


def heads() -> list[Head]:
    """The first waiting job of every (queue, lock, priority)."""
    return [Head(*row) for row in ledger.execute_sql(HEADS).fetchall()]


def limits() -> Limits:
    """Pauses, limits and locks at this moment."""
    running: dict[str, int] = {}
    locks: set[str] = set()
    rows = ledger.execute_sql("SELECT queue, lock_key FROM job WHERE status = 'running'")
    for queue, lock_key in rows.fetchall():
        running[queue] = running.get(queue, 0) + 1
        locks.add(lock_key)
    settings = ledger.execute_sql("SELECT name, max_concurrent, paused_at FROM job_queue")
    limit: dict[str, int | None] = {name.value: q.max_concurrent for name, q in QUEUES.items()}
    paused: set[str] = set()
    for name, maximum, paused_at in settings.fetchall():
        if maximum is not None:
            limit[name] = maximum
        if paused_at is not None:
            paused.add(name)
    return Limits(to_text(now()), ENGINE in paused, paused, limit, running, locks)


def any_queued() -> bool:
    """Whether any job waits at all, runnable or not."""
    return ledger.execute_sql(_ANY).fetchone() is not None


def next_job() -> Head | None:
    """The job a free worker would take now; None when nothing is runnable."""
    waiting = heads()
    return choose(waiting, limits()) if waiting else None


def is_drained(pool_id: str) -> bool:
    """Whether a pool has nothing left: none of its jobs runs, and no due one waits its turn."""
    if ledger.execute_sql(_RUNNING_IN_POOL, (pool_id,)).fetchone() is not None:
        return False
    held = limits()
    return all(why_waiting(head, held) in OUT_OF_REACH for head in heads())


def next_wake() -> str | None:
    """When the next job that is only waiting for its time becomes due (UTC text)."""
    moment = to_text(now())
    return min((h.available_at for h in heads() if h.available_at > moment), default=None)

"""The queue as it stands: its heads and what holds them back, in two index seeks' time."""

from storage.clock import to_text
from storage.database import now
from storage.engine import ledger
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.limits import queue_limits
from storage.jobs.record import JobRow
from storage.jobs.rules import Head, Limits, room, runnable, turn, why_waiting
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
SELECT job.job_id, job.queue, job.lock_key, job.priority, job.available_at,
    CASE WHEN job.available_at > job.queued_at THEN job.available_at ELSE '' END
FROM lane JOIN job ON job.rowid = lane.job_row
"""
"""Jump from lane to lane: cost grows with the number of lanes, not of queued jobs."""

_ANY = "SELECT 1 FROM job INDEXED BY job_waiting WHERE status = 'queued' LIMIT 1"

_LANE = """
SELECT kind, job_id, queue, lock_key, priority, available_at,
    CASE WHEN available_at > queued_at THEN available_at ELSE '' END FROM job INDEXED BY job_waiting
WHERE status = 'queued' AND queue = ? AND lock_key = '' AND priority = ?
ORDER BY available_at, job_id LIMIT ?
"""

OUT_OF_REACH = ("engine_paused", "queue_paused", "not_due")
"""What a draining pool does not wait for: only time or a person ends it."""


def heads() -> list[Head]:
    """The first waiting job of every (queue, lock, priority)."""
    return [Head(*row) for row in ledger.execute_sql(HEADS).fetchall()]


def head_of(job: JobRow) -> Head:
    """A waiting job as if it were the first of its lane."""
    due, queued = to_text(job.available_at), to_text(job.queued_at)
    return Head(job.job_id, job.queue, job.lock_key, job.priority, due, due if due > queued else "")


def limits() -> Limits:
    """Pauses, limits and locks at this moment."""
    running: dict[str, int] = {}
    locks: set[str] = set()
    rows = ledger.execute_sql("SELECT queue, lock_key FROM job WHERE status = 'running'")
    for queue, lock_key in rows.fetchall():
        running[queue] = running.get(queue, 0) + 1
        locks.add(lock_key)
    settings = ledger.execute_sql("SELECT name, max_concurrent, paused_at FROM job_queue")
    limit = queue_limits()
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


def next_jobs(at_most: int) -> list[str]:
    """The ids of what a free worker would take now, in order; empty when nothing is runnable.

    Several only if one claim after the other would have led to them, and their kinds may run in a
    batch: of one lane, within the queue's limit, before the head of any other lane.
    """
    waiting = heads()
    if not waiting:
        return []
    held = limits()
    ready = runnable(waiting, held)
    if not ready or ready[0].lock_key or at_most == 1:
        return [head.job_id for head in ready[:1]]
    first, *rivals = ready
    facts = (first.queue, first.priority, room(first.queue, held, at_most))
    taken: list[str] = []
    for kind, *row in ledger.execute_sql(_LANE, facts).fetchall():
        head, size = Head(*row), KINDS[JobKind(kind)].batch
        out_of_turn = bool(rivals) and turn(rivals[0]) < turn(head)
        if taken and (len(taken) >= size or out_of_turn or why_waiting(head, held)):
            break
        taken.append(head.job_id)
        if size == 1:
            break
    return taken


def is_drained() -> bool:
    """Whether nothing is left: no job runs, and no due one waits its turn.

    A job that another pool runs counts: that pool may just be dying, and its job come back.
    """
    held = limits()
    return not held.running and all(why_waiting(head, held) in OUT_OF_REACH for head in heads())


def next_wake() -> str | None:
    """When the next job that is only waiting for its time becomes due (UTC text)."""
    moment = to_text(now())
    return min((h.not_before for h in heads() if h.not_before > moment), default=None)

"""When a waiting job will probably start: its place in the lines it stands in, and how long runs
of its kind took lately. An estimate to plan by; nothing is ever decided by it."""

import math
from collections.abc import Callable, Mapping
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from storage.clock import from_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import is_alive
from storage.jobs.record import Forecast, JobRow
from storage.jobs.rules import Head, Limits, Line, line_wait_s, why_waiting
from storage.jobs.states import JobStatus
from storage.jobs.waiting import OUT_OF_REACH, head_of, heads, limits

COUNTED_AHEAD = 2_000
"""So many jobs of one lane are counted and no more: the cost is bounded at any length."""

_BEFORE = """
SELECT count(*) FROM (SELECT 1 FROM job INDEXED BY job_waiting
    WHERE status = 'queued' AND queue = ? AND lock_key = ? AND priority = ?
    AND available_at <= ? AND (available_at, job_id) < (?, ?) LIMIT ?) AS before
"""
_AFTER_ALL = ("~", "~")
_KIND = "SELECT kind FROM job WHERE job_id = ?"
_RUNNING = "SELECT kind, queue, lock_key, started_at FROM job WHERE status = 'running'"
_WORKERS = """
SELECT worker_id FROM job_worker WHERE stopped_at IS NULL AND draining_at IS NULL
"""


class _Lane(NamedTuple):
    """What goes before a job in one (queue, lock, priority); runs of it take `each_s`."""

    queue: str
    lock_key: str
    length: int
    each_s: float


class _Run(NamedTuple):
    """A running job, and how many seconds it probably still takes."""

    queue: str
    lock_key: str
    left_s: float


def forecast(job: JobRow) -> Forecast | None:
    """A queued job's place in its queue and its expected start; None for any other job.

    No start is expected while nothing can start the job, or when no run of its kind is known.
    """
    if job.status is not JobStatus.QUEUED:
        return None
    with read_only():
        held, paces = limits(), _paces()
        mine = head_of(job)
        lanes = _lanes_before(mine, held, paces)
        wait_s = _wait_s(mine, held, lanes, _runs(paces))
    paused = why_waiting(mine, held) in ("engine_paused", "queue_paused")
    known = not paused and job.kind in paces and math.isfinite(wait_s)
    due = job.available_at if mine.not_before else now()
    start = max(now() + timedelta(seconds=wait_s), due) if known else None
    return Forecast(
        position=1 + sum(lane.length for lane in lanes if lane.queue == job.queue),
        at_least=any(lane.length >= COUNTED_AHEAD for lane in lanes),
        typical_s=paces.get(job.kind),
        expected_start=start,
    )


def typical_s(kind: JobKind) -> float | None:
    """The median seconds of the last completed runs of a kind; None when there were none."""
    with read_only():
        return _paces().get(kind)


def _paces() -> dict[str, float]:
    """Kind → the median seconds of its last completed runs."""
    taken: dict[str, list[int]] = {}
    for kind, ms in ledger.execute_sql("SELECT kind, ms FROM job_pace").fetchall():
        taken.setdefault(kind, []).append(ms)
    return {kind: median(times) / 1000 for kind, times in taken.items()}


def _lanes_before(mine: Head, held: Limits, paces: Mapping[str, float]) -> list[_Lane]:
    lanes = []
    for head in heads():
        if head.priority < mine.priority or why_waiting(head, held) in OUT_OF_REACH:
            continue
        until = (mine.available_at, mine.job_id) if head.priority == mine.priority else _AFTER_ALL
        facts = (head.queue, head.lock_key, head.priority, held.now, *until, COUNTED_AHEAD)
        length = ledger.execute_sql(_BEFORE, facts).fetchone()[0]
        kind = ledger.execute_sql(_KIND, (head.job_id,)).fetchone()[0]
        lanes.append(_Lane(head.queue, head.lock_key, length, paces.get(kind, 0.0)))
    return lanes


def _runs(paces: Mapping[str, float]) -> list[_Run]:
    """What runs now; a run that takes longer than usual may end any moment."""
    return [
        _Run(queue, lock, max(0.0, paces.get(kind, 0.0) - _since(started_at)))
        for kind, queue, lock, started_at in ledger.execute_sql(_RUNNING).fetchall()
    ]


def _since(moment: str) -> float:
    return (now() - from_text(moment)).total_seconds()


def _wait_s(mine: Head, held: Limits, lanes: list[_Lane], runs: list[_Run]) -> float:
    """The slowest of the lines it stands in: for a worker, its queue's limit, its lock."""

    def line(slots: int, mine_too: Callable[[_Lane | _Run], bool]) -> float:
        ahead = [lane for lane in lanes if mine_too(lane)]
        left = [run.left_s for run in runs if mine_too(run)]
        work = sum(lane.length * lane.each_s for lane in ahead)
        return line_wait_s(Line(slots, left, sum(lane.length for lane in ahead), work))

    waits = [line(_workers_alive(), lambda other: True)]
    limit = held.max_concurrent.get(mine.queue)
    if limit is not None:
        waits.append(line(limit, lambda other: other.queue == mine.queue))
    if mine.lock_key:
        waits.append(line(1, lambda other: other.lock_key == mine.lock_key))
    return max(waits)


def _workers_alive() -> int:
    return sum(is_alive(row[0]) for row in ledger.execute_sql(_WORKERS).fetchall())

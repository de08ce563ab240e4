"""The facts that conditions are judged by: each a seek or a system call, at a million jobs too.

Windows of ten minutes are read from recorded times, so a stepped clock may shorten or stretch one;
whatever decides anything is counted by the monotonic clock of whoever watches.
"""

import os
import shutil
from datetime import datetime, timedelta

from storage.alerts.rules import Facts
from storage.alerts.states import (
    LOST_WITHIN,
    SPIKE_FAILURES,
    SPIKE_SHARE,
    SPIKE_WITHIN,
    STALE_AFTER_S,
)
from storage.clock import from_text, to_text
from storage.database import FILE_NAME, home, read_only
from storage.engine import ledger
from storage.engines.choosing import on_a_server
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import is_alive
from storage.jobs.record import WorkerRecord
from storage.jobs.rules import why_waiting
from storage.jobs.states import JobStatus
from storage.jobs.turns import not_begun
from storage.jobs.views import counts, workers
from storage.jobs.waiting import OUT_OF_REACH, heads, limits

FULL_BYTES = 1 << 20
"""With less than this free no transaction can be trusted to fit."""

_LOST = """
SELECT host, pid FROM job_worker INDEXED BY job_worker_lost
WHERE stop_reason = 'lost' AND stopped_at BETWEEN ? AND ? ORDER BY stopped_at
"""
_NTH_FAILURE = """
SELECT seq, at FROM audit_event WHERE action = 'job.failed' AND outcome = 'done'
ORDER BY seq DESC LIMIT 1 OFFSET ?
"""
_COMPLETED_SINCE = """
SELECT count(*) FROM (SELECT 1 FROM audit_event
    WHERE action = 'job.completed' AND seq > ? LIMIT ?) AS completed
"""

_OPEN = "SELECT worker_id, host, pid, heartbeat_at FROM job_worker WHERE stopped_at IS NULL"
_RUNNING = """
SELECT a.worker_id, job.attempt_id, job.job_id, job.kind
FROM job JOIN job_attempt a ON a.attempt_id = job.attempt_id WHERE job.status = 'running'
"""
_LAST_BACKUP = """
SELECT at FROM audit_event
WHERE action = 'backup.made' AND CAST(json_extract(detail, '$.complaints') AS BIGINT) = 0
ORDER BY seq DESC LIMIT 1
"""
_NAMED = "SELECT created_at FROM vessel ORDER BY created_at LIMIT 1"
_LATEST = "SELECT at FROM audit_event ORDER BY seq DESC LIMIT 1"


def free_bytes() -> int:
    """What is free on the disk that holds the store."""
    return shutil.disk_usage(home()).free


def why_unwritable() -> str | None:
    """Why the store cannot be written, as far as one can tell without writing; None if it can."""
    ours = (home(),) if on_a_server() else (home(), home() / FILE_NAME)
    if not all(os.access(path, os.W_OK) for path in ours):
        return "The disk or its permissions refuse writing."
    return "The disk is full." if free_bytes() < FULL_BYTES else None


def backup_age(at: datetime) -> timedelta | None:
    """How long ago the last backup of a whole store was made; None without a vessel.

    A vessel that never had one counts from when she was named. Of a store on a server we know
    nothing: its backups are the administrator's.
    """
    if on_a_server():
        return None
    row = ledger.execute_sql(_LAST_BACKUP).fetchone() or ledger.execute_sql(_NAMED).fetchone()
    return at - from_text(row[0]) if row else None


def lost_lately(at: datetime) -> tuple[str, ...]:
    """`host:pid` of the workers that were found dead within the last ten minutes."""
    window = (to_text(at - LOST_WITHIN), to_text(at + timedelta(seconds=1)))
    rows = ledger.execute_sql(_LOST, window).fetchall()
    return tuple(f"{host}:{pid}" for host, pid in rows)


def failures_lately(at: datetime) -> tuple[int, int]:
    """How many jobs failed and how many ended, if many failed within ten minutes; else 0 and 0.

    It asks for the tenth failure from the end and never counts further than the answer needs.
    """
    row = ledger.execute_sql(_NTH_FAILURE, (SPIKE_FAILURES - 1,)).fetchone()
    if row is None or not to_text(at - SPIKE_WITHIN) <= row[1] <= to_text(at):
        return 0, 0
    enough = SPIKE_FAILURES * SPIKE_SHARE
    completed = ledger.execute_sql(_COMPLETED_SINCE, (row[0], enough)).fetchone()[0]
    return SPIKE_FAILURES, SPIKE_FAILURES + int(completed)


def beats() -> dict[str, str]:
    """`host:pid` of every living worker, by its last sign of life: another sign is another key."""
    return {
        f"{worker_id} {heartbeat_at}": f"{host}:{pid}"
        for worker_id, host, pid, heartbeat_at in ledger.execute_sql(_OPEN).fetchall()
        if is_alive(worker_id)
    }


def begun_jobs() -> dict[str, tuple[str, JobKind]]:
    """Job id and kind of every attempt that runs and has begun, by attempt id."""
    rows = ledger.execute_sql(_RUNNING).fetchall()
    waiting = {attempt for worker in {row[0] for row in rows} for attempt in not_begun(worker)}
    return {attempt: (job, JobKind(kind)) for _, attempt, job, kind in rows
            if attempt not in waiting}  # fmt: skip


def waiting_jobs() -> list[str]:
    """The jobs at the head of their lane that only a free worker, a lock or a limit holds back."""
    held = limits()
    return [head.job_id for head in heads() if why_waiting(head, held) not in OUT_OF_REACH]


def latest_recorded() -> datetime | None:
    """When the newest event of the audit log was recorded."""
    row = ledger.execute_sql(_LATEST).fetchone()
    return None if row is None else from_text(row[0])


def queued_jobs() -> int:
    """How many jobs wait, of every kind; kept by triggers, never counted."""
    return sum(n for (status, _), n in counts().items() if status is JobStatus.QUEUED)


def _name(worker: WorkerRecord) -> str:
    """How an alert names a worker."""
    return f"{worker.host}:{worker.pid}"


def observe(at: datetime) -> Facts:
    """What anybody can see at one moment, without having watched before."""
    with read_only():
        known = workers()
        failed, ended = failures_lately(at)
        dead = tuple(_name(w) for w in known if not w.alive)
        return Facts(
            free_bytes=free_bytes(),
            backup_age=backup_age(at),
            unwritable=why_unwritable(),
            lost=(*dead, *lost_lately(at)),
            stale=tuple(_name(w) for w in known if w.alive and w.heartbeat_age_s > STALE_AFTER_S),
            failed=failed,
            ended=ended,
            queued=queued_jobs(),
        )

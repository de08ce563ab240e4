"""Claiming: one guarded write gives a waiting job to one worker, with a new attempt (I2).

The attempt's id is the fence: whoever lost it cannot settle anything.
"""

import json
import os
import socket
from datetime import datetime

from storage.audit.actions import append
from storage.audit.actor import WORKER
from storage.clock import to_text
from storage.database import transaction
from storage.engine import ledger
from storage.identity import new_id
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import ClaimedJob, Metrics
from storage.jobs.states import Reason
from storage.jobs.waiting import any_queued, next_job

HOST = socket.gethostname()
NO_METRICS = Metrics().model_dump_json()

_TAKE = """
UPDATE job SET status = 'running', status_reason = ?, attempt = attempt + 1, attempt_id = ?,
    started_at = ?, last_activity_at = ?
WHERE job_id = ? AND status = 'queued'
RETURNING attempt, kind, arguments, trace_id, vessel_id, subject, requested_by, requested_by_name
"""
_BEGIN = """
INSERT INTO job_attempt (attempt_id, job_id, number, worker_id, host, pid, started_at, metrics)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def claim_next(worker_id: str) -> ClaimedJob | None:
    """Take the next runnable job for a worker; None when there is none for it now.

    It looks without the write lock first: an idle worker never stands in anyone's way.
    """
    return take_next(worker_id) if any_queued() and next_job() is not None else None


def take_next(worker_id: str) -> ClaimedJob | None:
    """The same without the look: for the transaction that ends one job and takes the next."""
    with transaction() as at:
        head = next_job()
        return None if head is None else _take(head.job_id, worker_id, at)


def _take(job_id: str, worker_id: str, at: datetime) -> ClaimedJob:
    attempt_id, moment = new_id(), to_text(at)
    taken = ledger.execute_sql(_TAKE, (Reason.RUNNING, attempt_id, moment, moment, job_id))
    number, kind, arguments, trace_id, *rest = taken.fetchone()
    ledger.execute_sql(
        _BEGIN,
        (attempt_id, job_id, number, worker_id, HOST, os.getpid(), moment, NO_METRICS),
    )
    detail = {"attempt": number, "attempt_id": attempt_id, "worker": worker_id}
    append(WORKER, "job.started", "job", job_id, detail, job_id=job_id, trace_id=trace_id)
    vessel_id, subject, requested_by, requested_by_name = rest
    return ClaimedJob(
        job_id=job_id,
        attempt_id=attempt_id,
        number=number,
        kind=JobKind(kind),
        arguments=json.loads(arguments),
        trace_id=trace_id,
        vessel_id=vessel_id,
        subject=subject,
        requested_by=requested_by,
        requested_by_name=requested_by_name,
        timeout_s=KINDS[JobKind(kind)].timeout_s,
    )

"""Claiming: one guarded write gives a waiting job to one worker, with a new attempt (I2).

The attempt's id is the fence: whoever lost it cannot settle anything.
"""

import json
import os
import socket
from collections.abc import Sequence
from datetime import datetime

from storage.audit.actions import Happening, append_all
from storage.audit.actor import WORKER
from storage.clock import to_text
from storage.database import transaction
from storage.engine import execute_many, ledger
from storage.identity import new_id
from storage.jobs.access import AccessMode, entities, the_lesser
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.limits import effective
from storage.jobs.record import ClaimedJob, Metrics
from storage.jobs.states import Reason
from storage.jobs.turns import line_up
from storage.jobs.waiting import any_queued, next_jobs

HOST = socket.gethostname()
NO_METRICS = Metrics().model_dump_json()
BATCH = max(spec.batch for spec in KINDS.values())

_TAKE = """
UPDATE job SET status = 'running', status_reason = ?, attempt = attempt + 1, attempt_id = ?,
    started_at = ?, last_activity_at = ?
WHERE job_id = ? AND status = 'queued'
RETURNING attempt, kind, arguments, trace_id, vessel_id, subject, requested_by, requested_by_name,
    access_mode, entity_refs
"""
_BEGIN = """
INSERT INTO job_attempt (attempt_id, job_id, number, worker_id, host, pid, started_at, metrics)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


def claim(worker_id: str, at_most: int = BATCH) -> list[ClaimedJob]:
    """Take the next runnable job for a worker, or several light ones; none when none is for it now.

    It looks without the write lock first: an idle worker never stands in anyone's way.
    """
    return take(worker_id, at_most) if any_queued() and next_jobs(1) else []


def take(worker_id: str, at_most: int = BATCH) -> list[ClaimedJob]:
    """The same without the look: for the transaction that ends some jobs and takes the next."""
    with transaction() as at:
        taken = [_take(job_id, at) for job_id in next_jobs(at_most)]
        if len(taken) > 1:
            line_up(worker_id, [job.attempt_id for job in taken[1:]])
        if taken:
            _begin(taken, worker_id, to_text(at))
        return taken


def claim_next(worker_id: str) -> ClaimedJob | None:
    """Take exactly one job, if there is one for this worker now."""
    return next(iter(claim(worker_id, 1)), None)


def take_next(worker_id: str) -> ClaimedJob | None:
    """The same without the look."""
    return next(iter(take(worker_id, 1)), None)


def _take(job_id: str, at: datetime) -> ClaimedJob:
    attempt_id, moment = new_id(), to_text(at)
    taken = ledger.execute_sql(_TAKE, (Reason.RUNNING, attempt_id, moment, moment, job_id))
    number, kind, arguments, trace_id, *rest = taken.fetchone()
    vessel_id, subject, requested_by, requested_by_name, access_mode, entity_refs = rest
    spec, given = effective(JobKind(kind)), json.loads(arguments)
    listed = json.loads(entity_refs)  # empty in jobs of a version that did not list them
    return ClaimedJob(
        job_id=job_id,
        attempt_id=attempt_id,
        number=number,
        kind=JobKind(kind),
        arguments=given,
        trace_id=trace_id,
        vessel_id=vessel_id,
        subject=subject,
        requested_by=requested_by,
        requested_by_name=requested_by_name,
        access_mode=the_lesser(AccessMode(access_mode), spec.access_mode),
        entity_refs=tuple(listed or entities(spec.writes, given)),
        timeout_s=spec.timeout_s,
    )


def _begin(taken: Sequence[ClaimedJob], worker_id: str, moment: str) -> None:
    """Their attempts, and the events that say so."""
    here = (worker_id, HOST, os.getpid(), moment, NO_METRICS)
    execute_many(_BEGIN, [(job.attempt_id, job.job_id, job.number, *here) for job in taken])
    append_all(WORKER, [_started(job, worker_id) for job in taken])


def _started(job: ClaimedJob, worker_id: str) -> Happening:
    detail = {"attempt": job.number, "attempt_id": job.attempt_id, "worker": worker_id}
    return Happening("job.started", "job", job.job_id, detail, "done", job.job_id, job.trace_id)

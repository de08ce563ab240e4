"""Reading jobs: plain frozen values, each query one index seek at a million jobs."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

import peewee

from storage.clock import to_text
from storage.database import data_version, now, read_only
from storage.engine import ledger, tuples
from storage.errors import NotFound
from storage.jobs.filters import kept_count, matches
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import is_alive
from storage.jobs.record import (
    AttemptRecord,
    ClaimedJob,
    Cursor,
    JobDetail,
    JobOrder,
    JobQuery,
    JobRow,
    LogEntry,
    Metrics,
    Progress,
    Submitted,
    WorkerRecord,
)
from storage.jobs.search import jobs_with
from storage.jobs.states import ACTIVE, JobStatus
from storage.jobs.tables import Attempt, Job, JobCount, LogLine, Worker, json_text
from storage.jobs.tables import Progress as ProgressTable
from storage.jobs.waiting import next_wake

__all__ = [
    "AttemptRecord", "ClaimedJob", "Cursor", "JobDetail", "JobQuery", "JobRow", "LogEntry",
    "Metrics", "Progress", "Submitted", "WorkerRecord", "active_for", "active_jobs", "counts",
    "find_job", "ids_matching", "list_jobs", "log_of", "matching", "next_wake", "show_job",
    "wait_for", "workers",
]  # fmt: skip

PAGE = 50
LOG_TAIL = 1_000
"""A job shows so many lines of its log, the newest."""
COUNTED_TO = 10_000
"""A filter that no index answers is counted so far and no further."""
POLL_S = 0.05
_ROW_FIELDS = tuple(name for name in JobRow.model_fields if name not in ("error", "progress"))
_DETAIL_FIELDS = tuple(
    name
    for name in JobDetail.model_fields
    if name not in JobRow.model_fields
    and name not in ("workflow_run_id", "metrics", "result", "attempts", "log", "log_total")
)
_WORKER_FIELDS = ("worker_id", "pool_id", "host", "pid", "version", "registered_at")


def list_jobs(
    query: JobQuery | None = None, after: Cursor | None = None, limit: int = PAGE
) -> list[JobRow]:
    """One page of jobs in the order asked for, after where the last page ended."""
    query = query or JobQuery()
    oldest_first = query.order is JobOrder.OLDEST
    columns = (Job.created_at, Job.job_id)
    rows = _where(query).order_by(*(c.asc() if oldest_first else c.desc() for c in columns))
    if after is not None:
        here, ended = peewee.Tuple(*columns), (to_text(after.created_at), after.job_id)
        rows = rows.where(here > ended if oldest_first else here < ended)
    with read_only():
        return _with_telemetry(list(rows.limit(limit)))


def matching(query: JobQuery, at_most: int = COUNTED_TO) -> int:
    """How many jobs a query finds, counted no further than `at_most`.

    Where it asks about status and kind alone the kept counts say it exactly, at any size.
    """
    kept = kept_count(query)
    if kept is not None:
        return kept
    with read_only():
        return int(_where(query, Job.job_id).limit(at_most).count())


def ids_matching(query: JobQuery, at_most: int) -> list[str]:
    """The ids of the jobs a query finds, newest first, at most so many."""
    found = _where(query, Job.job_id).order_by(Job.created_at.desc(), Job.job_id.desc())
    with read_only():
        return [job_id for (job_id,) in tuples(found.limit(at_most))]


def counts() -> dict[tuple[JobStatus, JobKind], int]:
    """How many jobs there are by status and kind; kept by triggers, never counted."""
    with read_only():
        rows = list(JobCount.select().where(JobCount.n > 0))
    return {(JobStatus(row.status), JobKind(row.kind)): row.n for row in rows}


def find_job(job_id: str) -> JobRow:
    """One job as a list shows it.

    Raises:
        NotFound.
    """
    with read_only():
        return _with_telemetry([_job(job_id)])[0]


def show_job(job_id: str) -> JobDetail:
    """The whole record of a job.

    Raises:
        NotFound.
    """
    with read_only():
        job = _job(job_id)
        attempts = _attempts(job_id)
        last = attempts[-1] if attempts else None
        return JobDetail(
            **dict(_with_telemetry([job])[0]),
            **{name: getattr(job, name) for name in _DETAIL_FIELDS},
            workflow_run_id=last and last.attempt_id,
            metrics=last.metrics if last else Metrics(),
            result=last and last.receipt,
            attempts=attempts,
            log=_log_tail(job_id),
            log_total=int(LogLine.select().where(LogLine.job_id == job_id).count()),
        )


def log_of(job_id: str, after: int = 0, limit: int | None = None) -> list[LogEntry]:
    """A job's log, oldest first; whole unless a limit is given.

    Raises:
        NotFound: there is no such job.
    """
    with read_only():
        _job(job_id)
        lines = LogLine.select().where((LogLine.job_id == job_id) & (LogLine.seq > after))
        ordered = lines.order_by(LogLine.seq)
        return _log_entries(ordered if limit is None else ordered.limit(limit))


def _log_tail(job_id: str) -> list[LogEntry]:
    """The newest lines of a log, oldest first: whoever follows it wants its end."""
    lines = LogLine.select().where(LogLine.job_id == job_id)
    return _log_entries(lines.order_by(LogLine.seq.desc()).limit(LOG_TAIL))[::-1]


def _log_entries(lines: Iterable[LogLine]) -> list[LogEntry]:
    return [LogEntry.model_validate(line, from_attributes=True) for line in lines]


def active_jobs(limit: int = PAGE) -> list[JobRow]:
    """What runs now, then what waits, oldest first."""
    rows: list[Job] = []
    with read_only():
        for status in ("running", "queued"):
            found = Job.select().where(peewee.SQL("t1.status = ?", [status]))
            rows += list(found.order_by(Job.created_at, Job.job_id).limit(limit))
        return _with_telemetry(rows[:limit])


def active_for(resource_type: str, resource_id: str) -> list[JobRow]:
    """The queued and running jobs that work on one thing, oldest first."""
    with read_only():
        found = Job.select().where((Job.subject == resource_id) & (Job.status << list(ACTIVE)))
        rows = _with_telemetry(list(found.order_by(Job.created_at).limit(PAGE)))
    return [row for row in rows if row.resource_type == resource_type]


def workers() -> list[WorkerRecord]:
    """The workers that have not signed off, with the age of their last heartbeat."""
    with read_only():
        found = list(Worker.select().where(peewee.SQL("stopped_at IS NULL")))
        busy = dict(
            ledger.execute_sql("SELECT worker_id, job_id FROM job_attempt WHERE outcome IS NULL")
        )
    return [
        WorkerRecord(
            **{name: getattr(worker, name) for name in _WORKER_FIELDS},
            heartbeat_age_s=max(0.0, (now() - worker.heartbeat_at).total_seconds()),
            alive=is_alive(worker.worker_id),
            draining=worker.draining_at is not None,
            job_id=busy.get(worker.worker_id),
        )
        for worker in found
    ]


def wait_for(job_id: str, timeout: float) -> JobRow:
    """The job once it has ended, or as it stands after `timeout` seconds.

    Raises:
        NotFound.
    """
    deadline = time.monotonic() + timeout
    seen = data_version()
    row = find_job(job_id)
    while row.status in ACTIVE and time.monotonic() < deadline:
        time.sleep(POLL_S)
        version = data_version()
        if version != seen:
            seen, row = version, find_job(job_id)
    return row


def _job(job_id: str) -> Job:
    job = Job.get_or_none(Job.job_id == job_id)
    if job is None:
        raise NotFound(kind="job", id=job_id)
    return job


def _where(query: JobQuery, *columns: Any) -> Any:
    rows = Job.select(*columns)
    if query.status is not None:
        rows = rows.where(Job.status == query.status.value)
    if query.kind is not None:
        rows = rows.where(Job.kind == query.kind.value)
    if query.group is not None:
        rows = rows.where(Job.group_id == query.group)
    if query.since is not None:
        rows = rows.where(Job.created_at >= query.since)
    if query.text:
        ids = json_text(jobs_with(query.text))
        rows = rows.where(peewee.SQL("t1.job_id IN (SELECT value FROM json_each(?))", [ids]))
    if query.ids is not None:
        rows = rows.where(Job.job_id << list(query.ids))
    return rows if query.where is None else rows.where(matches(query.where))


def _with_telemetry(jobs: Sequence[Job]) -> list[JobRow]:
    """Rows with the progress of the running ones and the last error of the failed ones."""
    running = [job.job_id for job in jobs if job.status == JobStatus.RUNNING]
    failed = [job.job_id for job in jobs if job.status == JobStatus.FAILED]
    progress = _progress_of(running) if running else {}
    errors = _errors_of(failed) if failed else {}
    return [
        JobRow(
            **{name: getattr(job, name) for name in _ROW_FIELDS},
            progress=progress.get(job.job_id),
            error=errors.get(job.job_id),
        )
        for job in jobs
    ]


def _progress_of(job_ids: list[str]) -> dict[str, Progress]:
    rows = ProgressTable.select().where(ProgressTable.job_id << job_ids)
    fields = ("phase", "current", "total", "unit", "counters", "at")
    return {row.job_id: Progress(**{name: getattr(row, name) for name in fields}) for row in rows}


def _errors_of(job_ids: list[str]) -> dict[str, str | None]:
    rows = Attempt.select().where(Attempt.job_id << job_ids).order_by(Attempt.number)
    return {row.job_id: row.error_message for row in rows}


def _attempts(job_id: str) -> list[AttemptRecord]:
    rows = Attempt.select().where(Attempt.job_id == job_id).order_by(Attempt.number)
    fields = AttemptRecord.model_fields
    return [AttemptRecord(**{name: getattr(row, name) for name in fields}) for row in rows]

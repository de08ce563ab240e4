"""What a running job tells about itself. Telemetry is not a verb: it is not audited, it is
written with one sync less, and losing the last half second of it in a power cut is harmless."""

from collections.abc import Sequence

from storage.clock import to_text
from storage.database import now, transaction, unhurried
from storage.engine import execute_many, ledger
from storage.jobs.record import ClaimedJob, LogEntry, Progress
from storage.jobs.tables import json_text

_PROGRESS = """
INSERT INTO job_progress (job_id, attempt_id, at, phase, current, total, unit, counters)
SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (
    SELECT 1 FROM job WHERE job_id = ? AND attempt_id = ? AND status = 'running')
ON CONFLICT (job_id) DO UPDATE SET attempt_id = excluded.attempt_id, at = excluded.at,
    phase = excluded.phase, current = excluded.current, total = excluded.total,
    unit = excluded.unit, counters = excluded.counters
"""
_LINE = """
INSERT INTO job_log (job_id, attempt_id, at, level, event, message, context)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_ACTIVE = """
UPDATE job SET last_activity_at = ? WHERE job_id = ? AND attempt_id = ? AND status = 'running'
"""
_ASKED = """
SELECT cancel_requested_at IS NOT NULL FROM job
WHERE job_id = ? AND attempt_id = ? AND status = 'running'
"""


def tell(job: ClaimedJob, progress: Progress | None, lines: Sequence[LogEntry]) -> None:
    """Write where the job is and what it said, in a transaction of its own.

    A lost attempt's progress is not written.
    """
    with unhurried(), transaction() as at:
        if progress is not None:
            _write_progress(job, progress, to_text(at))
        write_lines((job, lines))


def write_lines(*told: tuple[ClaimedJob, Sequence[LogEntry]]) -> None:
    """Add to the logs of jobs in the caller's transaction."""
    rows = [
        (
            job.job_id, job.attempt_id, to_text(line.at or now()), line.level, line.event,
            line.message, json_text(line.context),
        )
        for job, lines in told
        for line in lines
    ]  # fmt: skip
    execute_many(_LINE, rows)


def _write_progress(job: ClaimedJob, progress: Progress, moment: str) -> None:
    ledger.execute_sql(
        _PROGRESS,
        (
            job.job_id, job.attempt_id, moment, progress.phase, progress.current,
            progress.total, progress.unit, json_text(progress.counters),
            job.job_id, job.attempt_id,
        ),
    )  # fmt: skip
    ledger.execute_sql(_ACTIVE, (moment, job.job_id, job.attempt_id))


def cancel_requested(job: ClaimedJob) -> bool:
    """Whether a person asked this running attempt to stop."""
    row = ledger.execute_sql(_ASKED, (job.job_id, job.attempt_id)).fetchone()
    return bool(row and row[0])

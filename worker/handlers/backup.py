"""backup: the store and its files in one folder, read again; older ones go by the rules.

It is copied and read again apart, and put on record with the end of the job; only then do older
ones go, so that a backup nobody knows of never costs one that somebody does.
"""

from pathlib import Path
from typing import Any

from storage.audit.actor import WORKER
from storage.database import home, on_commit
from storage.jobs import arguments
from storage.jobs.limits import settings
from storage.jobs.record import ClaimedJob
from storage.recovery.actions import record_backup
from storage.recovery.backing_up import BACKUPS, backup
from storage.recovery.copying import Report
from storage.recovery.manifest import Backup, BackupRecord
from storage.recovery.rotation import remove, to_go
from storage.value import Value
from worker.apart import apart
from worker.handler import Reporter


class Request(Value):
    """Which store, and where to; without a folder, beside the store."""

    home: Path
    to: Path | None


class Made(Value):
    """A backup as the process that made it tells of it."""

    path: Path
    record: BackupRecord
    fingerprint: str


def gather(job: ClaimedJob) -> Request:
    """Where the store is."""
    to = job.arguments_as(arguments.Backup).to
    return Request(home=home(), to=Path(to) if to else None)


def perform(given: Request, report: Reporter) -> Made:
    """Make it in a process of its own."""
    made = Made(**apart("backup", given.home, report, to=given.to and str(given.to)))
    for complaint in made.record.complaints:
        report.issue(complaint)
    report.count(entities_read=made.record.files)
    return made


def task(home: Path, report: Report, to: str | None) -> Made:
    """What that process does."""
    made = backup(home, Path(to) if to else None, report=report)
    return Made(**made._asdict())


def settle(job: ClaimedJob, output: Made) -> dict[str, Any]:
    """Put it on record; beside the store, let older ones go."""
    made = Backup(output.path, output.record, output.fingerprint)
    folder = output.path.parent
    removed = to_go(made, settings().backups) if folder == home() / BACKUPS else []
    on_commit(lambda: remove(folder, removed))
    record_backup(WORKER, made, removed, job_id=job.job_id)
    return {
        "path": str(made.path),
        "fingerprint": made.fingerprint,
        "events": made.record.audit.size,
        "bytes": made.record.bytes,
        "verified": True,
        "complaints": list(made.record.complaints),
        "removed": removed,
    }

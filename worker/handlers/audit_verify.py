"""audit_verify: every event of the log follows the one before, and none is missing at its end.

A log that is not whole fails the job, so that it is told like any other failure.
"""

from pathlib import Path
from typing import Any

from storage.database import home
from storage.errors import StoreDamaged
from storage.jobs.record import ClaimedJob
from storage.recovery.copying import Report
from storage.recovery.examining import examine_log
from worker.apart import apart
from worker.handler import Reporter


def gather(job: ClaimedJob) -> Path:
    """Where the store is."""
    return home()


def perform(given: Path, report: Reporter) -> dict[str, Any]:
    """Walk the log in a process of its own."""
    found = apart("audit_verify", given, report)
    report.count(entities_read=found["events"], validators_run_count=2)
    return found


def task(home: Path, report: Report) -> dict[str, Any]:
    """What that process does."""
    problems, head = examine_log(home, report)
    if problems:
        raise StoreDamaged(home=home, why=problems[0].message)
    return {"ok": True, "events": head.audit.size, "root": head.audit.root}


def settle(job: ClaimedJob, output: dict[str, Any]) -> dict[str, Any]:
    """How far the log goes."""
    return output

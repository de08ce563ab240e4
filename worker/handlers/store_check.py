"""store_check: what `doctor` looks at, looked at by the clock.

A grave finding fails the job, so that it is told like any other failure; the job's log has all.
"""

from pathlib import Path
from typing import Any

from storage.database import home
from storage.errors import StoreDamaged
from storage.jobs.record import ClaimedJob
from storage.recovery.copying import Report
from storage.recovery.examining import examine
from storage.recovery.findings import Check, Finding
from worker.apart import apart
from worker.handler import Reporter


def gather(job: ClaimedJob) -> Path:
    """Where the store is."""
    return home()


def perform(given: Path, report: Reporter) -> dict[str, Any]:
    """Examine it in a process of its own.

    Raises:
        StoreDamaged: something grave was found.
    """
    checks = [Check(**found) for found in apart("store_check", given, report)["checks"]]
    found = [finding for check in checks for finding in check.findings]
    for finding in found:
        report.issue(finding.message, code=finding.code, to_do=finding.to_do)
    report.count(validators_run_count=len(checks))
    _refuse_grave(given, [finding for finding in found if finding.grave])
    return {"ok": True, "checks": len(checks), "findings": [f.model_dump() for f in found]}


def task(home: Path, report: Report) -> dict[str, Any]:
    """What that process does."""
    return {"checks": examine(home, report=report)}


def settle(job: ClaimedJob, output: dict[str, Any]) -> dict[str, Any]:
    """What was found."""
    return output


def _refuse_grave(home: Path, grave: list[Finding]) -> None:
    if grave:
        more = f" ({len(grave) - 1} more in the job's log)" if len(grave) > 1 else ""
        raise StoreDamaged(home=home, why=f"{grave[0].message}{more}")

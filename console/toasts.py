"""When a followed job deserves a word, and for how long (pure; CONSOLE "Embeddable progress")."""

from dataclasses import dataclass
from typing import Literal

from console.snapshots.bridge import Bridge
from storage.jobs.record import JobRow
from storage.jobs.states import FINAL, JobStatus

Severity = Literal["information", "warning", "error"]

WORDS: dict[JobStatus, tuple[str, Severity, float]] = {
    JobStatus.RUNNING: ("started", "information", 3),
    JobStatus.COMPLETED: ("completed", "information", 5),
    JobStatus.FAILED: ("failed", "error", 8),
    JobStatus.CANCELLED: ("was cancelled", "warning", 5),
}


@dataclass(frozen=True)
class Toast:
    """One sentence for some seconds; after the last one of a job it is no longer followed."""

    job_id: str
    sentence: str
    severity: Severity
    seconds: float
    is_last: bool


def toasts_between(before: Bridge | None, after: Bridge) -> list[Toast]:
    """One toast for each followed job that is in another state than before."""
    known = {job.job_id: job.status for job in before.followed} if before else {}
    changed = (job for job in after.followed if known.get(job.job_id) is not job.status)
    return [_toast(job) for job in changed if job.status in WORDS]


def _toast(job: JobRow) -> Toast:
    word, severity, seconds = WORDS[job.status]
    error = f": {job.error}" if job.error else ""
    return Toast(
        job.job_id, f"{job.spec.label} {word}{error}", severity, seconds, job.status in FINAL
    )

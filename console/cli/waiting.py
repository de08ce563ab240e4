"""Waiting for a job to end, with a worker of our own when there is none."""

from console.cli.answer import note
from console.cli.settings import home_folder
from console.worker_process import drain, run_until
from storage.errors import JobFailed, NotReady
from storage.jobs.explain import explain
from storage.jobs.liveness import any_worker_alive
from storage.jobs.record import JobDetail, JobRow
from storage.jobs.states import ACTIVE, JobStatus
from storage.jobs.views import find_job, show_job, wait_for

LOOK_S = 1.0


def settled(job_id: str, *, alone: bool = False) -> JobDetail:
    """The record of a job once it has ended, whatever became of it.

    A worker of our own does all that waits, or with `alone` no more than it must.

    Raises:
        NotFound. NotReady: nothing can run it now (paused, not due). Failed: no worker can run.
    """
    told = ""
    job = find_job(job_id)
    while job.status in ACTIVE:
        if any_worker_alive():
            told = _tell(job, told)
            job = wait_for(job_id, LOOK_S)
        else:
            _run_ourselves(job_id, alone)
            job = _ended_or_explained(job_id)
    return show_job(job_id)


def completed(job_id: str, *, alone: bool = False) -> JobDetail:
    """The record of a job once it has completed.

    Raises:
        JobFailed: it ended otherwise. And what `settled` raises.
    """
    job = settled(job_id, alone=alone)
    if job.status is not JobStatus.COMPLETED:
        error = job.error or explain(job)
        raise JobFailed(id=job_id, status=job.status, reason=job.status_reason, error=error)
    return job


def _run_ourselves(job_id: str, alone: bool) -> None:
    if alone:
        run_until(home_folder(), job_id)
    else:
        drain(home_folder())


def _ended_or_explained(job_id: str) -> JobRow:
    job = find_job(job_id)
    if job.status is JobStatus.QUEUED and not any_worker_alive():
        raise NotReady([explain(job).rstrip(".")])
    return job


def _tell(job: JobRow, told: str) -> str:
    """Say on stderr where the job is, whenever that has changed."""
    saying = explain(job) if job.status is JobStatus.QUEUED else f"{job.kind}: {_phase(job)}"
    if saying != told:
        note(saying)
    return saying


def _phase(job: JobRow) -> str:
    progress = job.progress
    if progress is None:
        return job.status.value
    return progress.phase if progress.percent is None else f"{progress.phase} {progress.percent} %"

"""generate_suggestions: what follows from each signal by the fixed mapping (JOBS §8)."""

from typing import Any

from storage.audit.actor import WORKER
from storage.insights import suggesting
from storage.jobs.record import ClaimedJob
from worker.handler import NothingToDo, Reporter


def gather(job: ClaimedJob) -> NothingToDo | None:
    """Nothing to read ahead; nothing to do where every signal has its suggestions."""
    return None if suggesting.suggestions_are_due() else NothingToDo(result={"suggestions": []})


def perform(given: None, report: Reporter) -> None:
    """The mapping is applied where the suggestions are written, so that none is made twice."""
    report.phase("suggestions", 0, 1)


def settle(job: ClaimedJob, output: None) -> dict[str, Any]:
    """Make them."""
    return {"suggestions": suggesting.generate_suggestions(WORKER, job_id=job.job_id)}

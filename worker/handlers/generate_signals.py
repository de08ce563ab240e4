"""generate_signals: what the daily counts show, each signal once (JOBS §8)."""

from typing import Any

from storage.audit.actor import WORKER
from storage.insights import signalling
from storage.jobs.record import ClaimedJob
from worker.handler import NothingToDo, Reporter


def gather(job: ClaimedJob) -> NothingToDo | None:
    """Nothing to read ahead; nothing to do where the counts have been judged already."""
    return None if signalling.signals_are_due() else NothingToDo(result={"signals": []})


def perform(given: None, report: Reporter) -> None:
    """The counts are judged where the signals are written, so that none is raised twice."""
    report.phase("signals", 0, 1)


def settle(job: ClaimedJob, output: None) -> dict[str, Any]:
    """Raise them."""
    return {"signals": signalling.generate_signals(WORKER, job_id=job.job_id)}

"""prune_analytics_events: raw events older than 90 days go, counted first; nothing else (I19)."""

from typing import Any

from storage.audit.actor import WORKER
from storage.insights.pruning import Prunable, preview, prune
from storage.jobs.record import ClaimedJob
from worker.handler import NothingToDo, Reporter


def gather(job: ClaimedJob) -> Prunable | NothingToDo:
    """How many events would go."""
    found = preview()
    return found if found.events else NothingToDo(result=_result(found))


def perform(given: Prunable, report: Reporter) -> Prunable:
    """Say in the job's log what is about to go."""
    report.phase("preview", 0, given.events, "events")
    report.log(f"{given.events} events from before {given.before:%Y-%m-%d %H:%M} UTC go")
    return given


def settle(job: ClaimedJob, output: Prunable) -> dict[str, Any]:
    """Let them go."""
    return _result(prune(WORKER, job_id=job.job_id))


def _result(found: Prunable) -> dict[str, Any]:
    return found.model_dump(mode="json")

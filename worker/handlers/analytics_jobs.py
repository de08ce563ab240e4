"""analytics_jobs: what happened, counted by day, becomes signals and suggestions (JOBS §8).

A stage that fails is rolled back by itself and named in the result; the next one goes on with what
there is. Nothing here is slow: each stage is a few statements, so all of them are settled.
"""

from collections.abc import Callable
from typing import Any

from storage.audit.actor import WORKER
from storage.database import savepoint
from storage.errors import AccessViolation, StoreError
from storage.insights.aggregating import aggregate
from storage.insights.collecting import collect
from storage.insights.signalling import generate_signals
from storage.insights.suggesting import generate_suggestions
from storage.jobs.arguments import Analytics
from storage.jobs.record import ClaimedJob
from worker.handler import Reporter

Stage = Callable[[ClaimedJob], dict[str, Any]]

STAGES: dict[str, Stage] = {
    "collect": lambda job: collect(WORKER).model_dump(),
    "aggregate": lambda job: {"counts_changed": _counts_changed(job)},
    "signals": lambda job: {"signals": generate_signals(WORKER, job_id=job.job_id)},
    "suggestions": lambda job: {"suggestions": generate_suggestions(WORKER, job_id=job.job_id)},
}
"""In their order; each gives its part of the result."""


def gather(job: ClaimedJob) -> tuple[str, ...]:
    """The stages there are."""
    return tuple(STAGES)


def perform(given: tuple[str, ...], report: Reporter) -> tuple[str, ...]:
    """The same stages: they are taken where they are written."""
    for number, name in enumerate(given, start=1):
        report.phase(name, number, len(given), "stages")
    return given


def settle(job: ClaimedJob, output: tuple[str, ...]) -> dict[str, Any]:
    """Take every stage; `issues` names those that failed, and why."""
    result: dict[str, Any] = {}
    issues = []
    for name in output:
        try:
            with savepoint():
                result |= STAGES[name](job)
        except (StoreError, AccessViolation):
            raise
        except Exception as error:
            issues.append(f"{name}: {type(error).__name__}: {error}")
    return result | ({"issues": issues} if issues else {})


def _counts_changed(job: ClaimedJob) -> int:
    """Count the days that are due, and those that were asked for."""
    asked = job.arguments_as(Analytics).days
    return aggregate(WORKER).changed + (aggregate(WORKER, asked).changed if asked else 0)

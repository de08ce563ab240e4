"""debug: give the message back. The receipt proves that a job went all the way round."""

from typing import Any

from storage.jobs import arguments
from storage.jobs.record import ClaimedJob
from worker.handler import Reporter


def gather(job: ClaimedJob) -> str:
    """The message to echo."""
    return job.arguments_as(arguments.Debug).message


def perform(given: str, report: Reporter) -> str:
    """The message, by way of another process."""
    report.phase("echo", 1, 1)
    return given


def settle(job: ClaimedJob, output: str) -> dict[str, Any]:
    """The receipt."""
    return {"echo": output}

"""crud: a row created, read, updated, verified, deleted and confirmed gone, with the receipt of it.

The child prepares what is to be written; the rows are written by `settle`, in the transaction that
ends the attempt, because no child has the store. Whatever fails there takes the receipt with it.
"""

from typing import Any

from storage.audit.actor import WORKER
from storage.jobs import arguments
from storage.jobs.record import ClaimedJob
from storage.manifests.scratch import exercise
from storage.value import Value
from worker.handler import Reporter


class Values(Value):
    """What the row holds first, and what it is changed to."""

    first: str
    second: str


def gather(job: ClaimedJob) -> str:
    """The value to write."""
    return job.arguments_as(arguments.Crud).value


def perform(given: str, report: Reporter) -> Values:
    """Both values, by way of another process."""
    report.phase("prepare", 1, 1)
    return Values(first=given, second=f"{given} changed")


def settle(job: ClaimedJob, output: Values) -> dict[str, Any]:
    """The whole round, and the receipt: every step in the order it was done."""
    steps = exercise(WORKER, output.first, output.second, job_id=job.job_id, trace_id=job.trace_id)
    return {"lifecycle": list(steps), "created": output.first, "updated": output.second}

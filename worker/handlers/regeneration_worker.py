"""regeneration_worker: the one output of the oldest approved regeneration (JOBS §8).

What cannot be made is FAILED with its reason, and an officer may approve one retry.
"""

from typing import Any

from storage.audit.actor import WORKER
from storage.insights.digests import Material, digest, material
from storage.insights.regenerating import Digest, complete, fail, oldest_pending
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.handler import NothingToDo, Reporter


class Made(Value):
    """What became of a regeneration: a digest, or why there is none."""

    regeneration_id: str
    digest: Digest | None = None
    detail: str = ""


def gather(job: ClaimedJob) -> Material | NothingToDo:
    """All that the oldest pending regeneration is made of."""
    asked = oldest_pending()
    return material(asked) if asked else NothingToDo()


def perform(given: Material, report: Reporter) -> Made:
    """Put the words on record together."""
    report.phase("collect", 0, len(given.quotes), "quotes")
    report.count(entities_read=len(given.quotes))
    try:
        return Made(regeneration_id=given.regeneration_id, digest=digest(given))
    except Exception as error:
        return Made(regeneration_id=given.regeneration_id, detail=str(error) or repr(error))


def settle(job: ClaimedJob, output: Made) -> dict[str, Any]:
    """Keep the output, or the reason why there is none; refused when an older one waits."""
    about = {"regeneration_id": output.regeneration_id}
    if output.digest is None:
        fail(WORKER, output.regeneration_id, output.detail, job_id=job.job_id)
        return {**about, "status": "FAILED", "detail": output.detail}
    made = complete(WORKER, output.regeneration_id, output.digest, job_id=job.job_id)
    return {**about, "status": "COMPLETED", "output_id": made}

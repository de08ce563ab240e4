"""Handovers signed and corrected by the worker's own jobs."""

from storage.drafts import review
from storage.drafts.superseding import last_signed, request_correction
from storage.drafts.views import DraftView
from storage.jobs.states import JobStatus
from storage.jobs.views import show_job
from storage.vessel.views import the_vessel
from tests.builders import (
    a_captain,
    a_second_officer,
    accepted_and_signed,
)
from tests.worker.handlers.conftest import drain, generated

LEAK = "Port bilge pump leaks at the shaft seal."
GUEST = "Guest in cabin 3 wants no seafood."
LAMP = "Anchor light is out and not repaired."
WHY = "The leak was on the starboard pump."


def signed() -> str:
    """What the worker drafts now, reviewed and signed; returns its id."""
    return accepted_and_signed(in_review(generated()))


def in_review(draft_id: str) -> str:
    review.begin_review(a_second_officer().actor, draft_id)
    return draft_id


def corrected(draft_id: str, reason: str = WHY) -> str:
    """The draft that corrects a signed handover."""
    job_id = request_correction(a_captain().actor, draft_id, reason=reason).job_id
    drain()
    job = show_job(job_id)
    assert job.status is JobStatus.COMPLETED, job.error
    return str((job.result or {})["draft_id"])


def shown(view: DraftView) -> dict[str, str]:
    """Text by entry, of what is not derived."""
    return {
        "+".join(sorted(item.sources.entries)): item.text
        for item in view.items().values()
        if item.bucket != "Command"
    }


def in_force() -> str | None:
    row = last_signed(the_vessel().id)
    return row and row.id

"""What somebody who leaves has open: told, and never lost by their going."""

from storage.database import read_only
from storage.drafts.states import DraftState
from storage.drafts.tables import Draft
from storage.handovers.snapshot import Position
from storage.handovers.tables import HandoverSignature
from storage.jobs.states import JobStatus
from storage.jobs.tables import Job
from storage.people.states import ResetState
from storage.people.tables import Person, PinReset
from storage.value import Value


class OpenWork(Value):
    """One thing that goes on without them: what it is, and what becomes of it."""

    kind: str
    id: str
    sentence: str


def open_work_of(person_id: str) -> list[OpenWork]:
    """What this person accepted, asked for or proposed that has not ended yet."""
    with read_only():
        return [*_accepted(person_id), *_jobs(person_id), *_resets(person_id)]


def _accepted(person_id: str) -> list[OpenWork]:
    signed = (HandoverSignature.draft_id == Draft.id) & (
        HandoverSignature.review_round == Draft.review_round
    )
    rows = Draft.select(Draft.id).join(HandoverSignature, on=signed).where(
        Draft.state == DraftState.ACCEPTED.value,
        HandoverSignature.position == Position.OUTGOING.value,
        HandoverSignature.person_id == person_id,
    )  # fmt: skip
    said = "the handover they accepted waits for its countersignature; the relief may decline it"
    return [OpenWork(kind="draft", id=row.id, sentence=f"{said} ({row.id})") for row in rows]


def _jobs(person_id: str) -> list[OpenWork]:
    unfinished = Job.status.in_([JobStatus.QUEUED.value, JobStatus.RUNNING.value])
    rows = Job.select().where(Job.requested_by == person_id, unfinished).order_by(Job.created_at)
    return [
        OpenWork(
            kind="job", id=row.job_id,
            sentence=f"a job they asked for goes on: {row.kind.replace('_', ' ')} ({row.job_id})",
        )
        for row in rows
    ]  # fmt: skip


def _resets(person_id: str) -> list[OpenWork]:
    mine = (PinReset.proposed_by == person_id) & (PinReset.state == ResetState.OPEN.value)
    names = {row.id: row.name for row in Person.select(Person.id, Person.name)}
    return [
        OpenWork(
            kind="pin_reset", id=row.id,
            sentence=f"the new PIN they proposed for {names[row.person_id]} waits to be confirmed",
        )
        for row in PinReset.select().where(mine)
    ]  # fmt: skip

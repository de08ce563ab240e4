"""Failures by their likeness, and who answers for them. Acknowledging deletes nothing: the jobs and
their errors stay, and what happens again afterwards is unanswered again (CONSOLE rule 12)."""

from datetime import datetime

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.database import read_only
from storage.engine import insert_rows, ledger
from storage.errors import BadInput, NotFound, WrongState
from storage.jobs.likeness import failure_id, pattern_of
from storage.jobs.tables import FailureAcknowledgement, FailureGroup
from storage.jobs.together import Acknowledgement, FailureRecord

PAGE = 100

_COUNT = """
INSERT INTO failure_group
    (failure_id, kind, error_type, pattern, count, first_at, last_at, last_job_id, last_message)
VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)
ON CONFLICT (failure_id) DO UPDATE SET count = failure_group.count + 1,
    last_at = excluded.last_at, last_job_id = excluded.last_job_id,
    last_message = excluded.last_message
"""
_NOTE = "INSERT INTO job_failure (failure_id, job_id, attempt_id, at) VALUES (?, ?, ?, ?)"
_KIND = "SELECT kind FROM job WHERE job_id = ?"


def note_failure(job_id: str, attempt_id: str, error_type: str, message: str, at: datetime) -> None:
    """Count one failed attempt with those it is like, in the transaction that ends it."""
    kind = ledger.execute_sql(_KIND, (job_id,)).fetchone()[0]
    pattern, moment = pattern_of(message), to_text(at)
    alike = failure_id(kind, error_type, pattern)
    facts = (alike, kind, error_type, pattern, moment, moment, job_id, message)
    ledger.execute_sql(_COUNT, facts)
    ledger.execute_sql(_NOTE, (alike, job_id, attempt_id, moment))


def acknowledge(actor: Actor, failure: str, *, reason: str, owner: str) -> None:
    """Say who answers for a failure and why it may stand.

    Raises:
        NotFound. BadInput: no reason or no owner. WrongState: it is acknowledged, and has not
        happened since.
    """
    with act(actor, "failure.acknowledged", "failure", failure) as deed:
        record = show_failure(failure)
        if not reason.strip() or not owner.strip():
            raise BadInput(why="Acknowledging a failure takes a reason and an owner.")
        refusal = why_not_acknowledge(record)
        if refusal:
            raise WrongState(why=refusal)
        deed.detail = {"reason": reason, "owner": owner, "count": record.count}
        row = {
            "failure_id": failure, "count": record.count, "reason": reason, "owner": owner,
            "acknowledged_by": actor.id, "acknowledged_by_name": actor.name, "at": deed.at,
        }  # fmt: skip
        insert_rows(FailureAcknowledgement, [row])


def why_not_acknowledge(failure: FailureRecord) -> str | None:
    """Why nobody has to answer for a failure now; None when somebody has."""
    if failure.unanswered:
        return None
    return "It is acknowledged already and has not happened since."


def failure_groups(*, unanswered_only: bool = False, limit: int = PAGE) -> list[FailureRecord]:
    """Failures by their likeness, the last to happen first."""
    with read_only():
        rows = FailureGroup.select().order_by(
            FailureGroup.last_at.desc(), FailureGroup.failure_id.desc()
        )
        records = (_record(row) for row in rows.limit(limit))
        return [record for record in records if record.unanswered or not unanswered_only]


def show_failure(failure: str) -> FailureRecord:
    """One of them.

    Raises:
        NotFound.
    """
    with read_only():
        row = FailureGroup.get_or_none(FailureGroup.failure_id == failure)
        if row is None:
            raise NotFound(kind="failure", id=failure)
        return _record(row)


def _record(row: FailureGroup) -> FailureRecord:
    own = {"acknowledged"}
    fields = {name: getattr(row, name) for name in FailureRecord.model_fields if name not in own}
    return FailureRecord(**fields, acknowledged=_last_answer(row.failure_id))


def _last_answer(failure: str) -> Acknowledgement | None:
    found = (
        FailureAcknowledgement.select()
        .where(FailureAcknowledgement.failure_id == failure)
        .order_by(FailureAcknowledgement.seq.desc())
        .first()
    )
    return found and Acknowledgement.model_validate(found, from_attributes=True)

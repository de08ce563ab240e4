"""Submitting many unlike requests at once, all or none: a few statements for each five hundred.

What takes long of a submission is to check it; that is done before, without the write lock.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, Unpack

from storage.audit.actions import Happening, append_all
from storage.audit.actor import Actor
from storage.database import on_commit, transaction
from storage.engine import insert_rows, ledger
from storage.identity import new_id
from storage.jobs import doorbell
from storage.jobs.kind_spec import Duplicate
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.membership import admit
from storage.jobs.record import Origin, Submitted
from storage.jobs.submission import (
    Terms,
    checked_columns,
    created,
    event_of,
    first_state,
    row_of,
    submit,
)
from storage.jobs.tables import Job

AT_ONCE = 500
_KNOWN = "SELECT idempotency_key, job_id FROM job WHERE idempotency_key IN ({marks})"


class Prepared(NamedTuple):
    """A request that was checked: the columns of the job it will be, as JSON can hold them."""

    columns: dict[str, Any]

    def of(self, group_id: str, idempotency_key: str) -> "Prepared":
        """The same as a child of a group, under a key that makes it once only."""
        return Prepared({**self.columns, "group_id": group_id, "idempotency_key": idempotency_key})


def prepare(
    actor: Actor, kind: JobKind, arguments: dict[str, Any], **terms: Unpack[Terms]
) -> Prepared:
    """Check a request ahead of its transaction; nothing is queued yet.

    Raises:
        BadInput, TooLong: as `submit` does.
    """
    return Prepared(checked_columns(actor, kind, arguments, terms)[1])


def submit_all(
    actor: Actor, requests: Iterable[Prepared], *, group_id: str, trace_id: str
) -> Iterator[list[Submitted]]:
    """Queue every request in the caller's transaction; what became of them, in order, in parts.

    Raises:
        NotFound, WrongState: there is no such group, or it takes no more jobs.
    """
    waiting = iter(requests)
    with transaction():
        admit(group_id, None)
        while part := list(islice(waiting, AT_ONCE)):
            yield _submit_part(actor, part, trace_id)
        on_commit(doorbell.ring)


def _submit_part(actor: Actor, part: Sequence[Prepared], trace_id: str) -> list[Submitted]:
    known, rows, happenings = _known(part), list[dict[str, Any]](), list[Happening]()
    answers = []
    for (columns,) in part:
        before = known.get(columns["idempotency_key"])
        if before is not None:
            answers.append(Submitted(job_id=before, created=False, reason="same_key"))
        elif KINDS[JobKind(columns["kind"])].duplicate is not Duplicate.ALLOWED:
            answers.append(_submit_one(actor, columns, trace_id))
        else:
            row, happening = _new(actor, columns, trace_id)
            rows.append(row)
            happenings.append(happening)
            answers.append(created(row["job_id"]))
    insert_rows(Job, rows)
    append_all(actor, happenings)
    return answers


def _known(part: Sequence[Prepared]) -> dict[str, str]:
    """The jobs that were asked for by these keys before."""
    keys = [key for (columns,) in part if (key := columns["idempotency_key"])]
    marks = ", ".join("?" * len(keys))
    return dict(ledger.execute_sql(_KNOWN.format(marks=marks), keys).fetchall())


def _submit_one(actor: Actor, columns: dict[str, Any], trace_id: str) -> Submitted:
    """The usual way, for kinds of which one active job may be enough."""
    return submit(
        actor, columns["kind"], columns["arguments"], subject=columns["subject"],
        vessel_id=columns["vessel_id"], priority=columns["priority"], trace_id=trace_id,
        idempotency_key=columns["idempotency_key"], origin=Origin(columns["origin"]),
        group_id=columns["group_id"],
    )  # fmt: skip


def _new(actor: Actor, columns: dict[str, Any], trace_id: str) -> tuple[dict[str, Any], Happening]:
    with transaction() as at:
        job_id, (detail, outcome) = new_id(), event_of(columns)
        row = row_of(job_id, trace_id, actor, {**columns, **first_state(at, None)})
    return row, Happening("job.submitted", "job", job_id, detail, outcome, job_id, trace_id)

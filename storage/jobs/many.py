"""Submitting many unlike requests at once, all or none: a few statements for each five hundred."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from storage.audit.actions import Happening, append_all
from storage.audit.actor import Actor
from storage.database import on_commit, transaction
from storage.engine import insert_rows, ledger
from storage.identity import new_id
from storage.jobs import doorbell
from storage.jobs.kinds import Duplicate, JobKind
from storage.jobs.limits import effective
from storage.jobs.membership import admit
from storage.jobs.record import Submitted
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


class Request(NamedTuple):
    """One job that is asked for."""

    kind: JobKind
    arguments: dict[str, Any]
    terms: Terms


def submit_all(
    actor: Actor, requests: Iterable[Request], *, group_id: str
) -> Iterator[list[Submitted]]:
    """Queue every request as a child of one group; what became of them, in order, part by part.

    Nothing is queued when it raises, whoever has taken parts already: the caller holds the
    transaction.

    Raises:
        What `submit` raises.
    """
    waiting = iter(requests)
    with transaction():
        admit(group_id, None)
        while part := list(islice(waiting, AT_ONCE)):
            yield _submit_part(actor, part, group_id)
        on_commit(doorbell.ring)


def _submit_part(actor: Actor, part: Sequence[Request], group_id: str) -> list[Submitted]:
    known, rows, happenings = _known(part), list[dict[str, Any]](), list[Happening]()
    answers = []
    for kind, arguments, terms in part:
        key, terms = terms.get("idempotency_key"), Terms(**{**terms, "group_id": group_id})
        if key in known:
            answers.append(Submitted(job_id=known[key], created=False, reason="same_key"))
        elif effective(kind).duplicate is not Duplicate.ALLOWED:
            answers.append(submit(actor, kind, arguments, **terms))
        else:
            row, happening = _new(actor, kind, arguments, terms)
            rows.append(row)
            happenings.append(happening)
            answers.append(created(row["job_id"]))
    insert_rows(Job, rows)
    append_all(actor, happenings)
    return answers


def _known(part: Sequence[Request]) -> dict[str, str]:
    """The jobs that were asked for by these keys before."""
    keys = [key for _, _, terms in part if (key := terms.get("idempotency_key"))]
    marks = ", ".join("?" * len(keys))
    return dict(ledger.execute_sql(_KNOWN.format(marks=marks), keys).fetchall())


def _new(
    actor: Actor, kind: JobKind, arguments: dict[str, Any], terms: Terms
) -> tuple[dict[str, Any], Happening]:
    with transaction() as at:
        _, columns = checked_columns(actor, kind, arguments, terms)
        job_id, trace_id = new_id(), terms.get("trace_id") or new_id()
        detail, outcome = event_of(columns)
        columns |= first_state(at, terms.get("available_at"))
    happening = Happening("job.submitted", "job", job_id, detail, outcome, job_id, trace_id)
    return row_of(job_id, trace_id, actor, columns), happening

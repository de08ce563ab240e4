"""Submitting: a job is a row in the caller's own transaction, so nothing is ever lost between
what happened and the work it causes."""

import os
from datetime import datetime
from typing import Any, TypedDict, Unpack

from storage.audit.actions import Happening, act, append_all, asking
from storage.audit.actor import Actor
from storage.database import on_commit
from storage.engine import insert_rows
from storage.errors import BadInput
from storage.identity import new_id
from storage.jobs import doorbell
from storage.jobs.access import bounds, entities, why_not_entities, why_not_mode
from storage.jobs.arguments import checked
from storage.jobs.duplicates import duplicate_key, instead_of
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.limits import effective
from storage.jobs.membership import admit
from storage.jobs.record import Operation, Origin, Scope, Submitted
from storage.jobs.states import JobStatus, Reason
from storage.jobs.tables import Job

PROTOCOL = "eightbells.job/1"
PROFILE = "default"


class Terms(TypedDict, total=False):
    """What else may be said of a job when it is submitted."""

    subject: str  # the id of what it works on: the draft, the handover
    vessel_id: str | None
    priority: int | None  # 0 background … 4 raised by a person; None is the kind's own
    idempotency_key: str | None  # the same key twice is the same job
    trace_id: str | None  # shared by everything one request causes
    origin: Origin
    available_at: datetime | None  # not before
    parent_id: str | None
    group_id: str | None
    scope: Scope


def dry_run() -> bool:
    """Whether `JOB_DRY_RUN=1`: jobs are recorded and audited, and do nothing (I18)."""
    return os.environ.get("JOB_DRY_RUN") == "1"


def submit(
    actor: Actor, kind: JobKind | str, arguments: dict[str, Any], **terms: Unpack[Terms]
) -> Submitted:
    """Queue a job inside the caller's transaction, or give back the one that already does it.

    Workers are woken after the commit.

    Raises:
        BadInput, TooLong: unknown kind, bad arguments (field by field) or priority; nothing queued.
        NotFound, WrongState: no such parent or group, or the group takes no more jobs.
    """
    known, columns = checked_columns(actor, kind, arguments, terms)
    job_id, trace = new_id(), terms.get("trace_id") or new_id()
    with act(actor, "job.submitted", "job", job_id, job_id=job_id, trace_id=trace) as deed:
        existing = instead_of(
            columns["duplicate_key"],
            columns["idempotency_key"],
            effective(known).cooldown_s,
            deed.at,
        )
        if existing is not None:
            deed.unchanged()
            return existing
        admit(columns["group_id"], columns["parent_id"])
        deed.detail, deed.outcome = event_of(columns)
        columns |= first_state(deed.at, terms.get("available_at"))
        insert_rows(Job, [row_of(job_id, trace, actor, columns)])
        on_commit(doorbell.ring)
    return created(job_id)


def submit_many(
    actor: Actor,
    kind: JobKind | str,
    arguments: dict[str, Any],
    number: int,
    **terms: Unpack[Terms],
) -> list[Submitted]:
    """Submit the same request several times, all or none, each job with its own event.

    Raises:
        What `submit` raises; nothing is queued then.
    """
    _, columns = checked_columns(actor, kind, arguments, terms)
    with act(actor, "job.submitted", "job") as deed:
        deed.unchanged()  # each job has its own event
        if columns["duplicate_key"] or columns["idempotency_key"]:
            return [submit(actor, kind, arguments, **terms) for _ in range(number)]
        admit(columns["group_id"], columns["parent_id"])
        detail, outcome = event_of(columns)
        columns |= first_state(deed.at, terms.get("available_at"))
        ids = [(new_id(), terms.get("trace_id") or new_id()) for _ in range(number)]
        insert_rows(Job, [row_of(job_id, trace, actor, columns) for job_id, trace in ids])
        append_all(actor, [
            Happening("job.submitted", "job", job_id, detail, outcome, job_id, trace)
            for job_id, trace in ids
        ])  # fmt: skip
        on_commit(doorbell.ring)
        return [created(job_id) for job_id, _ in ids]


def row_of(job_id: str, trace_id: str, actor: Actor, columns: dict[str, Any]) -> dict[str, Any]:
    """A new job as its table holds it."""
    asked_by = {"requested_by": actor.id, "requested_by_name": actor.name}
    return {"job_id": job_id, "trace_id": trace_id, **asked_by, **columns}


def event_of(columns: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """What the audit log says of a submission, and its outcome."""
    detail = {name: columns[name] for name in ("kind", "subject", "origin")}
    return detail, "dry_run" if dry_run() else "done"


def created(job_id: str) -> Submitted:
    """The answer about a job that was not there before."""
    return Submitted(job_id=job_id, created=True, reason="dry_run" if dry_run() else "created")


def checked_columns(
    actor: Actor, kind: JobKind | str, arguments: dict[str, Any], terms: Terms
) -> tuple[JobKind, dict[str, Any]]:
    """The kind, and the columns that say what is asked; a refusal is recorded here."""
    with asking(actor, "job.submitted", "job", ""):
        known = _known_kind(kind)
        value = checked(KINDS[known].arguments, arguments).model_dump(mode="json")
        return known, _columns(known, value, terms)


def _known_kind(kind: JobKind | str) -> JobKind:
    try:
        return JobKind(kind)
    except ValueError:
        raise BadInput(why=f"There is no job kind {kind!r}; `job kinds` lists them.") from None


def _columns(kind: JobKind, arguments: dict[str, Any], terms: Terms) -> dict[str, Any]:
    spec = effective(kind)
    subject, vessel_id = terms.get("subject", ""), terms.get("vessel_id")
    priority = terms.get("priority")
    return {
        "kind": kind.value,
        "attempt": 0,
        "requeues": 0,
        "queue": spec.queue.value,
        "priority": _tier(spec.priority if priority is None else priority),
        "lock_key": f"{spec.lock}:{vessel_id or ''}" if spec.lock else "",
        "duplicate_key": duplicate_key(kind, spec, subject or vessel_id or "", arguments),
        "idempotency_key": terms.get("idempotency_key"),
        "origin": terms.get("origin", Origin.USER).value,
        "vessel_id": vessel_id,
        "subject": subject,
        "arguments": arguments,
        "protocol_id": PROTOCOL,
        "profile_id": PROFILE,
        "capability_profile_id": spec.colour.value,
        "parent_id": terms.get("parent_id"),
        "group_id": terms.get("group_id"),
        **_scope_columns(kind, arguments, terms),
    }


def _tier(priority: int) -> int:
    if isinstance(priority, bool) or priority not in range(5):
        raise BadInput(why=f"priority: {priority} is not one of 0 (background) to 4 (raised).")
    return priority


def _scope_columns(kind: JobKind, arguments: dict[str, Any], terms: Terms) -> dict[str, Any]:
    """The kind's own scope, or the lesser one that was asked for."""
    spec, scope = KINDS[kind], terms.get("scope", Scope())
    mode = scope.access_mode or spec.access_mode
    own = entities(spec.writes, arguments)
    refusal = why_not_mode(kind, spec.access_mode, mode) or why_not_entities(own, scope.entity_refs)
    if refusal:
        raise BadInput(why=refusal)
    refs = bounds(mode, scope.entity_refs or own)
    planned = scope.planned_operations or tuple(Operation(op="write", target=ref) for ref in refs)
    return {
        "access_mode": mode.value,
        "safety_mode": scope.safety_mode.value,
        "entity_refs": list(refs),
        "planned_operations": [operation.model_dump() for operation in planned],
    }


def first_state(at: datetime, available_at: datetime | None) -> dict[str, Any]:
    """A job at its beginning: queued; a dry run is finished the moment it is recorded."""
    times = {
        "created_at": at,
        "queued_at": at,
        "available_at": max(at, available_at or at),
        "last_activity_at": at,
    }
    if dry_run():
        state = {"status": JobStatus.COMPLETED, "status_reason": Reason.DRY_RUN, "finished_at": at}
    else:
        state = {"status": JobStatus.QUEUED, "status_reason": Reason.QUEUED, "finished_at": None}
    return {**times, **state}

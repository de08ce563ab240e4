"""Submitting: a job is a row in the caller's own transaction, so nothing is ever lost between
what happened and the work it causes."""

import os
from datetime import datetime
from typing import Any, TypedDict, Unpack

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.database import on_commit
from storage.engine import insert_rows
from storage.errors import BadInput
from storage.identity import new_id
from storage.jobs import doorbell
from storage.jobs.arguments import checked
from storage.jobs.duplicates import duplicate_key, instead_of
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import Origin, Scope, Submitted
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
    """
    known, columns = _checked(actor, kind, arguments, terms)
    job_id, trace = new_id(), terms.get("trace_id") or new_id()
    with act(actor, "job.submitted", "job", job_id, job_id=job_id, trace_id=trace) as deed:
        existing = instead_of(
            columns["duplicate_key"], columns["idempotency_key"], KINDS[known].cooldown_s, deed.at
        )
        if existing is not None:
            deed.unchanged()
            return existing
        deed.detail = {name: columns[name] for name in ("kind", "subject", "origin")}
        deed.outcome = "dry_run" if dry_run() else "done"
        row = {
            "job_id": job_id,
            "trace_id": trace,
            "requested_by": actor.id,
            "requested_by_name": actor.name,
            **columns,
            **_first_state(deed.at, terms.get("available_at")),
        }
        insert_rows(Job, [row])
        on_commit(doorbell.ring)
    return Submitted(job_id=job_id, created=True, reason=deed.outcome.replace("done", "created"))


def _checked(
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
    spec = KINDS[kind]
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
        **_scope_columns(terms.get("scope", Scope())),
    }


def _tier(priority: int) -> int:
    if isinstance(priority, bool) or priority not in range(5):
        raise BadInput(why=f"priority: {priority} is not one of 0 (background) to 4 (raised).")
    return priority


def _scope_columns(scope: Scope) -> dict[str, Any]:
    return {
        "access_mode": scope.access_mode.value,
        "safety_mode": scope.safety_mode.value,
        "entity_refs": list(scope.entity_refs),
        "planned_operations": [operation.model_dump() for operation in scope.planned_operations],
    }


def _first_state(at: datetime, available_at: datetime | None) -> dict[str, Any]:
    """Queued; a dry run is finished the moment it is recorded."""
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

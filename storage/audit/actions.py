"""Recording: one verb, one transaction, one event; a refusal is an event too (I1, I20)."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from storage.audit.actor import Actor
from storage.audit.chain import COLUMNS, GENESIS, event_hash
from storage.audit.confinement import accounted, check_subject
from storage.audit.rights import check_right
from storage.audit.service import check_service
from storage.canonical import canonical_json
from storage.clock import to_text
from storage.database import read_only, transaction
from storage.engine import execute_many, ledger
from storage.errors import Refused

NEW = ""
"""The subject id of an act that makes its subject; the verb sets `deed.subject_id`."""

_LAST = "SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1"
_APPEND = (
    f"INSERT INTO audit_event ({', '.join(COLUMNS)}, hash) "
    f"VALUES ({', '.join('?' * len(COLUMNS))}, ?)"
)


@dataclass
class Deed:
    """An act in progress: the moment all its rows share, and what the event will say."""

    at: datetime
    subject_id: str
    detail: dict[str, Any] = field(default_factory=dict)
    outcome: str = "done"
    silent: bool = False

    def unchanged(self) -> None:
        """Say that nothing was changed after all (an idempotent repeat), so nothing is recorded."""
        self.silent = True


class Happening(NamedTuple):
    """One event as `append_all` takes it."""

    action: str
    subject_kind: str
    subject_id: str
    detail: dict[str, Any]
    outcome: str = "done"
    job_id: str | None = None
    trace_id: str | None = None


@contextmanager
def act(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str = NEW,
    *,
    job_id: str | None = None,
    trace_id: str | None = None,
) -> Iterator[Deed]:
    """Open the transaction of one verb and close it with its one audit event.

    The actor needs the right (rights.py), and a person has to be aboard still.
    `action` is `noun.participle` (`draft.accepted`). When the block raises `Refused` everything
    it wrote is rolled back and the refusal is recorded in a transaction of its own. A verb called
    inside another verb joins the outer transaction and adds its own event there.
    """
    deed: Deed | None = None
    try:
        with transaction() as at:
            deed = Deed(at, subject_id)
            _check_actor(actor, action)
            with accounted():
                yield deed
                if not deed.silent:
                    append(
                        actor, action, subject_kind, deed.subject_id, deed.detail,
                        outcome=deed.outcome, job_id=job_id, trace_id=trace_id,
                    )  # fmt: skip
    except Refused as refusal:
        _record_refusal(refusal, actor, action, subject_kind, subject_id, job_id, trace_id)
        raise


@contextmanager
def asking(actor: Actor, action: str, subject_kind: str, subject_id: str = NEW) -> Iterator[None]:
    """Ask the rules of a verb ahead of its transaction: a refusal is recorded, nothing else is."""
    try:
        with read_only():
            _check_actor(actor, action)
            yield
    except Refused as refusal:
        _record_refusal(refusal, actor, action, subject_kind, subject_id, None, None)
        raise


def _check_actor(actor: Actor, action: str) -> None:
    check_right(actor, action)
    check_service(actor)


def append(
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    detail: dict[str, Any],
    *,
    outcome: str = "done",
    job_id: str | None = None,
    trace_id: str | None = None,
) -> int:
    """Add one event to the chain inside the caller's transaction; returns its sequence number."""
    happening = Happening(action, subject_kind, subject_id, detail, outcome, job_id, trace_id)
    return append_all(actor, [happening])


def append_all(actor: Actor, happenings: Iterable[Happening]) -> int:
    """Add events one after the other, as `append` would; returns the last sequence number."""
    with transaction() as at:
        last = ledger.execute_sql(_LAST).fetchone()
        seq, prev = last or (0, GENESIS)
        who, rows = (to_text(at), actor.kind.value, actor.id, actor.name), []
        for it in happenings:
            check_subject(it.subject_kind, it.subject_id)
            seq += 1
            values = (
                seq, *who, it.action, it.outcome, it.subject_kind, it.subject_id,
                it.job_id, it.trace_id, canonical_json(it.detail).decode(), prev,
            )  # fmt: skip
            prev = event_hash(values)
            rows.append((*values, prev))
        execute_many(_APPEND, rows)
        return int(seq)


def _record_refusal(
    refusal: Refused,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str,
    job_id: str | None,
    trace_id: str | None,
) -> None:
    if ledger.in_transaction() or getattr(refusal, "recorded", False):
        return  # the verb around this one rolls back and records the refusal
    detail = {"code": refusal.code, "why": str(refusal)}
    append(
        actor, action, subject_kind, subject_id, detail,
        outcome="refused", job_id=job_id, trace_id=trace_id,
    )  # fmt: skip
    refusal.recorded = True  # type: ignore[attr-defined]

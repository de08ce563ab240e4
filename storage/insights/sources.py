"""Which facts on record become which raw events. Reading only; `collecting` keeps them."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from storage.engine import ledger
from storage.insights.faults import faulty_equipment
from storage.insights.states import EventType

_ENTRIES = """
SELECT seq, id, created_at, narrative, primary_domain, reasons, EXISTS (
    SELECT 1 FROM entry_proposal p WHERE p.entry_id = entry.id AND p.source_kind = 'suggestion')
FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq
"""
_AUDIT = """
SELECT e.seq, e.at, e.action, e.subject_id, e.detail, job.kind
FROM audit_event e LEFT JOIN job ON job.job_id = e.job_id
WHERE e.seq > ? AND e.seq <= ? AND e.outcome = 'done' ORDER BY e.seq
"""
_SHOWN = """
SELECT i.id, i.domain, i.text = i.machine_text AND NOT EXISTS (
        SELECT 1 FROM draft_edit e WHERE e.item_id = i.id AND e.kind <> 'move'),
    i.carried_count > 1, (
    SELECT min(s.source_id) FROM draft_item_source s WHERE s.item_id = i.id AND s.kind = 'entry')
FROM draft_item i WHERE i.draft_id = ? AND i.status = 'shown' AND i.bucket <> 'Command'
ORDER BY i.bucket, i.position, i.id
"""
_CARRIED = """
SELECT min(o.source_id) FROM draft_item_source s
JOIN draft_item i ON i.id = s.item_id AND i.carried_count > 1
JOIN draft_item_source o ON o.item_id = i.id AND o.kind = 'entry'
WHERE s.kind = 'entry' AND s.source_id = ? GROUP BY i.id ORDER BY i.id DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A raw event about to be kept; `source` tells the fact it was read from.

    `at` is the store's own text of a time, as everywhere here: there are thousands, and none is
    reckoned with.
    """

    type: EventType
    subject_kind: str
    subject_id: str
    at: str
    source: str
    metadata: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Act:
    """One event of the audit log; `kind` is that of its job."""

    seq: int
    at: str
    subject_id: str
    detail: dict[str, Any]
    kind: str | None


def of_entries(after: int, upto: int) -> Iterator[Event]:
    """Each entry as it was captured, with the equipment it says is faulty.

    What was captured because a signal said so is no further fault, else a signal would feed itself.
    """
    rows = ledger.execute_sql(_ENTRIES, (after, upto)).fetchall()
    for _, entry_id, at, narrative, domain, reasons, suggested in rows:
        fault = "" if suggested else faulty_equipment(narrative, domain, json.loads(reasons))
        yield Event(
            type=EventType.ENTRY_CAPTURED, subject_kind="entry", subject_id=entry_id,
            at=at, source=entry_id,
            metadata={"domain": domain, "fault": fault},
        )  # fmt: skip


def of_audit(after: int, upto: int) -> Iterator[Event]:
    """What acts on record mean for the insights; an act of an action not listed means nothing."""
    rows = ledger.execute_sql(_AUDIT, (after, upto)).fetchall()
    for seq, at, action, subject_id, detail, kind in rows:
        if read := READ.get(action):
            yield from read(Act(seq, at, subject_id, json.loads(detail), kind))


def _draft(kind: EventType, act: Act, source: str) -> Event:
    return Event(
        type=kind, subject_kind="draft", subject_id=act.subject_id, at=act.at, source=source
    )


def _generated(act: Act) -> Iterator[Event]:
    yield _draft(EventType.DRAFT_GENERATED, act, act.subject_id)


def _declined(act: Act) -> Iterator[Event]:
    yield _draft(EventType.HANDOVER_DECLINED, act, str(act.seq))


def _edited(act: Act) -> Iterator[Event]:
    """An item is edited once, however often it is reworded."""
    yield Event(
        type=EventType.ITEM_EDITED, subject_kind="item", subject_id=act.subject_id, at=act.at,
        source=act.subject_id,
    )  # fmt: skip


def _signed(act: Act) -> Iterator[Event]:
    """A signature keeps every item that still says what was drafted.

    A matter is carried the first time it stands in a handover again; it is known by its first
    entry, which stays the same from one handover to the next.
    """
    yield _draft(EventType.HANDOVER_SIGNED, act, act.subject_id)
    for item_id, domain, unedited, carried, matter in ledger.execute_sql(
        _SHOWN, (act.subject_id,)
    ).fetchall():
        facts = {"domain": domain}
        if unedited:
            yield Event(
                type=EventType.ITEM_KEPT, subject_kind="item", subject_id=item_id, at=act.at,
                source=item_id, metadata=facts,
            )  # fmt: skip
        if carried and matter:
            yield Event(
                type=EventType.ITEM_CARRIED, subject_kind="item", subject_id=item_id, at=act.at,
                source=matter, metadata=facts,
            )  # fmt: skip


def _resolved(act: Act) -> Iterator[Event]:
    """Resolving an entry resolves the matter it stands in, if that was ever carried on."""
    row = ledger.execute_sql(_CARRIED, (act.subject_id,)).fetchone()
    if row is not None:
        yield Event(
            type=EventType.ITEM_RESOLVED, subject_kind="entry", subject_id=act.subject_id,
            at=act.at, source=row[0],
        )  # fmt: skip


def _settled(act: Act) -> Iterator[Event]:
    yield Event(
        type=EventType.JOB_SETTLED, subject_kind="job", subject_id=act.subject_id, at=act.at,
        source=str(act.seq),
        metadata={"kind": act.kind or "", "attempt": act.detail.get("attempt", 1)},
    )  # fmt: skip


READ: dict[str, Callable[[Act], Iterator[Event]]] = {
    "draft.generated": _generated,
    "draft.item_edited": _edited,
    "draft.item_split": _edited,
    "draft.item_suppressed": _edited,
    "draft.items_merged": _edited,
    "draft.declined": _declined,
    "handover.signed": _signed,
    "entry.resolved": _resolved,
    "job.completed": _settled,
    "job.failed": _settled,
}
"""Audit action → the events it means."""

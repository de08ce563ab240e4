"""Signed handovers and exports as shown, and what is still missing before a signature."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import peewee

from storage.clock import to_text
from storage.database import read_only
from storage.drafts import rules
from storage.drafts.states import ConcernKind
from storage.drafts.views import DraftView, draft
from storage.errors import NotFound
from storage.filtering import Expression
from storage.handovers.comparing import Comparison, compare
from storage.handovers.composing import critical_items
from storage.handovers.correcting import superseded_by
from storage.handovers.filters import matches
from storage.handovers.read_backs import why_not_read_back
from storage.handovers.snapshot import DeclineRecord, Position, ReadBack, Snapshot, Superseded
from storage.handovers.tables import (
    Handover,
    HandoverDecline,
    HandoverExport,
    HandoverSignature,
    ReadBackRow,
)
from storage.taxonomy.domains import Bucket
from storage.value import Value


class Signatory(Value):
    """Who signed, as what, when."""

    position: Position
    person_id: str
    name: str
    role: str
    signed_at: datetime


class ExportView(Value):
    """One export; `path` is relative to the store's folder, `hashes` file name → SHA-256."""

    id: str
    draft_id: str
    type: str
    path: str
    hashes: dict[str, str]
    exporter: str
    recipients: tuple[str, ...]
    at: datetime


class HandoverView(Value):
    """One signed handover as a list shows it."""

    draft_id: str
    document_number: str
    document_hash: str
    signed_at: datetime
    period_from: datetime
    period_to: datetime
    supersedes: Superseded | None = None
    superseded_by: str | None = None
    """The document number of the signed correction, which is authoritative instead."""
    signatories: tuple[Signatory, ...]
    exports: tuple[ExportView, ...]


class HandoverQuery(Value):
    """What to list; every filter given must hold. `signed_on` is a UTC date, YYYY-MM-DD."""

    signed_on: str | None = None
    where: Expression | None = None


Cursor = tuple[datetime, str]
"""The (signed_at, draft id) of the last row seen; the next page starts after it."""


def list_handovers(
    query: HandoverQuery | None = None, *, after: Cursor | None = None, limit: int = 200
) -> list[HandoverView]:
    """Signed handovers, newest first, at most `limit`, beyond the cursor."""
    rows = Handover.select().where(*_conditions(query or HandoverQuery()))
    if after is not None:
        place = peewee.Tuple(Handover.signed_at, Handover.draft_id)
        rows = rows.where(place < (to_text(after[0]), after[1]))
    with read_only():
        ordered = rows.order_by(Handover.signed_at.desc(), Handover.draft_id.desc())
        return [_view(row) for row in ordered.limit(limit)]


def count_handovers(query: HandoverQuery | None = None) -> int:
    """How many signed handovers the query matches."""
    with read_only():
        return int(Handover.select().where(*_conditions(query or HandoverQuery())).count())


def handover(draft_id: str) -> HandoverView:
    """One signed handover.

    Raises:
        NotFound: not signed, or no such draft.
    """
    with read_only():
        return _view(_row(draft_id))


def snapshot(draft_id: str) -> Snapshot:
    """The signed snapshot itself.

    Raises:
        NotFound: not signed, or no such draft.
    """
    return Snapshot.model_validate_json(_row(draft_id).snapshot)


def compared(draft_id: str) -> Comparison | None:
    """A signed handover beside the one signed before it; None for the vessel's first.

    Raises:
        NotFound: not signed, or no such draft.
    """
    with read_only():
        row = _row(draft_id)
        before = (
            Handover.select()
            .where(
                Handover.vessel_id == row.vessel_id,
                peewee.Tuple(Handover.signed_at, Handover.draft_id)
                < (to_text(row.signed_at), row.draft_id),
            )
            .order_by(Handover.signed_at.desc(), Handover.draft_id.desc())
            .first()
        )
    if before is None:
        return None
    return compare(snapshot(before.draft_id), snapshot(draft_id))


def snapshot_bytes(draft_id: str) -> bytes:
    """The canonical bytes the document hash was taken over.

    Raises:
        NotFound: not signed, or no such draft.
    """
    return str(_row(draft_id).snapshot).encode()


def acceptance(draft_id: str, review_round: int) -> Signatory | None:
    """Who accepted the draft in this round, if anybody has."""
    row = HandoverSignature.get_or_none(
        HandoverSignature.draft_id == draft_id,
        HandoverSignature.review_round == review_round,
        HandoverSignature.position == Position.OUTGOING.value,
    )
    return _signatory(row) if row else None


def missing_to_accept(draft_id: str, person_id: str) -> list[str]:
    """What this person still has to do before accepting; empty when nothing (I11).

    Raises:
        NotFound: no such draft.
    """
    return missing_in(draft(draft_id, person_id=person_id))


def missing_in(view: DraftView) -> list[str]:
    """The same of a draft that was asked for as this person sees it."""
    waiting = Counter(c.kind for c in view.conflicts if not c.acknowledged)
    return rules.missing_to_accept(
        sections=_sections(view),
        seen=_seen(view),
        unanswered=sum(p.answer is None for p in view.merge_proposals),
        unacknowledged={kind: waiting[kind] for kind in ConcernKind},
        command_stale=view.command_stale,
    )


def unread_sections(draft_id: str, person_id: str) -> list[str]:
    """The sections this person has not read to their end in this round, a sentence each.

    Raises:
        NotFound: no such draft.
    """
    view = draft(draft_id, person_id=person_id)
    return rules.missing_sections(_sections(view), _seen(view))


def missing_to_sign(draft_id: str, person_id: str, spoken: Mapping[str, str]) -> list[str]:
    """What this person still has to do before countersigning; empty when nothing (I12).

    Raises:
        NotFound: no such draft.
    """
    view = draft(draft_id, person_id=person_id)
    return rules.missing_to_sign(
        sections=_sections(view),
        seen=_seen(view),
        critical=critical_items(view),
        unsaid=_unsaid(view, spoken),
    )


def read_backs(draft_id: str) -> dict[str, ReadBack]:
    """Item id → the read-back given for it."""
    rows = ReadBackRow.select().where(ReadBackRow.draft_id == draft_id)
    return {row.item_id: ReadBack(text=row.text, by=row.by_name, at=row.at) for row in rows}


def last_decline(draft_id: str) -> DeclineRecord | None:
    """Why the draft was last sent back to review, if it was."""
    row = (
        HandoverDecline.select()
        .where(HandoverDecline.draft_id == draft_id)
        .order_by(HandoverDecline.id.desc())
        .first()
    )
    return row and DeclineRecord(by=row.by_name, role=row.role, at=row.at, reason=row.reason)


def _conditions(query: HandoverQuery) -> list[Any]:
    chosen: list[Any] = [Handover.signed_at.is_null(False)]
    if query.signed_on:
        chosen.append(Handover.signed_at.startswith(query.signed_on))
    if query.where is not None:
        chosen.append(matches(query.where))
    return chosen


def _unsaid(view: DraftView, spoken: Mapping[str, str]) -> dict[str, str]:
    items = view.items()
    asked = {
        item: why_not_read_back(spoken.get(item, ""), items[item].text)
        for item in critical_items(view)
    }
    return {item: why for item, why in asked.items() if why}


def _sections(view: DraftView) -> list[Bucket]:
    return [section.bucket for section in view.sections]


def _seen(view: DraftView) -> list[Bucket]:
    return [section.bucket for section in view.sections if section.seen]


def _row(draft_id: str) -> Handover:
    row: Handover | None = Handover.get_or_none(Handover.draft_id == draft_id)
    if row is None:
        raise NotFound(kind="signed handover", id=draft_id)
    return row


def _view(row: Handover) -> HandoverView:
    signed = Snapshot.model_validate_json(row.snapshot)
    exports = HandoverExport.select().where(HandoverExport.draft_id == row.draft_id)
    return HandoverView(
        draft_id=row.draft_id,
        document_number=row.document_number,
        document_hash=row.document_hash,
        signed_at=row.signed_at,
        period_from=signed.period_from,
        period_to=signed.period_to,
        supersedes=signed.supersedes,
        superseded_by=superseded_by(row.draft_id),
        signatories=tuple(_signatory(s) for s in signed.signatures),
        exports=tuple(
            ExportView(**{name: getattr(e, name) for name in ExportView.model_fields})
            for e in exports.order_by(HandoverExport.id)
        ),
    )


def _signatory(signature: object) -> Signatory:
    return Signatory(**{name: getattr(signature, name) for name in Signatory.model_fields})

"""The snapshot of a draft, from its rows: everything printed and signed, in document order."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from storage.canonical import canonical_json, sha256_hex
from storage.drafts.content import ItemState
from storage.drafts.states import EditKind
from storage.drafts.views import DraftView, ItemView, draft
from storage.entries.views import EntryView, entries_by_id
from storage.evidence.views import DocumentView, EventView, documents_by_id, events_by_id
from storage.handovers.snapshot import (
    ConflictNote,
    DeclineRecord,
    DocumentSource,
    EditRecord,
    EntrySource,
    EventSource,
    MergeAnswer,
    SlotRow,
    SnapshotItem,
    SnapshotSection,
    Sources,
    VesselFacts,
)
from storage.handovers.tables import HandoverDecline
from storage.taxonomy.domains import Bucket
from storage.value import Value
from storage.vessel.views import offset_at, the_vessel


class Content(Value):
    """What the outgoing officer freezes by accepting: the snapshot without its signatures."""

    draft_id: str
    handover_type: str
    vessel: VesselFacts
    period_from: Any
    period_to: Any
    offset_minutes: int
    sections: tuple[SnapshotSection, ...]
    completeness: tuple[SlotRow, ...]
    merge_answers: tuple[MergeAnswer, ...]
    conflicts: tuple[ConflictNote, ...]
    declines: tuple[DeclineRecord, ...]

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the canonical JSON of this content."""
        return sha256_hex(canonical_json(self.model_dump(mode="json")))


class Evidence(Value):
    """Every source named in a draft, by id."""

    entries: dict[str, EntryView]
    events: dict[str, EventView]
    documents: dict[str, DocumentView]


def compose(draft_id: str) -> Content:
    """The content of a draft as it stands, in fixed document order.

    Raises:
        NotFound: no such draft.
    """
    view = draft(draft_id)
    vessel = the_vessel(view.period_to)
    evidence = _evidence(view)
    numbers = {item.id: item.number for item in view.items().values()}
    return Content(
        draft_id=view.id,
        handover_type=view.handover_type.value,
        vessel=VesselFacts(id=vessel.id, name=vessel.name, imo=vessel.imo),
        period_from=view.period_from,
        period_to=view.period_to,
        offset_minutes=offset_at(vessel.id, view.period_to),
        sections=tuple(
            SnapshotSection(
                number=section.number,
                bucket=section.bucket,
                label=section.label,
                items=tuple(_item(item, evidence) for item in section.items),
            )
            for section in view.sections
        ),
        completeness=tuple(
            SlotRow(slot=s.slot, label=s.label, state=s.state, items=_named(s.items, numbers))
            for s in view.completeness
        ),
        merge_answers=_merge_answers(view, numbers),
        conflicts=_conflict_notes(view, numbers),
        declines=declines(draft_id),
    )


def declines(draft_id: str) -> tuple[DeclineRecord, ...]:
    """Every decline and reopening of a draft, in order."""
    rows = HandoverDecline.select().where(HandoverDecline.draft_id == draft_id)
    return tuple(
        DeclineRecord(by=row.by_name, role=row.role, at=row.at, reason=row.reason)
        for row in rows.order_by(HandoverDecline.id)
    )


def _evidence(view: DraftView) -> Evidence:
    sources = [item.sources for item in view.items().values()]
    return Evidence(
        entries=entries_by_id(i for s in sources for i in s.entries),
        events=events_by_id(i for s in sources for i in s.events),
        documents=documents_by_id(i for s in sources for i in s.documents),
    )


def _item(item: ItemView, evidence: Evidence) -> SnapshotItem:
    own = {"sources", "edits", "read_back"}
    plain = {k: getattr(item, k) for k in SnapshotItem.model_fields if k not in own}
    return SnapshotItem(
        **plain,
        sources=_sources(item, evidence),
        edits=tuple(
            EditRecord(original=e.original, new=e.new, editor=e.editor, at=e.at, reason=e.reason)
            for e in item.edits
            if e.kind is not EditKind.MOVE
        ),
    )


def _sources(item: ItemView, evidence: Evidence) -> Sources:
    return Sources(
        entries=tuple(
            EntrySource(
                id=e.id, at=e.created_at, author=e.author, role=e.role, narrative=e.narrative
            )
            for e in (evidence.entries[i] for i in item.sources.entries)
        ),
        events=tuple(
            EventSource(id=e.id, at=e.at, type=e.type, asset=e.asset, text=e.text)
            for e in (evidence.events[i] for i in item.sources.events)
        ),
        documents=tuple(
            DocumentSource(id=d.id, name=d.name, sha256=d.sha256)
            for d in (evidence.documents[i] for i in item.sources.documents)
        ),
    )


def _merge_answers(view: DraftView, numbers: dict[str, str]) -> tuple[MergeAnswer, ...]:
    return tuple(
        MergeAnswer(
            kind=p.kind.value, answer=p.answer, by=p.answered_by, at=p.answered_at,
            entries=p.entries, items=_named(p.items, numbers),
        )
        for p in view.merge_proposals
        if p.answer and p.answered_by and p.answered_at
    )  # fmt: skip


def _conflict_notes(view: DraftView, numbers: dict[str, str]) -> tuple[ConflictNote, ...]:
    return tuple(
        ConflictNote(
            reason=c.reason, items=_named(c.items, numbers),
            note=c.note, by=c.acknowledged_by, at=c.acknowledged_at,
        )
        for c in view.conflicts
        if c.note and c.acknowledged_by and c.acknowledged_at
    )  # fmt: skip


def _named(ids: Iterable[str], numbers: dict[str, str]) -> tuple[str, ...]:
    return tuple(numbers[item] for item in ids if item in numbers)


def critical_items(view: DraftView) -> dict[str, str]:
    """Item id → printed number of what the incoming officer must read back (I12).

    Command statements repeat what their sources say, and a settled fact is no longer a risk to
    take over, so neither is read back.
    """
    return {
        item.id: item.number
        for item in view.items().values()
        if item.is_critical
        and item.bucket is not Bucket.COMMAND
        and item.state is not ItemState.DONE
    }

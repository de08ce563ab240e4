"""The evidence questions (DOMAIN §8): what stands behind this, and who answered for it."""

from storage.database import read_only
from storage.drafts.histories import edits_behind
from storage.drafts.tables import Draft, DraftItem, DraftItemSource
from storage.drafts.views import EditView
from storage.engine import tuples
from storage.entries.tables import EntrySource
from storage.entries.views import EntryView, entries_by_id
from storage.errors import NotFound
from storage.evidence.views import DocumentView, EventView, documents_by_id, events_by_id
from storage.handovers.tables import Handover
from storage.handovers.views import HandoverQuery, HandoverView, handover, list_handovers
from storage.value import Value


class ItemTrace(Value):
    """An item somewhere in a draft or a signed handover."""

    item_id: str
    draft_id: str
    draft_state: str
    document_number: str | None
    status: str
    text: str


class Trace(Value):
    """Everything connected with one item, entry or event, layer by layer."""

    kind: str
    id: str
    items: tuple[ItemTrace, ...]
    entries: tuple[EntryView, ...]
    events: tuple[EventView, ...]
    documents: tuple[DocumentView, ...]
    edits: tuple[EditView, ...]
    handovers: tuple[HandoverView, ...]


def trace(subject_id: str) -> Trace:
    """Follow an item down to its evidence, or an entry, event or document up to its handovers.

    Raises:
        NotFound: no item, entry, event or document has this id.
    """
    with read_only():
        for kind, find in (("item", _from_item), ("entry", _from_entry), ("source", _from_source)):
            found = find(subject_id)
            if found is not None:
                item_ids, entry_ids, event_ids, document_ids = found
                return _trace(kind, subject_id, item_ids, entry_ids, event_ids, document_ids)
    raise NotFound(kind="item, entry, event or document", id=subject_id)


def signed_on(date: str) -> list[HandoverView]:
    """Who accepted responsibility on a date (UTC, YYYY-MM-DD)."""
    return list_handovers(HandoverQuery(signed_on=date))


Found = tuple[list[str], list[str], list[str], list[str]]
"""Ids of items, entries, events, documents."""


def _from_item(item_id: str) -> Found | None:
    if DraftItem.get_or_none(DraftItem.id == item_id) is None:
        return None
    rows = DraftItemSource.select(DraftItemSource.kind, DraftItemSource.source_id).where(
        DraftItemSource.item_id == item_id
    )
    sources: dict[str, list[str]] = {"entry": [], "event": [], "document": []}
    for kind, source_id in tuples(rows):
        sources[kind].append(source_id)
    return [item_id], sources["entry"], sources["event"], sources["document"]


def _from_entry(entry_id: str) -> Found | None:
    entry = entries_by_id([entry_id]).get(entry_id)
    if entry is None:
        return None
    return _items_on([entry_id]), [entry_id], list(entry.event_ids), list(entry.document_ids)


def _from_source(source_id: str) -> Found | None:
    events, documents = events_by_id([source_id]), documents_by_id([source_id])
    if not events and not documents:
        return None
    rows = EntrySource.select(EntrySource.entry_id).where(EntrySource.source_id == source_id)
    entry_ids = [entry_id for (entry_id,) in tuples(rows)]
    return _items_on([*entry_ids, source_id]), entry_ids, list(events), list(documents)


def _items_on(source_ids: list[str]) -> list[str]:
    rows = DraftItemSource.select(DraftItemSource.item_id).where(
        DraftItemSource.source_id.in_(source_ids)
    )
    return sorted({item_id for (item_id,) in tuples(rows)})


def _trace(
    kind: str,
    subject_id: str,
    item_ids: list[str],
    entry_ids: list[str],
    event_ids: list[str],
    document_ids: list[str],
) -> Trace:
    items = _items(item_ids)
    edits = edits_behind(item_ids)
    signed = {item.draft_id for item in items if item.document_number}
    documents = documents_by_id(document_ids)
    events = events_by_id(event_ids)
    if kind == "source":
        kind = "event" if subject_id in events else "document"
    return Trace(
        kind=kind,
        id=subject_id,
        items=items,
        entries=tuple(entries_by_id(entry_ids).values()),
        events=tuple(events.values()),
        documents=tuple(documents.values()),
        edits=tuple(
            EditView(**{name: getattr(e, name) for name in EditView.model_fields}) for e in edits
        ),
        handovers=tuple(handover(draft_id) for draft_id in sorted(signed)),
    )


def _items(item_ids: list[str]) -> tuple[ItemTrace, ...]:
    numbers = dict(tuples(Handover.select(Handover.draft_id, Handover.document_number)))
    states = dict(tuples(Draft.select(Draft.id, Draft.state)))
    rows = DraftItem.select().where(DraftItem.id.in_(item_ids)).order_by(DraftItem.id)
    return tuple(
        ItemTrace(
            item_id=row.id, draft_id=row.draft_id, draft_state=states[row.draft_id],
            document_number=numbers.get(row.draft_id), status=row.status, text=row.text,
        )
        for row in rows
    )  # fmt: skip

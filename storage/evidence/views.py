"""Events and documents as shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from storage.database import read_only
from storage.errors import NotFound
from storage.evidence.tables import LedgerEvent, SourceDocument
from storage.value import Value

BATCH = 500


class EventView(Value):
    """One ledger event."""

    id: str
    type: str
    at: datetime
    source: str
    asset: str
    text: str
    context: dict[str, Any]
    recorded_at: datetime
    recorded_by: str


class DocumentView(Value):
    """One source document; `path` is relative to the store's folder."""

    id: str
    name: str
    sha256: str
    size: int
    path: str
    uploaded_by: str
    uploaded_at: datetime


def list_events(limit: int = 500) -> list[EventView]:
    """The newest events first."""
    with read_only():
        rows = LedgerEvent.select().order_by(LedgerEvent.at.desc(), LedgerEvent.id.desc())
        return [_event(row) for row in rows.limit(limit)]


def list_documents(limit: int = 500) -> list[DocumentView]:
    """The newest documents first."""
    with read_only():
        rows = SourceDocument.select().order_by(SourceDocument.uploaded_at.desc())
        return [_document(row) for row in rows.limit(limit)]


def event(event_id: str) -> EventView:
    """One event.

    Raises:
        NotFound: no such event.
    """
    row = event_or_none(event_id)
    if row is None:
        raise NotFound(kind="event", id=event_id)
    return _event(row)


def document(document_id: str) -> DocumentView:
    """One document.

    Raises:
        NotFound: no such document.
    """
    row = SourceDocument.get_or_none(SourceDocument.id == document_id)
    if row is None:
        raise NotFound(kind="document", id=document_id)
    return _document(row)


def events_by_id(ids: Iterable[str]) -> dict[str, EventView]:
    """Those of the events that exist, by id."""
    wanted = sorted(set(ids))
    found: dict[str, EventView] = {}
    for start in range(0, len(wanted), BATCH):
        rows = LedgerEvent.select().where(LedgerEvent.id.in_(wanted[start : start + BATCH]))
        found.update((row.id, _event(row)) for row in rows)
    return found


def documents_by_id(ids: Iterable[str]) -> dict[str, DocumentView]:
    """Those of the documents that exist, by id."""
    wanted = sorted(set(ids))
    found: dict[str, DocumentView] = {}
    for start in range(0, len(wanted), BATCH):
        rows = SourceDocument.select().where(SourceDocument.id.in_(wanted[start : start + BATCH]))
        found.update((row.id, _document(row)) for row in rows)
    return found


def event_or_none(event_id: str) -> LedgerEvent | None:
    """The row of an event, for this noun's own verbs."""
    return LedgerEvent.get_or_none(LedgerEvent.id == event_id)


def _event(row: LedgerEvent) -> EventView:
    return EventView(**{name: getattr(row, name) for name in EventView.model_fields})


def _document(row: SourceDocument) -> DocumentView:
    return DocumentView(**{name: getattr(row, name) for name in DocumentView.model_fields})

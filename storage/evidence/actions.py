"""Recording events and filing documents; both are written once."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.canonical import sha256_hex
from storage.clock import to_text
from storage.database import home
from storage.durable import write_once
from storage.errors import BadInput, NotFound, TooLong
from storage.evidence.rules import NewEvent
from storage.evidence.tables import LedgerEvent, SourceDocument
from storage.evidence.views import document, event_or_none
from storage.identity import new_id
from storage.value import Value
from storage.vessel.views import the_vessel

MAX_DOCUMENT_BYTES = 50 * 2**20


class RecordedEvents(Value):
    """The ids in line order, and which of them are new."""

    ids: tuple[str, ...]
    new_ids: tuple[str, ...]


def record_events(actor: Actor, events: Sequence[NewEvent]) -> RecordedEvents:
    """Record events in one transaction; one already known, word for word, is left as it is.

    Raises:
        BadInput: an id is known with other content; nothing is recorded.
    """
    vessel_id = the_vessel().id
    with act(actor, "evidence.recorded", "evidence") as deed:
        ids, fresh = [], []
        for event in events:
            known = event_or_none(event.id) if event.id else None
            if known is None:
                row = {**event.model_dump(), "id": event.id or new_id()}
                LedgerEvent.insert(
                    **row, vessel_id=vessel_id, recorded_at=deed.at, recorded_by=actor.name
                ).execute()
                fresh.append(row["id"])
            elif not _same(known, event):
                raise BadInput(why=f"Event {event.id!r} is on record with other content.")
            ids.append(event.id or fresh[-1])
        deed.detail.update(events=len(ids), new=len(fresh))
        if not fresh:
            deed.unchanged()
    return RecordedEvents(ids=tuple(ids), new_ids=tuple(fresh))


def add_document(actor: Actor, path: Path) -> str:
    """Keep a copy of a file as evidence; returns the document's id.

    Raises:
        NotFound: no such file. BadInput: it cannot be read. TooLong: over 50 MiB.
    """
    vessel_id, document_id = the_vessel().id, new_id()
    with asking(actor, "evidence.document_added", "document", document_id):
        data = _bytes_of(path)
    folder = Path("handover") / vessel_id / "sources" / document_id
    with act(actor, "evidence.document_added", "document", document_id) as deed:
        facts = {
            "name": os.fsencode(path.name).decode(errors="backslashreplace"),
            "sha256": sha256_hex(data),
            "size": len(data),
            "uploaded_by": actor.name,
        }
        metadata = {**facts, "uploaded_at": to_text(deed.at)}
        write_once(home() / folder / "original", data)
        write_once(home() / folder / "metadata.json", json.dumps(metadata, indent=2).encode())
        SourceDocument.insert(
            id=document_id, vessel_id=vessel_id, path=str(folder / "original"),
            uploaded_at=deed.at, **facts,
        ).execute()  # fmt: skip
        deed.detail.update(facts)
    return document(document_id).id


def _bytes_of(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(kind="file", id=str(path))
    size = path.stat().st_size
    if size > MAX_DOCUMENT_BYTES:
        raise TooLong(what="document", length=size, limit=MAX_DOCUMENT_BYTES)
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(why=f"{path} cannot be read: {error.strerror}.") from error


def _same(known: LedgerEvent, event: NewEvent) -> bool:
    return all(getattr(known, k) == v for k, v in event.model_dump(exclude={"id"}).items())

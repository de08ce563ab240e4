"""Capturing entries, and the marks people put on them. Nothing enters or leaves silently (I10)."""

from collections.abc import Sequence
from typing import Any

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.entries.reading import read_narrative, ships_reader
from storage.entries.rows import insert_entries
from storage.entries.rules import NewEntry, check_narrative, check_reason, read_entry
from storage.entries.states import EntryStatus, check_move
from storage.entries.tables import ClassificationCorrection, Entry, EntryMark
from storage.entries.views import EntryDetail, entry
from storage.errors import BadInput, NotFound
from storage.evidence.lines import Line, Rejected, bad_lines, read_lines
from storage.evidence.views import documents_by_id, events_by_id
from storage.identity import new_id
from storage.taxonomy.domains import ASSIGNABLE
from storage.value import Value
from storage.vessel.views import the_vessel


class ImportReport(Value):
    """What an import did. `ids` are in line order, rejected lines left out."""

    imported: int
    ids: tuple[str, ...]
    rejected: tuple[Rejected, ...]


def capture(
    actor: Actor,
    narrative: str,
    *,
    event_ids: Sequence[str] = (),
    document_ids: Sequence[str] = (),
) -> EntryDetail:
    """Keep a person's own words, with the classification they were shown.

    Raises:
        NotPermitted: not a person. BadInput, TooLong: the narrative. NotFound: a source.
    """
    vessel_id = the_vessel().id
    new = NewEntry(
        narrative=narrative, event_ids=tuple(event_ids), document_ids=tuple(document_ids)
    )
    with asking(actor, "entry.captured", "entry"):
        check_narrative(narrative)
        check_sources([new])
    reading = read_narrative(narrative, evidence=bool(event_ids or document_ids))
    with act(actor, "entry.captured", "entry") as deed:
        (deed.subject_id,) = insert_entries(actor, vessel_id, [(new, reading)], deed.at)
        deed.detail.update(domain=reading.primary_domain, planning=list(reading.planning))
    return entry(deed.subject_id)


def import_entries(
    actor: Actor, lines: Sequence[Line], *, keep_going: bool = False
) -> ImportReport:
    """Capture many entries in one transaction; a bad line stops them all unless `keep_going`.

    Raises:
        BadLines: with every rejected line in `facts["rejected"]`; nothing was imported.
    """
    vessel_id = the_vessel().id
    good, rejected = read_lines(lines, _read_known)
    read = ships_reader()
    readings = [read(n.narrative, evidence=bool(n.event_ids or n.document_ids)) for n in good]
    with act(actor, "entry.imported", "entry") as deed:
        if rejected and not keep_going:
            raise bad_lines(rejected, len(lines))
        found = list(zip(good, readings, strict=True))
        ids = insert_entries(actor, vessel_id, found, deed.at)
        deed.subject_id = ids[0] if ids else ""
        deed.detail.update(imported=len(ids), rejected=len(rejected))
    return ImportReport(imported=len(ids), ids=tuple(ids), rejected=tuple(rejected))


def flag(
    actor: Actor, entry_id: str, *, reason: str, suggested_domain: str | None = None
) -> EntryDetail:
    """Ask for a classification to be looked at again; the original stays as it is.

    Raises:
        NotFound, BadInput: no reason, or not an assignable domain. NotPermitted.
    """
    with act(actor, "entry.flagged", "entry", entry_id) as deed:
        filed = entry(entry_id).primary_domain
        if suggested_domain is not None and suggested_domain not in ASSIGNABLE:
            raise BadInput(why=f"{suggested_domain!r} is not a domain an entry can have.")
        ClassificationCorrection.insert(
            id=new_id(), entry_id=entry_id, original_domain=filed,
            suggested_domain=suggested_domain, reason=check_reason(reason),
            requested_by=actor.name, requested_at=deed.at,
        ).execute()  # fmt: skip
        Entry.update(classification_flagged=True).where(Entry.id == entry_id).execute()
        deed.detail.update(reason=reason, suggested=suggested_domain)
    return entry(entry_id)


def resolve(actor: Actor, entry_id: str, *, reason: str) -> EntryDetail:
    """Mark an entry's fact as settled; it stops being carried forward.

    Raises:
        NotFound, WrongState, BadInput, NotPermitted.
    """
    return _mark(actor, entry_id, EntryStatus.RESOLVED, reason)


def suppress(actor: Actor, entry_id: str, *, reason: str) -> EntryDetail:
    """Leave an entry out of drafts from now on; it stays on record.

    Raises:
        NotFound, WrongState, BadInput, NotPermitted.
    """
    return _mark(actor, entry_id, EntryStatus.SUPPRESSED, reason)


def check_sources(entries: Sequence[NewEntry]) -> None:
    """Raise NotFound for the first event or document that is named but not on record."""
    events = events_by_id(i for new in entries for i in new.event_ids)
    documents = documents_by_id(i for new in entries for i in new.document_ids)
    for new in entries:
        for kind, ids, known in (
            ("event", new.event_ids, events),
            ("document", new.document_ids, documents),
        ):
            missing = next((i for i in ids if i not in known), None)
            if missing is not None:
                raise NotFound(kind=kind, id=missing)


def _read_known(values: dict[str, Any]) -> NewEntry:
    new = read_entry(values)
    check_sources([new])
    return new


def _mark(actor: Actor, entry_id: str, mark: EntryStatus, reason: str) -> EntryDetail:
    with act(actor, f"entry.{mark.value}", "entry", entry_id) as deed:
        row = _row(entry_id)
        check_move(row.status, mark)
        reason = check_reason(reason)
        Entry.update(status=mark.value).where(
            Entry.id == entry_id, Entry.status == row.status
        ).execute()
        EntryMark.insert(
            id=new_id(), entry_id=entry_id, mark=mark.value, reason=reason,
            by_id=actor.id, by_name=actor.name, at=deed.at,
        ).execute()  # fmt: skip
        deed.detail.update(reason=reason)
    return entry(entry_id)


def _row(entry_id: str) -> Entry:
    row: Entry | None = Entry.get_or_none(Entry.id == entry_id)
    if row is None:
        raise NotFound(kind="entry", id=entry_id)
    return row

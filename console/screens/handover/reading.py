"""What the Handover place shows, as one frozen picture: a pure question to the store."""

from datetime import datetime, timedelta

from storage.drafts.views import DraftView, ItemView, current_draft, draft
from storage.entries.states import EntryStatus
from storage.entries.views import EntryQuery, EntryView, count_entries, entries_by_id
from storage.evidence.views import DocumentView, EventView, documents_by_id, events_by_id
from storage.handovers.correcting import superseded
from storage.handovers.notices import NoticeView, unseen_notices
from storage.handovers.snapshot import DeclineRecord, Superseded
from storage.handovers.views import (
    HandoverView,
    Signatory,
    acceptance,
    last_decline,
    list_handovers,
)
from storage.taxonomy.roles import Role
from storage.value import Value
from storage.vessel.views import the_vessel


class HandoverPicture(Value):
    """The open draft as one person reads it, or, without one, what was signed last."""

    vessel_id: str
    reader: str | None = None
    """The id of the person it was read for; sections count as seen by them."""
    draft: DraftView | None = None
    acceptance: Signatory | None = None
    decline: DeclineRecord | None = None
    corrects: Superseded | None = None
    """The signed handover the open draft takes the place of."""
    notices: tuple[NoticeView, ...] = ()
    """What the reader has still to be told of handovers that were sent back."""
    last: HandoverView | None = None
    entries: int = 0
    """How many entries could go into a first draft; counted only while there is no draft."""
    newer: int = 0
    """How many entries were captured after the draft was made and are not in it."""


class EvidencePicture(Value):
    """Everything one item rests on, whole."""

    item: ItemView
    entries: tuple[EntryView, ...]
    events: tuple[EventView, ...]
    documents: tuple[DocumentView, ...]


def read_handover(person_id: str | None, role: Role | None) -> HandoverPicture:
    """The handover now, in the order `role` reads it; sections count as seen by `person_id`.

    Raises:
        NotFound: the store has no vessel yet.
    """
    vessel_id = the_vessel().id
    current = current_draft(vessel_id)
    notices = tuple(unseen_notices(person_id)) if person_id else ()
    if current is None:
        signed = list_handovers(limit=1)
        return HandoverPicture(
            vessel_id=vessel_id,
            reader=person_id,
            notices=notices,
            last=signed[0] if signed else None,
            entries=count_entries(EntryQuery(status=EntryStatus.CANDIDATE)),
        )
    corrects = superseded(current.id)
    return HandoverPicture(
        vessel_id=vessel_id,
        reader=person_id,
        draft=draft(current.id, role=role, person_id=person_id),
        acceptance=acceptance(current.id, current.review_round),
        decline=last_decline(current.id),
        corrects=corrects,
        notices=notices,
        newer=0 if corrects else _newer_than(current.period_to),
    )


def _newer_than(period_to: datetime) -> int:
    after = period_to + timedelta(microseconds=1)
    return count_entries(EntryQuery(status=EntryStatus.CANDIDATE, since=after))


def read_evidence(item: ItemView) -> EvidencePicture:
    """The sources of an item, in the order they were recorded."""
    entries = entries_by_id(item.sources.entries).values()
    events = events_by_id(item.sources.events).values()
    documents = documents_by_id(item.sources.documents).values()
    return EvidencePicture(
        item=item,
        entries=tuple(sorted(entries, key=lambda entry: (entry.created_at, entry.id))),
        events=tuple(sorted(events, key=lambda event: (event.at, event.id))),
        documents=tuple(sorted(documents, key=lambda document: document.name)),
    )

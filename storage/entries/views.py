"""Entries and proposals as shown."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import peewee

from storage.clock import to_text
from storage.database import read_only
from storage.engine import tuples
from storage.entries.states import EntryStatus, ProposalStatus
from storage.entries.tables import (
    ClassificationCorrection,
    Entry,
    EntryMark,
    EntryProposal,
    EntrySource,
)
from storage.errors import NotFound
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from storage.value import Value

BATCH = 500


class EntryView(Value):
    """One entry with the classification it was saved with."""

    id: str
    vessel_id: str
    created_at: datetime
    author: str
    role: str
    narrative: str
    primary_domain: str
    secondary_domains: tuple[str, ...]
    bucket: Bucket
    risk_tags: tuple[RiskTag, ...]
    owner_roles: tuple[str, ...]
    confidence: Confidence
    reasons: tuple[str, ...]
    runner_up: dict[str, Any] | None
    planning: tuple[str, ...]
    event_ids: tuple[str, ...]
    document_ids: tuple[str, ...]
    context: dict[str, Any]
    status: EntryStatus
    classification_flagged: bool


class MarkView(Value):
    """A mark on an entry: resolved or suppressed, by whom and why."""

    mark: EntryStatus
    reason: str
    by: str
    at: datetime


class CorrectionView(Value):
    """A request to look at a classification again."""

    id: str
    original_domain: str
    suggested_domain: str | None
    reason: str
    requested_by: str
    requested_at: datetime


class EntryDetail(EntryView):
    """One entry with everything that was decided about it."""

    marks: tuple[MarkView, ...]
    corrections: tuple[CorrectionView, ...]


class ProposalView(Value):
    """A proposal for an entry."""

    id: str
    source_kind: str
    source_id: str
    text: str
    status: ProposalStatus
    entry_id: str | None
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    created_at: datetime


class EntryQuery(Value):
    """What to list; every filter given must hold. `text` is words that must all occur."""

    status: EntryStatus | None = None
    bucket: Bucket | None = None
    domain: str | None = None
    author: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None


Cursor = tuple[datetime, str]
"""The (created_at, id) of the last row seen; the next page starts after it."""


def list_entries(
    query: EntryQuery | None = None, *, after: Cursor | None = None, limit: int = 200
) -> list[EntryView]:
    """Entries newest first, at most `limit`, beyond the cursor."""
    rows = Entry.select().where(*_conditions(query or EntryQuery()))
    if after is not None:
        at, entry_id = to_text(after[0]), after[1]
        earlier = (Entry.created_at == at) & (Entry.id < entry_id)
        rows = rows.where((Entry.created_at < at) | earlier)
    with read_only():
        page = list(rows.order_by(Entry.created_at.desc(), Entry.id.desc()).limit(limit))
        sources = _sources(row.id for row in page)
    return [_entry(row, sources) for row in page]


def count_entries(query: EntryQuery | None = None) -> int:
    """How many entries the query matches."""
    with read_only():
        return int(Entry.select().where(*_conditions(query or EntryQuery())).count())


def entries_by_id(ids: Iterable[str]) -> dict[str, EntryView]:
    """Those of the entries that exist, by id."""
    wanted = sorted(set(ids))
    with read_only():
        sources = _sources(wanted)
        found: dict[str, EntryView] = {}
        for start in range(0, len(wanted), BATCH):
            rows = Entry.select().where(Entry.id.in_(wanted[start : start + BATCH]))
            found.update((row.id, _entry(row, sources)) for row in rows)
    return found


def entry(entry_id: str) -> EntryDetail:
    """One entry with its history.

    Raises:
        NotFound: no such entry.
    """
    with read_only():
        shown = entries_by_id([entry_id]).get(entry_id)
        if shown is None:
            raise NotFound(kind="entry", id=entry_id)
        marks = EntryMark.select().where(EntryMark.entry_id == entry_id).order_by(EntryMark.at)
        asked = ClassificationCorrection.select().where(
            ClassificationCorrection.entry_id == entry_id
        )
        return EntryDetail(
            **dict(shown),
            marks=tuple(
                MarkView(mark=m.mark, reason=m.reason, by=m.by_name, at=m.at) for m in marks
            ),
            corrections=tuple(
                CorrectionView(**{k: getattr(c, k) for k in CorrectionView.model_fields})
                for c in asked
            ),
        )


def list_proposals(
    status: ProposalStatus | None = ProposalStatus.OPEN, *, limit: int = 200
) -> list[ProposalView]:
    """Proposals, oldest first: the inbox."""
    rows = EntryProposal.select()
    if status is not None:
        rows = rows.where(EntryProposal.status == status)
    with read_only():
        ordered = rows.order_by(EntryProposal.created_at, EntryProposal.id).limit(limit)
        return [proposal_view(row) for row in ordered]


def count_proposals(status: ProposalStatus = ProposalStatus.OPEN) -> int:
    """How many proposals have this status."""
    with read_only():
        return int(EntryProposal.select().where(EntryProposal.status == status).count())


def proposal_view(row: EntryProposal) -> ProposalView:
    """A proposal's row as shown."""
    return ProposalView(**{name: getattr(row, name) for name in ProposalView.model_fields})


def _conditions(query: EntryQuery) -> list[Any]:
    chosen: list[Any] = [Entry.seq > 0]
    for field, wanted in (
        (Entry.status, query.status),
        (Entry.bucket, query.bucket),
        (Entry.primary_domain, query.domain),
        (Entry.author, query.author),
    ):
        if wanted is not None:
            chosen.append(field == str(wanted))
    if query.since:
        chosen.append(Entry.created_at >= to_text(query.since))
    if query.until:
        chosen.append(Entry.created_at < to_text(query.until))
    if query.text and (words := re.findall(r"\w+", query.text)):
        matching = " ".join(f'"{word}"*' for word in words)
        found = peewee.SQL(
            "seq IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)", (matching,)
        )
        chosen.append(found)
    return chosen


def _sources(entry_ids: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    wanted, found = list(entry_ids), dict[tuple[str, str], list[str]]()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        rows = tuples(EntrySource.select().where(EntrySource.entry_id.in_(batch)))
        for entry_id, kind, source_id in rows:
            found.setdefault((entry_id, kind), []).append(source_id)
    return found


def _entry(row: Entry, sources: dict[tuple[str, str], list[str]]) -> EntryView:
    own = {"event_ids", "document_ids"}
    values = {name: getattr(row, name) for name in EntryView.model_fields if name not in own}
    return EntryView(
        **values,
        event_ids=tuple(sources.get((row.id, "event"), ())),
        document_ids=tuple(sources.get((row.id, "document"), ())),
    )

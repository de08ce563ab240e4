"""Entries and proposals as shown."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from storage.clock import to_text
from storage.database import read_only
from storage.engine import tuples
from storage.entries.correction_views import (
    Corrected,
    CorrectionView,
    corrected,
    corrections_of,
    standing,
    stands_as,
)
from storage.entries.filters import matches, occurs
from storage.entries.order import Cursor, EntryOrder, beyond, ordering
from storage.entries.states import EntryStatus, ProposalStatus
from storage.entries.tables import (
    CorrectionDecision,
    Entry,
    EntryMark,
    EntryProposal,
    EntrySource,
)
from storage.errors import NotFound
from storage.evidence.views import EventView, events_by_id
from storage.filtering import Expression
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag, severity
from storage.value import Value

BATCH = 500


class EntryView(Value):
    """One entry with the classification that stands.

    That is the one it was saved with, or what an officer corrected it to; then `corrected` says
    who and when, and holds the original. `classification_flagged`: a request is still open.
    """

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
    corrected: Corrected | None = None


class MarkView(Value):
    """A mark on an entry: resolved or suppressed, by whom and why."""

    mark: EntryStatus
    reason: str
    by: str
    at: datetime


class EntryDetail(EntryView):
    """One entry with everything that was decided about it."""

    marks: tuple[MarkView, ...]
    corrections: tuple[CorrectionView, ...]


class ProposalView(Value):
    """A proposal for an entry, with the ledger event it came from, if it came from one."""

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
    event: EventView | None = None


class EntryQuery(Value):
    """What to list; every filter given must hold. `text` is words that must all occur."""

    status: EntryStatus | None = None
    bucket: Bucket | None = None
    domain: str | None = None
    author: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None
    flagged: bool | None = None
    ids: tuple[str, ...] | None = None
    where: Expression | None = None
    order: EntryOrder = EntryOrder.NEWEST


def list_entries(
    query: EntryQuery | None = None, *, after: Cursor | None = None, limit: int = 200
) -> list[EntryView]:
    """Entries in the order asked for, at most `limit`, beyond the cursor."""
    query = query or EntryQuery()
    rows = Entry.select().where(*_conditions(query))
    if after is not None:
        rows = rows.where(beyond(query.order, after))
    with read_only():
        page = list(rows.order_by(*ordering(query.order)).limit(limit))
        sources, decided = _sources(row.id for row in page), standing(row.id for row in page)
    return [_entry(row, sources, decided) for row in page]


def cursor_of(order: EntryOrder, last: EntryView) -> Cursor:
    """Where the page after this entry starts."""
    key: dict[EntryOrder, str | int] = {
        EntryOrder.RISK: severity(last.risk_tags),
        EntryOrder.DOMAIN: last.primary_domain,
    }
    return key.get(order, ""), last.created_at, last.id


def count_entries(query: EntryQuery | None = None) -> int:
    """How many entries the query matches."""
    with read_only():
        return int(Entry.select().where(*_conditions(query or EntryQuery())).count())


def ids_matching(query: EntryQuery, at_most: int) -> list[str]:
    """The ids of the entries the query matches, newest first, at most so many."""
    found = Entry.select(Entry.id).where(*_conditions(query))
    ordered = found.order_by(Entry.created_at.desc(), Entry.id.desc())
    with read_only():
        return [entry_id for (entry_id,) in tuples(ordered.limit(at_most))]


def entries_by_id(ids: Iterable[str]) -> dict[str, EntryView]:
    """Those of the entries that exist, by id."""
    with read_only():
        return {found.id: found for found in each_entry(ids)}


def each_entry(ids: Iterable[str]) -> Iterator[EntryView]:
    """Those of the entries that exist, by id, a few hundred in memory at a time; in the caller's
    snapshot."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        sources, decided = _sources(batch), standing(batch)
        for row in Entry.select().where(Entry.id.in_(batch)).order_by(Entry.id):
            yield _entry(row, sources, decided)


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
        return EntryDetail(
            **dict(shown),
            marks=tuple(
                MarkView(mark=m.mark, reason=m.reason, by=m.by_name, at=m.at) for m in marks
            ),
            corrections=corrections_of(entry_id),
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
        return _proposals(list(ordered))


def count_proposals(status: ProposalStatus = ProposalStatus.OPEN) -> int:
    """How many proposals have this status."""
    with read_only():
        return int(EntryProposal.select().where(EntryProposal.status == status).count())


def proposal_view(row: EntryProposal) -> ProposalView:
    """A proposal's row as shown."""
    return _proposals([row])[0]


def _proposals(rows: list[EntryProposal]) -> list[ProposalView]:
    events = events_by_id(row.source_id for row in rows if row.source_kind == "event")
    stored = ProposalView.model_fields.keys() - {"event"}
    return [
        ProposalView(
            **{name: getattr(row, name) for name in stored}, event=events.get(row.source_id)
        )
        for row in rows
    ]


def _conditions(query: EntryQuery) -> list[Any]:
    chosen: list[Any] = [Entry.seq > 0]
    for field, wanted in (
        (Entry.status, query.status),
        (stands_as("bucket"), query.bucket),
        (stands_as("primary_domain"), query.domain),
        (Entry.author, query.author),
    ):
        if wanted is not None:
            chosen.append(field == str(wanted))
    if query.flagged is not None:
        chosen.append(Entry.classification_flagged == query.flagged)
    if query.since:
        chosen.append(Entry.created_at >= to_text(query.since))
    if query.until:
        chosen.append(Entry.created_at < to_text(query.until))
    chosen += [occurs(word) for word in re.findall(r"\w+", query.text or "")]
    if query.ids is not None:
        chosen.append(Entry.id << list(query.ids))
    if query.where is not None:
        chosen.append(matches(query.where))
    return chosen


def _sources(entry_ids: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    wanted, found = list(entry_ids), dict[tuple[str, str], list[str]]()
    for start in range(0, len(wanted), BATCH):
        batch = wanted[start : start + BATCH]
        rows = tuples(EntrySource.select().where(EntrySource.entry_id.in_(batch)))
        for entry_id, kind, source_id in rows:
            found.setdefault((entry_id, kind), []).append(source_id)
    return found


def _entry(
    row: Entry,
    sources: dict[tuple[str, str], list[str]],
    decided: dict[str, CorrectionDecision],
) -> EntryView:
    own = {"event_ids", "document_ids", "corrected"}
    values = {name: getattr(row, name) for name in EntryView.model_fields if name not in own}
    if decision := decided.get(row.id):
        values = corrected(values, decision)
    return EntryView(
        **values,
        event_ids=tuple(sources.get((row.id, "event"), ())),
        document_ids=tuple(sources.get((row.id, "document"), ())),
    )

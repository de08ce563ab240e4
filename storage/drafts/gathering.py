"""Which entries a draft is made of: those of the window and those carried forward (DOMAIN §5)."""

from datetime import datetime, timedelta
from typing import Any

import peewee

from storage.canonical import canonical_json, sha256_hex
from storage.clock import to_text
from storage.database import now, read_only
from storage.drafts.content import Candidate, Carried, DraftInput, HandoverType, ItemState
from storage.drafts.states import SIGNED_STATES, ItemStatus
from storage.drafts.tables import Draft, DraftItem, DraftItemSource, RefusedPair
from storage.engine import tuples
from storage.entries.states import EntryStatus
from storage.entries.tables import Entry
from storage.entries.views import EntryView, entries_by_id
from storage.taxonomy.risks import RiskTag
from storage.value import Value

FIRST_WINDOW = timedelta(hours=24)


class Window(Value):
    """The period of a handover; `end` stands for "now" in everything made of it."""

    start: datetime
    end: datetime


class Basis(Value):
    """What a draft was made of, in short; the fingerprint changes exactly when the entries do."""

    handover_type: HandoverType
    window: Window
    entries: int
    fingerprint: str


class Gathered(Value):
    """What a draft will be made of: in short, and in full for the pipeline."""

    basis: Basis
    given: DraftInput


def default_window(vessel_id: str, end: datetime | None = None) -> Window:
    """From the end of the last signed handover, else from the first entry, up to now."""
    until = end or now()
    last = last_signed(vessel_id)
    if last is not None:
        return Window(start=min(last.period_to, until), end=until)
    first = Entry.select().where(Entry.vessel_id == vessel_id).order_by(Entry.created_at).first()
    start = first.created_at if first else until - FIRST_WINDOW
    return Window(start=min(start, until), end=until)


def gather_entries(vessel_id: str, window: Window, handover_type: HandoverType) -> Gathered:
    """Everything the pipeline needs, read in one snapshot."""
    with read_only():
        carried = _carried_entries(vessel_id)
        wanted = {*_window_entries(vessel_id, window), *carried}
        found = entries_by_id(wanted)
        pairs = RefusedPair.select(RefusedPair.first_entry, RefusedPair.second_entry)
        refused = frozenset((a, b) for a, b in tuples(pairs))
    shown = [e for e in found.values() if _belongs(e, e.id in carried)]
    candidates = [_candidate(e, carried.get(e.id)) for e in shown]
    given = DraftInput(
        handover_type=handover_type,
        as_of=window.end,
        candidates=tuple(sorted(candidates, key=lambda c: (c.created_at, c.entry_id))),
        refused_pairs=refused,
    )
    basis = Basis(
        handover_type=handover_type,
        window=window,
        entries=len(candidates),
        fingerprint=_fingerprint(window, given),
    )
    return Gathered(basis=basis, given=given)


def last_signed(vessel_id: str) -> Draft | None:
    """The handover that is authoritative now."""
    states = [state.value for state in SIGNED_STATES]
    row: Draft | None = (
        Draft.select()
        .where(Draft.vessel_id == vessel_id, Draft.state.in_(states))
        .order_by(Draft.period_to.desc(), Draft.id.desc())
        .first()
    )
    return row


def _window_entries(vessel_id: str, window: Window) -> list[str]:
    end = to_text(window.end)
    rows = Entry.select(Entry.id).where(
        Entry.vessel_id == vessel_id,
        Entry.status != EntryStatus.SUPPRESSED,
        Entry.created_at <= end,
        Entry.recorded_at <= end,
        _since(vessel_id, window),
    )
    return [entry_id for (entry_id,) in tuples(rows)]


def _since(vessel_id: str, window: Window) -> Any:
    """Which entries are new in a window.

    After a signed handover that is what it could not tell: what happened after its end, and what
    was recorded after the last entry it told of, in the order of recording, which no step of the
    ship's clock can turn round. A window a person chose goes by time, with entries recorded late.
    """
    last, start = last_signed(vessel_id), to_text(window.start)
    if last is None or window.start != min(last.period_to, window.end):
        return (Entry.created_at >= start) | (Entry.recorded_at >= start)
    return (Entry.created_at > to_text(last.period_to)) | (Entry.seq > _last_told(vessel_id))


def _last_told(vessel_id: str) -> int:
    """The place in the order of recording of the last entry a signed handover rests on; or 0."""
    signed = [state.value for state in SIGNED_STATES]
    told = (
        DraftItemSource.select()
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .join(Draft, on=(Draft.id == DraftItem.draft_id))
        .where(
            DraftItemSource.kind == "entry",
            DraftItemSource.source_id == Entry.id,
            Draft.state.in_(signed),
        )
    )
    newest = Entry.select(Entry.seq).where(Entry.vessel_id == vessel_id, peewee.fn.EXISTS(told))
    row = newest.order_by(Entry.seq.desc()).first()
    return int(row.seq) if row else 0


def _carried_entries(vessel_id: str) -> dict[str, Carried]:
    last = last_signed(vessel_id)
    if last is None:
        return {}
    rows = tuples(
        DraftItem.select(
            DraftItem.state,
            DraftItem.risk_tags,
            DraftItem.first_raised_at,
            DraftItem.carried_count,
            DraftItemSource.source_id,
        )
        .join(DraftItemSource, on=(DraftItemSource.item_id == DraftItem.id))
        .where(
            DraftItem.draft_id == last.id,
            DraftItem.status == ItemStatus.SHOWN,
            DraftItem.bucket != "Command",
            DraftItemSource.kind == "entry",
        )
    )
    return {
        entry_id: Carried(first_raised_at=raised or last.period_to, count=count + 1)
        for state, risk_tags, raised, count, entry_id in rows
        if _is_unresolved(state, risk_tags)
    }


def _is_unresolved(state: str, risk_tags: list[str]) -> bool:
    if state == ItemState.NONE:
        return bool(set(risk_tags) - {RiskTag.INFORMATIONAL})
    return state in (ItemState.OPEN, ItemState.RESTRICTION)


def _belongs(entry: EntryView, is_carried: bool) -> bool:
    if entry.status is EntryStatus.SUPPRESSED:
        return False
    return not (is_carried and entry.status is EntryStatus.RESOLVED)


def _candidate(entry: EntryView, carried: Carried | None) -> Candidate:
    return Candidate(
        entry_id=entry.id,
        created_at=entry.created_at,
        author=entry.author,
        role=entry.role,
        narrative=entry.narrative,
        primary_domain=entry.primary_domain,
        secondary_domains=entry.secondary_domains,
        risk_tags=entry.risk_tags,
        confidence=entry.confidence,
        event_ids=entry.event_ids,
        document_ids=entry.document_ids,
        resolved=entry.status is EntryStatus.RESOLVED,
        carried=carried and carried.model_copy(update={"first_raised_at": _raised(entry, carried)}),
    )


def _raised(entry: EntryView, carried: Carried) -> datetime:
    return min(entry.created_at, carried.first_raised_at)


def _fingerprint(window: Window, given: DraftInput) -> str:
    entries = sorted(
        [c.entry_id, c.resolved, c.carried.count if c.carried else 0] for c in given.candidates
    )
    return sha256_hex(canonical_json([given.handover_type, to_text(window.start), entries]))

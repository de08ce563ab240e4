"""Which entries a draft is made of: those of the window and those carried forward (DOMAIN §5)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import peewee

from storage.canonical import canonical_json, sha256_hex
from storage.clock import to_text
from storage.database import now, read_only
from storage.drafts.content import Candidate, Carried, DraftInput, HandoverType, ItemState
from storage.drafts.merged_earlier import merged_earlier
from storage.drafts.moves import draft_row
from storage.drafts.states import SIGNED_STATES, ItemStatus
from storage.drafts.superseding import Correction, corrected_line, last_signed
from storage.drafts.tables import Draft, DraftItem, DraftItemSource, RefusedPair
from storage.engine import tuples
from storage.entries.states import EntryStatus
from storage.entries.tables import Entry
from storage.entries.views import EntryView, each_entry
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
    corrects: Correction | None = None


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


def gather_correction(correction: Correction) -> Gathered:
    """What the correction of a signed handover is made of: the entries of its period as they now
    stand, those recorded late among them, and what had been carried into it.

    Raises:
        NotFound: no such handover.
    """
    corrected = draft_row(correction.supersedes)
    window = Window(start=corrected.period_from, end=corrected.period_to)
    kind = HandoverType(corrected.handover_type)
    return gather_entries(corrected.vessel_id, window, kind, corrects=correction)


def gather_entries(
    vessel_id: str,
    window: Window,
    handover_type: HandoverType,
    *,
    corrects: Correction | None = None,
) -> Gathered:
    """Everything the pipeline needs, read in one snapshot."""
    with read_only():
        replaced = corrected_line(corrects.supersedes if corrects else None)
        last = last_signed(vessel_id, besides=replaced[0] if replaced else None)
        carried = _carried_entries(last)
        wanted = {*_window_entries(vessel_id, window, last, replaced), *carried}
        candidates = [
            _candidate(entry, carried.get(entry.id))
            for entry in each_entry(wanted)
            if _belongs(entry, entry.id in carried)
        ]
        pairs = RefusedPair.select(RefusedPair.first_entry, RefusedPair.second_entry)
        refused = frozenset((a, b) for a, b in tuples(pairs))
        merged = merged_earlier(last, {one.entry_id for one in candidates})
    given = DraftInput(
        handover_type=handover_type,
        as_of=window.end,
        candidates=tuple(sorted(candidates, key=lambda c: (c.created_at, c.entry_id))),
        refused_pairs=refused,
        merged_earlier=merged,
    )
    basis = Basis(
        handover_type=handover_type,
        window=window,
        entries=len(candidates),
        fingerprint=_fingerprint(window, given),
        corrects=corrects,
    )
    return Gathered(basis=basis, given=given)


def _window_entries(
    vessel_id: str, window: Window, last: Draft | None, replaced: Sequence[str]
) -> list[str]:
    """The entries of a window, as they were known at its end; a correction knows of later ones."""
    end = to_text(window.end)
    rows = Entry.select(Entry.id).where(
        Entry.vessel_id == vessel_id,
        Entry.status != EntryStatus.SUPPRESSED,
        Entry.created_at <= end,
        *([] if replaced else [Entry.recorded_at <= end]),
        _since(window, last, replaced),
    )
    return [entry_id for (entry_id,) in tuples(rows)]


def _since(window: Window, last: Draft | None, replaced: Sequence[str]) -> Any:
    """Which entries are new in a window.

    After a signed handover that is what it could not tell: what happened after its end, and what
    was recorded after the last entry it told of, in the order of recording, which no step of the
    ship's clock can turn round. A window a person chose goes by time, with entries recorded late.
    """
    start = to_text(window.start)
    if last is None or window.start != min(last.period_to, window.end):
        return (Entry.created_at >= start) | (Entry.recorded_at >= start)
    told = _last_told(last.vessel_id, replaced)
    return (Entry.created_at > to_text(last.period_to)) | (Entry.seq > told)


def _last_told(vessel_id: str, replaced: Sequence[str]) -> int:
    """The place in the order of recording of the last entry a signed handover rests on, besides
    those in `replaced`; 0 if none does."""
    signed = [state.value for state in SIGNED_STATES]
    told = (
        DraftItemSource.select()
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .join(Draft, on=(Draft.id == DraftItem.draft_id))
        .where(
            DraftItemSource.kind == "entry",
            DraftItemSource.source_id == Entry.id,
            Draft.state.in_(signed),
            Draft.id.not_in(list(replaced)),
        )
    )
    newest = Entry.select(Entry.seq).where(Entry.vessel_id == vessel_id, peewee.fn.EXISTS(told))
    row = newest.order_by(Entry.seq.desc()).first()
    return int(row.seq) if row else 0


def _carried_entries(last: Draft | None) -> dict[str, Carried]:
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
        corrected=entry.corrected is not None,
    )


def _raised(entry: EntryView, carried: Carried) -> datetime:
    return min(entry.created_at, carried.first_raised_at)


def _fingerprint(window: Window, given: DraftInput) -> str:
    entries = sorted(
        [c.entry_id, c.resolved, c.carried.count if c.carried else 0]
        + ([c.primary_domain] if c.corrected else [])
        for c in given.candidates
    )
    return sha256_hex(canonical_json([given.handover_type, to_text(window.start), entries]))

"""Drafts as shown: a list, one whole draft in a role's order, what is still missing."""

from datetime import datetime
from typing import Any

from storage.database import read_only
from storage.drafts.command_age import command_is_stale
from storage.drafts.content import HandoverType, ItemState, ProposalKind, SlotState
from storage.drafts.rows import DraftRows, read_rows
from storage.drafts.states import OPEN_STATES, ConcernKind, DraftState, EditKind
from storage.drafts.tables import Draft
from storage.errors import NotFound
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS, Bucket
from storage.taxonomy.risks import Confidence, RiskTag, is_critical
from storage.taxonomy.roles import Role, floats_up, section_order
from storage.value import Value


class DraftSummary(Value):
    """One line in a list of drafts."""

    id: str
    vessel_id: str
    handover_type: HandoverType
    state: DraftState
    period_from: datetime
    period_to: datetime
    review_round: int
    created_at: datetime
    updated_at: datetime


class ItemSources(Value):
    """The ids an item rests on."""

    entries: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class EditView(Value):
    """What a person did to an item."""

    item_id: str
    kind: EditKind
    original: str
    new: str
    editor: str
    at: datetime
    reason: str


class ItemView(Value):
    """One item as shown; `number` is `section.item` in document order, whatever the role."""

    id: str
    key: str
    number: str
    bucket: Bucket
    domain: str
    domain_name: str
    text: str
    machine_text: str
    risk_tags: tuple[RiskTag, ...]
    confidence: Confidence
    state: ItemState
    conflict: bool
    uncertain: bool
    note: str
    summarised: bool
    planning: tuple[str, ...]
    sources: ItemSources
    carried: bool
    age_days: int
    count: int
    first_raised_at: datetime | None
    edits: tuple[EditView, ...]

    @property
    def is_critical(self) -> bool:
        """Whether the incoming officer must read it back."""
        return is_critical(self.risk_tags)


class SectionView(Value):
    """One bucket with at least one item; `seen` by the person the view was asked for."""

    number: int
    bucket: Bucket
    label: str
    items: tuple[ItemView, ...]
    seen: bool


class ProposalView(Value):
    """Items that may be one. `items` are the ids still shown."""

    id: str
    kind: ProposalKind
    entries: tuple[str, ...]
    items: tuple[str, ...]
    score: int
    reason: str
    merged_text: str
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


class ConcernView(Value):
    """A conflict, an uncertainty, or planning language, to be acknowledged with a note."""

    id: str
    kind: ConcernKind
    entries: tuple[str, ...]
    items: tuple[str, ...]
    reason: str
    acknowledged: bool
    note: str | None
    acknowledged_by: str | None
    acknowledged_at: datetime | None


class SlotView(Value):
    """One line of the completeness table; `items` are ids."""

    slot: str
    label: str
    state: SlotState
    items: tuple[str, ...]


class DraftView(DraftSummary):
    """One whole draft."""

    sections: tuple[SectionView, ...]
    merge_proposals: tuple[ProposalView, ...]
    conflicts: tuple[ConcernView, ...]
    completeness: tuple[SlotView, ...]
    content_hash: str | None
    command_stale: bool
    """Whether people changed what Command counts after it was written."""

    def items(self) -> dict[str, ItemView]:
        """Every shown item by id."""
        return {item.id: item for section in self.sections for item in section.items}


def list_drafts(*, limit: int = 200) -> list[DraftSummary]:
    """Drafts, newest first."""
    with read_only():
        rows = Draft.select().order_by(Draft.created_at.desc(), Draft.id.desc()).limit(limit)
        return [_summary(row) for row in rows]


def current_draft(vessel_id: str) -> DraftSummary | None:
    """The vessel's open draft, if there is one."""
    states = [state.value for state in OPEN_STATES]
    with read_only():
        row = Draft.get_or_none(Draft.vessel_id == vessel_id, Draft.state.in_(states))
    return _summary(row) if row else None


def draft_summary(draft_id: str) -> DraftSummary:
    """One draft's line.

    Raises:
        NotFound: no such draft.
    """
    row = Draft.get_or_none(Draft.id == draft_id)
    if row is None:
        raise NotFound(kind="draft", id=draft_id)
    return _summary(row)


def draft(draft_id: str, *, role: Role | None = None, person_id: str | None = None) -> DraftView:
    """One whole draft, its sections and items in the order `role` reads them (I16).

    Raises:
        NotFound: no such draft.
    """
    with read_only():
        summary = draft_summary(draft_id)
        is_stale = command_is_stale(draft_id)
        rows = read_rows(draft_id, summary.review_round, person_id)
    sections = _sections(rows, summary, role)
    shown = {item.id for section in sections for item in section.items}
    return DraftView(
        **dict(summary),
        sections=sections,
        merge_proposals=tuple(_proposal(rows, p, shown) for p in rows.proposals),
        conflicts=tuple(_concern(rows, c, shown) for c in rows.concerns),
        completeness=tuple(_slot(rows, s, shown) for s in rows.slots),
        content_hash=rows.content_hash,
        command_stale=is_stale and Bucket.COMMAND in rows.items,
    )


def _summary(row: Draft) -> DraftSummary:
    return DraftSummary(**{name: getattr(row, name) for name in DraftSummary.model_fields})


def _sections(rows: DraftRows, summary: DraftSummary, role: Role | None) -> tuple[SectionView, ...]:
    present = [bucket for bucket in Bucket if rows.items.get(bucket)]
    made = {
        bucket: SectionView(
            number=number, bucket=bucket, label=BUCKET_LABELS[bucket],
            items=_items(rows, summary, bucket, number, role), seen=bucket in rows.seen,
        )
        for number, bucket in enumerate(present, start=1)
    }  # fmt: skip
    return tuple(made[bucket] for bucket in section_order(role) if bucket in made)


def _items(
    rows: DraftRows, summary: DraftSummary, bucket: Bucket, number: int, role: Role | None
) -> tuple[ItemView, ...]:
    shown = [
        _item(rows, summary, row, f"{number}.{n}")
        for n, row in enumerate(rows.items[bucket], start=1)
    ]
    return tuple(sorted(shown, key=lambda item: not floats_up(role, item.risk_tags)))


def _item(rows: DraftRows, summary: DraftSummary, row: Any, number: str) -> ItemView:
    derived = {
        "number", "domain_name", "sources", "carried", "age_days", "count", "edits",
    }  # fmt: skip
    plain = {k: getattr(row, k) for k in ItemView.model_fields if k not in derived}
    sources = rows.sources.get(plain["id"], {})
    raised = plain["first_raised_at"]
    count = row.carried_count
    return ItemView(
        **plain,
        number=number,
        domain_name=DOMAINS[plain["domain"]].name,
        sources=ItemSources(
            entries=tuple(sources.get("entry", ())),
            events=tuple(sources.get("event", ())),
            documents=tuple(sources.get("document", ())),
        ),
        carried=count > 1,
        age_days=max((summary.period_to - raised).days, 0) if raised else 0,
        count=count,
        edits=tuple(
            EditView(**{k: getattr(e, k) for k in EditView.model_fields})
            for e in rows.edits.get(plain["id"], ())
        ),
    )


def _proposal(rows: DraftRows, row: Any, shown: set[str]) -> ProposalView:
    own = {"entries", "items"}
    plain = {k: getattr(row, k) for k in ProposalView.model_fields if k not in own}
    return ProposalView(**plain, **_references(rows, row, shown))


def _concern(rows: DraftRows, row: Any, shown: set[str]) -> ConcernView:
    own = {"entries", "items", "acknowledged"}
    plain = {k: getattr(row, k) for k in ConcernView.model_fields if k not in own}
    return ConcernView(
        **plain, acknowledged=plain["note"] is not None, **_references(rows, row, shown)
    )


def _references(rows: DraftRows, row: Any, shown: set[str]) -> dict[str, tuple[str, ...]]:
    return {
        "entries": tuple(getattr(row, "entry_ids")),  # noqa: B009
        "items": _shown_ids(rows, row.item_ids, shown),
    }


def _slot(rows: DraftRows, row: Any, shown: set[str]) -> SlotView:
    plain = {k: getattr(row, k) for k in ("slot", "label", "state")}
    return SlotView(**plain, items=_shown_ids(rows, row.item_ids, shown))


def _shown_ids(rows: DraftRows, ids: list[str], shown: set[str]) -> tuple[str, ...]:
    """The ids as shown now: a merged item stands under the one it was merged into."""
    followed = (rows.merged_into.get(item, item) for item in ids)
    return tuple(dict.fromkeys(item for item in followed if item in shown))

"""All rows of one draft, read once, by the keys the views need."""

from dataclasses import dataclass
from typing import Any

from storage.drafts.histories import histories
from storage.drafts.states import ItemStatus
from storage.drafts.tables import (
    Draft,
    DraftConcern,
    DraftEdit,
    DraftItem,
    DraftItemSource,
    DraftSlot,
    MergeProposal,
    SectionView,
)
from storage.engine import tuples
from storage.taxonomy.domains import Bucket


@dataclass(frozen=True)
class DraftRows:
    """The rows of one draft; `seen` are the sections one person has read in this round."""

    items: dict[Bucket, list[DraftItem]]
    sources: dict[str, dict[str, list[str]]]
    edits: dict[str, list[DraftEdit]]
    proposals: list[MergeProposal]
    concerns: list[DraftConcern]
    slots: list[DraftSlot]
    seen: frozenset[Bucket]
    merged_into: dict[str, str]
    content_hash: str | None


def read_rows(draft_id: str, review_round: int, person_id: str | None) -> DraftRows:
    """Everything about a draft, inside the caller's snapshot."""
    return DraftRows(
        items=_shown_items(draft_id),
        sources=_sources(draft_id),
        edits=histories(draft_id),
        proposals=_placed(MergeProposal, draft_id),
        concerns=_placed(DraftConcern, draft_id),
        slots=_placed(DraftSlot, draft_id),
        seen=seen_sections(draft_id, review_round, person_id),
        merged_into=_merged(draft_id),
        content_hash=Draft.get_by_id(draft_id).content_hash,
    )


def seen_sections(draft_id: str, review_round: int, person_id: str | None) -> frozenset[Bucket]:
    """The sections a person has read to their end in a round of review."""
    rows = SectionView.select(SectionView.bucket).where(
        SectionView.draft_id == draft_id,
        SectionView.person_id == person_id,
        SectionView.review_round == review_round,
    )
    return frozenset(Bucket(bucket) for (bucket,) in tuples(rows))


def _shown_items(draft_id: str) -> dict[Bucket, list[DraftItem]]:
    rows = (
        DraftItem.select()
        .where(DraftItem.draft_id == draft_id, DraftItem.status == ItemStatus.SHOWN.value)
        .order_by(DraftItem.position, DraftItem.id)
    )
    items: dict[Bucket, list[DraftItem]] = {}
    for row in rows:
        items.setdefault(Bucket(row.bucket), []).append(row)
    return items


def _sources(draft_id: str) -> dict[str, dict[str, list[str]]]:
    rows = tuples(
        DraftItemSource.select()
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .where(DraftItem.draft_id == draft_id)
    )
    sources: dict[str, dict[str, list[str]]] = {}
    for item_id, kind, source_id in rows:
        sources.setdefault(item_id, {}).setdefault(kind, []).append(source_id)
    return sources


def _placed(table: Any, draft_id: str) -> list[Any]:
    return list(table.select().where(table.draft_id == draft_id).order_by(table.position))


def _merged(draft_id: str) -> dict[str, str]:
    rows = DraftItem.select(DraftItem.id, DraftItem.merged_into).where(
        DraftItem.draft_id == draft_id, DraftItem.merged_into.is_null(False)
    )
    return dict(tuples(rows))

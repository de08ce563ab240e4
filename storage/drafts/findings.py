"""Findings of a draft as rows: merge proposals, concerns, the completeness table."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from storage.drafts.content import DraftContent, ItemContent
from storage.drafts.states import ConcernKind
from storage.drafts.tables import DraftConcern, DraftSlot, MergeProposal
from storage.engine import insert_rows
from storage.identity import new_id
from storage.taxonomy.domains import Bucket


def insert_findings(draft_id: str, content: DraftContent, ids: Mapping[str, str]) -> None:
    """Merge proposals, concerns and the completeness table of a draft."""
    insert_rows(MergeProposal, _proposal_rows(draft_id, content, ids))
    insert_rows(DraftConcern, _concern_rows(draft_id, content, ids))
    insert_rows(
        DraftSlot,
        [
            {
                "draft_id": draft_id, "slot": slot.slot, "position": position,
                "label": slot.label, "state": slot.state.value,
                "item_ids": _known_ids(ids, slot.item_keys),
            }
            for position, slot in enumerate(content.completeness)
        ],
    )  # fmt: skip


def renew_findings(draft_id: str, content: DraftContent, ids: Mapping[str, str]) -> None:
    """Keep what people answered; replace what nobody has answered yet."""
    MergeProposal.delete().where(
        MergeProposal.draft_id == draft_id, MergeProposal.answer.is_null()
    ).execute()
    DraftConcern.delete().where(
        DraftConcern.draft_id == draft_id, DraftConcern.note.is_null()
    ).execute()
    DraftSlot.delete().where(DraftSlot.draft_id == draft_id).execute()
    answered = {p.key for p in MergeProposal.select().where(MergeProposal.draft_id == draft_id)}
    open_proposals = tuple(
        p
        for p in content.proposals
        if p.key not in answered and len(set(_known_ids(ids, p.item_keys))) > 1
    )
    insert_findings(draft_id, content.model_copy(update={"proposals": open_proposals}), ids)


def _proposal_rows(
    draft_id: str, content: DraftContent, ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {
            "id": new_id(), "draft_id": draft_id, "key": p.key, "kind": p.kind.value,
            "position": position, "entry_ids": list(p.entry_ids),
            "item_ids": _known_ids(ids, p.item_keys), "score": p.score, "reason": p.reason,
            "merged_text": p.merged_text,
        }
        for position, p in enumerate(content.proposals)
    ]  # fmt: skip


def _concern_rows(
    draft_id: str, content: DraftContent, ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    settled = {c.key for c in DraftConcern.select().where(DraftConcern.draft_id == draft_id)}
    return [
        {
            "id": new_id(), "draft_id": draft_id, "key": f"{kind}/{key}", "kind": kind.value,
            "position": position, "entry_ids": list(entries),
            "item_ids": _known_ids(ids, keys), "reason": reason,
        }
        for position, (kind, key, entries, keys, reason) in enumerate(_concerns(content))
        if f"{kind}/{key}" not in settled
    ]  # fmt: skip


Concern = tuple[ConcernKind, str, tuple[str, ...], tuple[str, ...], str]
"""Kind, key, entry ids, item keys, reason."""


def _concerns(content: DraftContent) -> Iterator[Concern]:
    for conflict in content.conflicts:
        yield (
            ConcernKind.CONFLICT, conflict.key,
            conflict.entry_ids, conflict.item_keys, conflict.reason,
        )  # fmt: skip
    for section in content.sections:
        for item in section.items if section.bucket is not Bucket.COMMAND else ():
            yield from _item_concerns(item)


def _item_concerns(item: ItemContent) -> Iterator[Concern]:
    if item.uncertain and not item.conflict:
        reason = item.note or "The words themselves are uncertain."
        yield ConcernKind.UNCERTAINTY, item.key, item.entry_ids, (item.key,), reason
    if item.planning:
        reason = f"Assigns work: {'; '.join(item.planning)}"
        yield ConcernKind.PLANNING, item.key, item.entry_ids, (item.key,), reason


def _known_ids(ids: Mapping[str, str], keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids[key] for key in keys if ids.get(key)))

"""What people did to a handover is not asked of them again when it is corrected.

Items they have touched are copied; all others are made from the entries as they now stand, as when
a draft is made again. What a person had left out is not: that may be what was wrong.
"""

from collections.abc import Mapping
from typing import Any

from storage.drafts.content import DraftContent, ItemContent
from storage.drafts.items import facts_of, known_items, renew_items
from storage.drafts.places import places_people_hold, put_back
from storage.drafts.states import ItemStatus
from storage.drafts.tables import (
    DraftConcern,
    DraftEdit,
    DraftItem,
    DraftItemSource,
    MergeProposal,
)
from storage.engine import insert_rows, tuples
from storage.identity import new_id
from storage.taxonomy.domains import Bucket, bucket_of

_FACTS = {
    "domain", "risk_tags", "confidence", "state", "conflict", "uncertain", "note", "summarised",
}  # fmt: skip
"""What the entries say of an item, whatever words a person has given it."""


def take_over(corrected_id: str, draft_id: str, content: DraftContent) -> dict[str, str]:
    """Write the items of a correction around what people did to those of the corrected handover:
    edits, merges, splits, places, answers and notes. Returns key → item id, as `renew_items` does.

    `content` is what the entries say now. An item none of whose entries is left is nobody's any
    more; one that rests on the same entries as before takes their domain, risks and state.
    """
    now = {i.key: i for s in content.sections if s.bucket is not Bucket.COMMAND for i in s.items}
    known = {entry for item in now.values() for entry in item.entry_ids}
    entries = _entries_of(corrected_id)
    rows = _held_rows(corrected_id, entries, known)
    ids = {row.id: new_id() for row in rows}
    copies = [_copied(row, now.get(row.key), entries.get(row.id, set())) for row in rows]
    for row, copy in zip(rows, copies, strict=True):
        copy |= {"id": ids[row.id], "draft_id": draft_id}
        copy |= {"merged_into": ids.get(row.merged_into or "")}
    insert_rows(DraftItem, copies)
    _copy(DraftItemSource, DraftItemSource.item_id.in_(list(ids)), ids, {})
    _copy(DraftEdit, DraftEdit.item_id.in_(list(ids)), ids, {"draft_id": draft_id})
    made = renew_items(draft_id, content.sections)
    _put_back(corrected_id, draft_id, ids)
    standing = {i: made[key] for key, i in known_items(corrected_id).items() if made.get(key)} | ids
    _copy_answers(MergeProposal, corrected_id, draft_id, standing, known)
    _copy_answers(DraftConcern, corrected_id, draft_id, standing, known)
    return made


def _held_rows(draft_id: str, entries: Mapping[str, set[str]], known: set[str]) -> list[DraftItem]:
    """What people have touched and did not leave out, each row after the one it was merged into."""
    rows = list(
        DraftItem.select().where(
            DraftItem.draft_id == draft_id,
            DraftItem.touched == True,  # noqa: E712
            DraftItem.status.in_([ItemStatus.SHOWN, ItemStatus.MERGED, ItemStatus.SPLIT]),
        )
    )
    whole = [
        row
        for row in rows
        if row.status != ItemStatus.MERGED and not known.isdisjoint(entries.get(row.id, set()))
    ]
    standing = {row.id for row in whole}
    return whole + [row for row in rows if row.merged_into in standing]


def _put_back(corrected_id: str, draft_id: str, ids: Mapping[str, str]) -> None:
    """Give the items people hold the places they had in the corrected handover."""
    places = places_people_hold(corrected_id)
    put_back(
        draft_id,
        {
            bucket: {ids[item]: place for item, place in held.items() if item in ids}
            for bucket, held in places.items()
        },
    )


def _entries_of(draft_id: str) -> dict[str, set[str]]:
    rows = tuples(
        DraftItemSource.select(DraftItemSource.item_id, DraftItemSource.source_id)
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .where(DraftItem.draft_id == draft_id, DraftItemSource.kind == "entry")
    )
    found: dict[str, set[str]] = {}
    for item_id, entry_id in rows:
        found.setdefault(item_id, set()).add(entry_id)
    return found


def _copied(row: DraftItem, item: ItemContent | None, entries: set[str]) -> dict[str, Any]:
    copy = _fields(row)
    if item is not None and set(item.entry_ids) == entries:
        copy |= facts_of(item, _FACTS)
        copy |= {"bucket": bucket_of(item.domain).value, "machine_text": item.text}
    return copy


def _copy(table: type[Any], which: Any, ids: Mapping[str, str], facts: dict[str, Any]) -> None:
    """Copy the rows of single items, each under the new id of its item."""
    rows = table.select().where(which).order_by(*table._meta.sorted_fields[:1])
    insert_rows(table, [_fields(row) | facts | {"item_id": ids[row.item_id]} for row in rows])


def _copy_answers(
    table: type[Any],
    corrected_id: str,
    draft_id: str,
    ids: Mapping[str, str],
    known: set[str],
) -> None:
    """Copy what people answered about entries all of which are still there."""
    given = table.answer if table is MergeProposal else table.note
    rows = table.select().where(table.draft_id == corrected_id, given.is_null(False))
    insert_rows(
        table,
        [
            _fields(row) | {"draft_id": draft_id, "item_ids": items}
            for row in rows.order_by(table.position)
            if known.issuperset(row.entry_ids)
            and (items := [ids[item] for item in row.item_ids if item in ids])
        ],
    )


def _fields(row: Any) -> dict[str, Any]:
    """All of a row, with an id of its own where it has one."""
    plain = {name: getattr(row, name) for name in row._meta.fields}
    return plain | ({"id": new_id()} if "id" in plain else {})

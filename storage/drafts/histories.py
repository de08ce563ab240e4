"""What people did to an item, and before that to what it was split from or merged with (I10).

The parts of a split carry the key of the item they were part of, and what was merged names the
item it went into; so whoever reads an item reads how it came to its words.
"""

from collections.abc import Collection, Iterable, Mapping

from storage.drafts.states import EditKind
from storage.drafts.tables import DraftEdit, DraftItem
from storage.engine import tuples

Origins = Mapping[str, tuple[str, ...]]
"""Item id → the ids of the items it was directly made of."""


def histories(draft_id: str) -> dict[str, list[DraftEdit]]:
    """Item id → every edit that led to its words, oldest first; nothing for an untouched item."""
    own: dict[str, list[DraftEdit]] = {}
    for edit in DraftEdit.select().where(DraftEdit.draft_id == draft_id).order_by(DraftEdit.id):
        own.setdefault(edit.item_id, []).append(edit)
    if not own:
        return {}
    touched = tuples(
        DraftItem.select(DraftItem.id, DraftItem.key, DraftItem.merged_into).where(
            DraftItem.draft_id == draft_id,
            DraftItem.touched == True,  # noqa: E712
        )
    )
    made_of = origins(touched)
    return {item: _told_once(own, whole(made_of, item)) for item in made_of}


def edits_behind(item_ids: Collection[str]) -> list[DraftEdit]:
    """Every edit that led to the words of any of these items, of whatever draft, oldest first."""
    rows = DraftItem.select(DraftItem.draft_id).where(DraftItem.id.in_(item_ids)).distinct()
    found = {
        edit.id: edit
        for (draft_id,) in tuples(rows)
        for item, edits in histories(draft_id).items()
        if item in item_ids
        for edit in edits
    }
    return [found[edit_id] for edit_id in sorted(found)]


def origins(touched: Iterable[tuple[str, str, str | None]]) -> Origins:
    """What each item was made of; `touched` are (id, key, the id of what it was merged into)."""
    rows = list(touched)
    by_key = {key: item for item, key, _ in rows}
    found: dict[str, tuple[str, ...]] = {item: () for item, _, _ in rows}
    for item, key, merged_into in rows:
        split_from = by_key.get(key.rpartition("/")[0])
        if split_from:
            found[item] += (split_from,)
        if merged_into in found:
            found[merged_into] += (item,)
    return found


def whole(made_of: Origins, item: str) -> set[str]:
    """An item and everything it was made of, directly or not."""
    reached, ahead = {item}, [item]
    while ahead:
        new = set(made_of[ahead.pop()]) - reached
        reached |= new
        ahead += new
    return reached


def _told_once(own: Mapping[str, list[DraftEdit]], items: Iterable[str]) -> list[DraftEdit]:
    """The edits of these items; a merge is on record at each it was made of, and told by one."""
    edits = sorted((edit for item in items for edit in own.get(item, ())), key=lambda e: e.id)
    merges: set[tuple[object, str]] = set()
    told = []
    for edit in edits:
        mark = (edit.at, edit.new)
        if edit.kind != EditKind.MERGE or mark not in merges:
            told.append(edit)
        if edit.kind == EditKind.MERGE:
            merges.add(mark)
    return told

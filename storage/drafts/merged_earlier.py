"""What people made one item of in the last signed handover: said once, decided once (DOMAIN §5).

The signed handover itself is the memory. An item that was taken apart again since, or that shares
an entry with another one, is not one item any more.
"""

from collections import Counter
from collections.abc import Collection, Iterable

from storage.drafts.content import MergedEarlier
from storage.drafts.states import EditKind, ItemStatus
from storage.drafts.tables import Draft, DraftEdit, DraftItem, DraftItemSource
from storage.engine import tuples
from storage.taxonomy.domains import Bucket

BATCH = 500


def merged_earlier(last: Draft | None, present: Collection[str]) -> tuple[MergedEarlier, ...]:
    """The entries among `present` that stand under one item of the handover `last`, by item."""
    together: dict[str, list[str]] = {}
    for item_id, entry_id in _told(last) if last else ():
        together.setdefault(item_id, []).append(entry_id)
    times_told = Counter(entry for entries in together.values() for entry in entries)
    groups = [
        [entry for entry in entries if entry in present]
        for entries in together.values()
        if all(times_told[entry] == 1 for entry in entries)
    ]
    groups = [sorted(group) for group in groups if len(group) > 1]
    merges = _merges_of(entry for group in groups for entry in group)
    return tuple(
        max((merges[entry] for entry in group), key=lambda one: one.at).model_copy(
            update={"entry_ids": tuple(group)}
        )
        for group in sorted(groups)
        if all(entry in merges for entry in group)
    )


def _told(last: Draft) -> list[tuple[str, str]]:
    """(item, entry) of everything the handover shows outside Command."""
    rows = tuples(
        DraftItemSource.select(DraftItemSource.item_id, DraftItemSource.source_id)
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .where(
            DraftItem.draft_id == last.id,
            DraftItem.status == ItemStatus.SHOWN,
            DraftItem.bucket != Bucket.COMMAND.value,
            DraftItemSource.kind == "entry",
        )
        .order_by(DraftItemSource.item_id, DraftItemSource.source_id)
    )
    return [(item_id, entry_id) for item_id, entry_id in rows]


def _merges_of(entry_ids: Iterable[str]) -> dict[str, MergedEarlier]:
    """The last merge of each entry: who, and when."""
    wanted, found = sorted(entry_ids), dict[str, MergedEarlier]()
    for start in range(0, len(wanted), BATCH):
        rows = tuples(
            DraftEdit.select(DraftItemSource.source_id, DraftEdit.editor, DraftEdit.at)
            .join(DraftItemSource, on=(DraftItemSource.item_id == DraftEdit.item_id))
            .where(
                DraftEdit.kind == EditKind.MERGE.value,
                DraftItemSource.kind == "entry",
                DraftItemSource.source_id.in_(wanted[start : start + BATCH]),
            )
            .order_by(DraftEdit.at, DraftEdit.id)
        )
        for entry_id, by, at in rows:
            found[entry_id] = MergedEarlier(entry_ids=(entry_id,), by=by, at=at)
    return found

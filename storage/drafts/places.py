"""The places of items in a section: the machine ranks, and what a person has placed stays there."""

from collections.abc import Mapping, Sequence

from storage.drafts.states import ItemStatus
from storage.drafts.tables import DraftItem
from storage.engine import execute_many, tuples

Places = Mapping[str, Mapping[str, int]]
"""Bucket → item id → its place among the items shown, 0 is first."""


def shown_ids(draft_id: str, bucket: str) -> list[str]:
    """The items a section shows, first to last."""
    rows = (
        DraftItem.select(DraftItem.id)
        .where(
            DraftItem.draft_id == draft_id, DraftItem.bucket == bucket,
            DraftItem.status == ItemStatus.SHOWN.value,
        )
        .order_by(DraftItem.position, DraftItem.id)
    )  # fmt: skip
    return [item_id for (item_id,) in tuples(rows)]


def renumber(item_ids: Sequence[str]) -> None:
    """Put items in this order, inside the caller's transaction."""
    execute_many("UPDATE draft_item SET position = ? WHERE id = ?", enumerate(item_ids))


def places_people_hold(draft_id: str) -> Places:
    """Where the items people have touched stand now."""
    rows = tuples(
        DraftItem.select(DraftItem.bucket, DraftItem.id).where(
            DraftItem.draft_id == draft_id,
            DraftItem.touched == True,  # noqa: E712
            DraftItem.status == ItemStatus.SHOWN.value,
        )
    )
    held: dict[str, set[str]] = {}
    for bucket, item_id in rows:
        held.setdefault(bucket, set()).add(item_id)
    return {
        bucket: {i: n for n, i in enumerate(shown_ids(draft_id, bucket)) if i in items}
        for bucket, items in held.items()
    }


def put_back(draft_id: str, places: Places) -> None:
    """Give the items people hold their places again, the others around them as ranked."""
    for bucket, held in places.items():
        order = [item_id for item_id in shown_ids(draft_id, bucket) if item_id not in held]
        for item_id, place in sorted(held.items(), key=lambda entry: entry[1]):
            order.insert(place, item_id)
        renumber(order)

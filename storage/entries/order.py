"""The orders a list of entries can have, and where a page of one goes on.

By risk and by domain the whole of what a filter finds is looked at, because what stands for an
entry may be a later correction; by time an index gives any page at any length.
"""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import peewee

from storage.clock import to_text
from storage.entries.correction_views import stands_as
from storage.entries.tables import Entry
from storage.taxonomy.risks import SEVERITY, RiskTag

Cursor = tuple[str | int, datetime, str]
"""The key, created_at and id of the last row seen; the next page starts after it."""


class EntryOrder(StrEnum):
    """In what order."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    RISK = "worst risk first"
    DOMAIN = "by domain"


_WORST = peewee.Case(
    None,
    [(Entry.risk_tags.cast("text").contains(f'"{tag.value}"'), n) for tag, n in SEVERITY.items()],
    SEVERITY[RiskTag.INFORMATIONAL],
)
_KEYS: dict[EntryOrder, Any] = {
    EntryOrder.RISK: _WORST,
    EntryOrder.DOMAIN: stands_as("primary_domain"),
}
"""What comes before the time; the newest of equals comes first."""


def ordering(order: EntryOrder) -> Sequence[Any]:
    """What to order by."""
    if order is EntryOrder.OLDEST:
        return (Entry.created_at, Entry.id)
    key = [_KEYS[order]] if order in _KEYS else []
    return (*key, Entry.created_at.desc(), Entry.id.desc())


def beyond(order: EntryOrder, after: Cursor) -> Any:
    """The condition for what comes after a row."""
    key, at, entry_id = after
    place, seen = peewee.Tuple(Entry.created_at, Entry.id), (to_text(at), entry_id)
    if order is EntryOrder.OLDEST:
        return place > seen
    if order not in _KEYS:
        return place < seen
    return (_KEYS[order] > key) | ((_KEYS[order] == key) & (place < seen))

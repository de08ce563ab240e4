"""Stage 6: what matters most first (DOMAIN §5; pure)."""

from collections.abc import Iterable

from storage.drafts.content import ItemContent
from storage.taxonomy.risks import severity
from worker.pipeline.entry import Entry


def rank(pairs: Iterable[tuple[Entry, ItemContent]]) -> tuple[ItemContent, ...]:
    """The items of a bucket: by risk, then newest first, then longest unresolved, then key."""
    return tuple(item for _, item in sorted(pairs, key=lambda pair: _place(*pair)))


def _place(entry: Entry, item: ItemContent) -> tuple[int, float, float, str]:
    raised = entry.given.carried.first_raised_at if entry.given.carried else entry.given.created_at
    newest = -entry.given.created_at.timestamp()
    return severity(item.risk_tags), newest, raised.timestamp(), item.key

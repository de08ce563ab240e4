"""Items people have touched follow a corrected classification; their words stay (I7)."""

from collections.abc import Iterable

from storage.drafts.content import SectionContent
from storage.drafts.states import ItemStatus
from storage.drafts.tables import DraftItem, DraftItemSource
from storage.engine import tuples
from storage.taxonomy.domains import Bucket, bucket_of

_LAST = 1_000_000
"""A position after every other; the section is numbered anew afterwards."""


def refile_touched_items(draft_id: str, sections: Iterable[SectionContent]) -> None:
    """Put each touched item that is shown where the entries it rests on are filed now.

    Only an officer's correction moves an entry, and it reaches a draft here, when the draft is made
    again (I10). An item merged from several entries stays where it was merged.
    """
    filed = {
        frozenset(item.entry_ids): item.domain
        for section in sections
        if section.bucket is not Bucket.COMMAND
        for item in section.items
    }
    for item_id, domain, entries in _touched(draft_id):
        now = filed.get(entries, domain)
        if now != domain:
            moved = bucket_of(now) is not bucket_of(domain)
            place = {"bucket": bucket_of(now).value, "position": _LAST} if moved else {}
            DraftItem.update(domain=now, **place).where(DraftItem.id == item_id).execute()


def _touched(draft_id: str) -> list[tuple[str, str, frozenset[str]]]:
    rows = tuples(
        DraftItem.select(DraftItem.id, DraftItem.domain, DraftItemSource.source_id)
        .join(DraftItemSource, on=(DraftItemSource.item_id == DraftItem.id))
        .where(
            DraftItem.draft_id == draft_id,
            DraftItem.touched == True,  # noqa: E712
            DraftItem.status == ItemStatus.SHOWN.value,
            DraftItemSource.kind == "entry",
        )
    )
    entries: dict[tuple[str, str], set[str]] = {}
    for item_id, domain, entry_id in rows:
        entries.setdefault((item_id, domain), set()).add(entry_id)
    return [(item, domain, frozenset(found)) for (item, domain), found in entries.items()]

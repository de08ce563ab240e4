"""Items of a draft as rows: written fresh, or renewed around those people have touched (I7)."""

from collections.abc import Iterable, Mapping, Set
from typing import Any

from pydantic import TypeAdapter

from storage.drafts.content import Carried, ItemContent, SectionContent
from storage.drafts.places import places_people_hold, put_back
from storage.drafts.refiling import refile_touched_items
from storage.drafts.states import ItemStatus
from storage.drafts.tables import DraftItem, DraftItemSource
from storage.engine import insert_rows, tuples
from storage.errors import BadInput
from storage.identity import new_id
from storage.taxonomy.domains import Bucket

_STORED = TypeAdapter(ItemContent)
_WORDS_AND_FACTS = {
    "key", "domain", "text", "sentences", "risk_tags", "confidence", "state",
    "conflict", "uncertain", "note", "summarised", "planning",
}  # fmt: skip
_ORDER = {bucket.value: place for place, bucket in enumerate(Bucket)}
"""That of the document, which decides between items of like gravity."""


def renew_items(draft_id: str, sections: Iterable[SectionContent]) -> dict[str, str]:
    """Bring the items up to date around those people have touched; returns key → item id."""
    refile_touched_items(draft_id, sections)
    held, places = _entries_people_hold(draft_id), places_people_hold(draft_id)
    withdraw_machine_items(draft_id, DraftItem.touched == False)  # noqa: E712
    kept = [_without_held(section, held) for section in sections]
    ids = insert_items(draft_id, kept, known_items(draft_id))
    put_back(draft_id, places)
    for section in sections:
        for item in section.items:
            holder = next((held[e] for e in item.entry_ids if e in held), None)
            ids.setdefault(item.key, holder or "")
    return ids


def _without_held(section: SectionContent, held: Mapping[str, str]) -> SectionContent:
    """The section without items all of whose entries a person has dealt with already.

    Command repeats its sources and is never edited, so nobody holds any of it.
    """
    if section.bucket is Bucket.COMMAND:
        return section
    free = tuple(item for item in section.items if not held.keys() >= set(item.entry_ids))
    return section.model_copy(update={"items": free})


def _entries_people_hold(draft_id: str) -> dict[str, str]:
    """Entry id → the item through which a person already dealt with it."""
    rows = tuples(
        DraftItemSource.select(
            DraftItemSource.source_id, DraftItem.id, DraftItem.merged_into, DraftItem.status
        )
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .where(
            DraftItem.draft_id == draft_id,
            DraftItem.touched == True,  # noqa: E712
            DraftItemSource.kind == "entry",
        )
    )
    return {source: merged or item for source, item, merged, _status in rows}


def withdraw_machine_items(draft_id: str, which: Any) -> None:
    """Take the untouched items that match `which` out of the draft; their rows stay as history."""
    DraftItem.update(status=ItemStatus.WITHDRAWN.value).where(
        DraftItem.draft_id == draft_id,
        DraftItem.status == ItemStatus.SHOWN.value,
        DraftItem.touched == False,  # noqa: E712
        which,
    ).execute()


def known_items(draft_id: str) -> dict[str, str]:
    """Key → id of every item the draft ever had."""
    rows = DraftItem.select(DraftItem.key, DraftItem.id).where(DraftItem.draft_id == draft_id)
    return dict(tuples(rows))


def insert_items(
    draft_id: str, sections: Iterable[SectionContent], known: Mapping[str, str]
) -> dict[str, str]:
    """Write items, renewing rows whose key is known; returns key → item id.

    Raises:
        BadInput: an item rests on no entry (I9).
    """
    ids: dict[str, str] = {}
    fresh: list[dict[str, Any]] = []
    renewed: list[dict[str, Any]] = []
    sources: list[dict[str, str]] = []
    for section in sections:
        for position, item in enumerate(section.items):
            ids[item.key] = known.get(item.key) or new_id()
            row = _item_row(ids[item.key], draft_id, section.bucket, position, item)
            (renewed if item.key in known else fresh).append(row)
            sources += _source_rows(ids[item.key], item)
    for row in renewed:
        DraftItemSource.delete().where(DraftItemSource.item_id == row["id"]).execute()
        DraftItem.update(**row).where(DraftItem.id == row["id"]).execute()
    insert_rows(DraftItem, fresh)
    insert_rows(DraftItemSource, sources)
    return ids


def _item_row(
    item_id: str, draft_id: str, bucket: Bucket, position: int, item: ItemContent
) -> dict[str, Any]:
    return {
        **facts_of(item, _WORDS_AND_FACTS),
        "id": item_id,
        "draft_id": draft_id,
        "bucket": bucket.value,
        "position": position,
        "status": ItemStatus.SHOWN.value,
        "merged_into": None,
        "touched": False,
        "machine_text": item.text,
        "first_raised_at": item.carried.first_raised_at if item.carried else None,
        "carried_count": item.carried.count if item.carried else 1,
    }


def facts_of(item: ItemContent, names: Set[str]) -> dict[str, Any]:
    """What `names` of an item are, as they are stored."""
    return dict(_STORED.dump_python(item, mode="json", include=set(names)))


def _source_rows(item_id: str, item: ItemContent) -> list[dict[str, str]]:
    if not item.entry_ids:
        raise BadInput(why=f"The item {item.text[:40]!r} has no source; there is no item without.")
    named = (
        ("entry", item.entry_ids),
        ("event", item.event_ids),
        ("document", item.document_ids),
    )
    return [
        {"item_id": item_id, "kind": kind, "source_id": source_id}
        for kind, ids in named
        for source_id in dict.fromkeys(ids)
    ]


def shown_items(draft_id: str) -> tuple[ItemContent, ...]:
    """The items as they stand after people's changes, Command left out: what Command is made of."""
    return _shown(draft_id, DraftItem.bucket != Bucket.COMMAND.value)


def shown_command(draft_id: str) -> tuple[ItemContent, ...]:
    """The statements of Command as they stand."""
    return _shown(draft_id, DraftItem.bucket == Bucket.COMMAND.value)


def _shown(draft_id: str, which: Any) -> tuple[ItemContent, ...]:
    sources: dict[str, dict[str, list[str]]] = {}
    rows = tuples(
        DraftItemSource.select()
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .where(DraftItem.draft_id == draft_id)
    )
    for item_id, kind, source_id in rows:
        sources.setdefault(item_id, {}).setdefault(kind, []).append(source_id)
    shown = DraftItem.select().where(
        DraftItem.draft_id == draft_id,
        DraftItem.status == ItemStatus.SHOWN.value,
        which,
    )
    ordered = sorted(shown, key=lambda row: (_ORDER[row.bucket], row.position, row.id))
    return tuple(_content(row, sources.get(row.id, {})) for row in ordered)


def _content(row: DraftItem, sources: Mapping[str, list[str]]) -> ItemContent:
    same = (
        "key", "domain", "text", "risk_tags", "confidence", "state",
        "conflict", "uncertain", "note", "summarised", "planning",
    )  # fmt: skip
    raised = row.first_raised_at
    return ItemContent(
        **{name: getattr(row, name) for name in same},
        sentences=() if row.touched else row.sentences,
        entry_ids=tuple(sources.get("entry", ())),
        event_ids=tuple(sources.get("event", ())),
        document_ids=tuple(sources.get("document", ())),
        carried=Carried(first_raised_at=raised, count=row.carried_count) if raised else None,
    )

"""Changing items in review: every change keeps what was there before, and who made it (I10)."""

from collections.abc import Sequence

from storage.audit.actions import Deed, act, asking
from storage.audit.actor import Actor
from storage.drafts.moves import draft_row, touch
from storage.drafts.places import renumber, shown_ids
from storage.drafts.rules import check_changeable, check_item_text, check_reviewable
from storage.drafts.states import ConcernKind, DraftState, EditKind, ItemStatus
from storage.drafts.tables import DraftConcern, DraftEdit, DraftItem, DraftItemSource
from storage.engine import insert_rows
from storage.entries.rules import check_reason
from storage.errors import BadInput, NotFound
from storage.identity import new_id
from storage.taxonomy.planning import planning_phrases
from storage.taxonomy.risks import RiskTag, by_severity

ACTIONS = {
    EditKind.EDIT: "draft.item_edited",
    EditKind.MOVE: "draft.item_moved",
    EditKind.MERGE: "draft.items_merged",
    EditKind.SPLIT: "draft.item_split",
    EditKind.SUPPRESS: "draft.item_suppressed",
}
"""What each change is recorded as."""


def edit(actor: Actor, item_id: str, text: str, *, reason: str = "") -> None:
    """Reword an item; the original, the editor and the time stay beside it.

    Raises:
        NotFound, WrongState, NotPermitted: a Command item, or not a person. BadInput, TooLong.
    """
    with act(actor, "draft.item_edited", "item", item_id) as deed:
        item = _changeable(actor, item_id)
        text = check_item_text(text)
        if text == item.text:
            deed.unchanged()
            return
        planning = planning_phrases(text)
        _record(deed, actor, item, EditKind.EDIT, item.text, text, reason)
        _change(item, text=text, planning=list(planning))
        if not planning:
            _settle(deed, actor, item, (ConcernKind.PLANNING,), "Reworded; assigns no work now.")


def move(actor: Actor, item_id: str, to_position: int, *, reason: str = "") -> None:
    """Put an item at place `to_position` (1 is first) of its own section.

    Raises:
        NotFound, WrongState, NotPermitted. BadInput: no such place.
    """
    with act(actor, "draft.item_moved", "item", item_id) as deed:
        item = _changeable(actor, item_id)
        ids = shown_ids(item.draft_id, item.bucket)
        if not 1 <= to_position <= len(ids):
            raise BadInput(why=f"The section has places 1 to {len(ids)}.")
        before = ids.index(item_id) + 1
        if before == to_position:
            deed.unchanged()
            return
        ids.insert(to_position - 1, ids.pop(before - 1))
        renumber(ids)
        _record(deed, actor, item, EditKind.MOVE, str(before), str(to_position), reason)
        _change(item)


def merge(
    actor: Actor, item_ids: Sequence[str], *, text: str | None = None, reason: str = ""
) -> str:
    """Make several items of one section one item, the first of them; returns its id.

    The others stay as history, and all sources stand under the one that is left.

    Raises:
        BadInput: fewer than two, or of different sections. NotFound, WrongState, NotPermitted.
    """
    wanted = list(dict.fromkeys(item_ids))
    with act(actor, "draft.items_merged", "item", wanted[0] if wanted else "") as deed:
        items = [_changeable(actor, item_id) for item_id in wanted]
        return merge_rows(deed, actor, items, text, reason)


def split(actor: Actor, item_id: str, texts: Sequence[str], *, reason: str = "") -> list[str]:
    """Make one item several, each with all its sources; returns the new ids.

    Raises:
        BadInput: fewer than two texts. NotFound, WrongState, NotPermitted.
    """
    with act(actor, "draft.item_split", "item", item_id) as deed:
        item = _changeable(actor, item_id)
        parts = [check_item_text(text) for text in texts]
        if len(parts) < 2:
            raise BadInput(why="Splitting needs at least two texts.")
        ids = [_part_of(item, number, text) for number, text in enumerate(parts, start=1)]
        _record(deed, actor, item, EditKind.SPLIT, item.text, "\n".join(parts), reason)
        _change(item, status=ItemStatus.SPLIT.value)
        deed.detail.update(parts=ids)
    return ids


def suppress(actor: Actor, item_id: str, *, reason: str) -> None:
    """Leave an item out of this handover; who and why stay on record.

    Raises:
        NotFound, WrongState, NotPermitted. BadInput: no reason.
    """
    with act(actor, "draft.item_suppressed", "item", item_id) as deed:
        item = _changeable(actor, item_id)
        reason = check_reason(reason)
        _record(deed, actor, item, EditKind.SUPPRESS, item.text, "", reason)
        _change(item, status=ItemStatus.SUPPRESSED.value)
        kinds = (ConcernKind.PLANNING, ConcernKind.UNCERTAINTY)
        _settle(deed, actor, item, kinds, f"Left out: {reason}")


def attempt(actor: Actor, item_id: str, how: EditKind) -> None:
    """Refuse a change that is not legal now, on record (I1); else do nothing.

    Raises:
        NotFound, WrongState, NotPermitted: a Command item, or not a person.
    """
    with asking(actor, ACTIONS[how], "item", item_id):
        _changeable(actor, item_id)


def merge_rows(
    deed: Deed, actor: Actor, items: Sequence[DraftItem], text: str | None, reason: str
) -> str:
    """Merge item rows into the first of them, inside the caller's act; returns its id.

    Raises:
        BadInput: fewer than two, or of different sections.
    """
    if len(items) < 2:
        raise BadInput(why="Merging needs at least two items that are still shown.")
    if len({item.bucket for item in items}) > 1:
        raise BadInput(
            why="Items of different sections are not merged; nothing changes its bucket."
        )
    target, others = items[0], items[1:]
    merged_text = check_item_text(text or "\n".join(dict.fromkeys(i.text for i in items)))
    originals = "\n".join(item.text for item in items)
    _record(deed, actor, target, EditKind.MERGE, originals, merged_text, reason)
    for other in others:
        _record(deed, actor, other, EditKind.MERGE, other.text, merged_text, reason)
        _change(other, status=ItemStatus.MERGED.value, merged_into=target.id)
        _follow_merge(other.id, target.id)
    _change(target, text=merged_text, **_gathered(items))
    deed.detail.update(merged=[item.id for item in items])
    return str(target.id)


def _changeable(actor: Actor, item_id: str) -> DraftItem:
    item: DraftItem | None = DraftItem.get_or_none(DraftItem.id == item_id)
    if item is None:
        raise NotFound(kind="item", id=item_id)
    check_reviewable(DraftState(draft_row(item.draft_id).state))
    check_changeable(item.bucket, item.status, item.text)
    return item


def _change(item: DraftItem, **facts: object) -> None:
    DraftItem.update(touched=True, **facts).where(DraftItem.id == item.id).execute()


def _record(
    deed: Deed,
    actor: Actor,
    item: DraftItem,
    kind: EditKind,
    original: str,
    new: str,
    reason: str,
) -> None:
    DraftEdit.insert(
        id=new_id(), draft_id=item.draft_id, item_id=item.id, kind=kind.value,
        original=original, new=new, editor_id=actor.id, editor=actor.name,
        at=deed.at, reason=reason.strip(),
    ).execute()  # fmt: skip
    touch(item.draft_id, deed.at)
    deed.detail.update(draft=item.draft_id, original=original, new=new, reason=reason.strip())


def _follow_merge(item_id: str, target_id: str) -> None:
    """Let the target stand on the other's sources, and take over what was merged into it before."""
    for source in list(DraftItemSource.select().where(DraftItemSource.item_id == item_id)):
        DraftItemSource.insert(
            item_id=target_id, kind=source.kind, source_id=source.source_id
        ).on_conflict_ignore().execute()
    DraftItem.update(merged_into=target_id).where(DraftItem.merged_into == item_id).execute()


def _gathered(items: Sequence[DraftItem]) -> dict[str, object]:
    """What a merged item takes from all it is made of: nothing that was said is lost."""
    raised = [item.first_raised_at for item in items if item.first_raised_at]
    return {
        "risk_tags": list(by_severity(RiskTag(tag) for item in items for tag in item.risk_tags)),
        "conflict": any(item.conflict for item in items),
        "uncertain": any(item.uncertain for item in items),
        "note": " ".join(dict.fromkeys(item.note for item in items if item.note)),
        "first_raised_at": min(raised, default=None),
        "carried_count": max(item.carried_count for item in items),
    }


def _part_of(item: DraftItem, number: int, text: str) -> str:
    """A new item with one part of the words and all of the sources of the one that was split."""
    part_id = new_id()
    same = {name: getattr(item, name) for name in DraftItem._meta.fields}
    part = {
        **same, "id": part_id, "key": f"{item.key}/{number}:{part_id[-6:]}", "text": text,
        "touched": True, "planning": list(planning_phrases(text)),
    }  # fmt: skip
    insert_rows(DraftItem, [part])
    sources = DraftItemSource.select().where(DraftItemSource.item_id == item.id)
    insert_rows(
        DraftItemSource,
        [{"item_id": part_id, "kind": s.kind, "source_id": s.source_id} for s in sources],
    )
    return part_id


def _settle(
    deed: Deed, actor: Actor, item: DraftItem, kinds: Sequence[ConcernKind], note: str
) -> None:
    """Close what a change to the item itself has answered."""
    keys = [f"{kind}/{item.key}" for kind in kinds]
    DraftConcern.update(note=note, acknowledged_by=actor.name, acknowledged_at=deed.at).where(
        DraftConcern.draft_id == item.draft_id,
        DraftConcern.key.in_(keys),
        DraftConcern.note.is_null(),
    ).execute()

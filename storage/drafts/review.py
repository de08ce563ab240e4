"""Reviewing: reading sections, answering merge proposals, acknowledging concerns (I11)."""

from itertools import combinations

from storage.audit.actions import Deed, act
from storage.audit.actor import Actor
from storage.drafts.editing import merge_rows
from storage.drafts.moves import draft_row, move_state, touch
from storage.drafts.rules import check_readable, check_reviewable
from storage.drafts.states import Answer, DraftState, ItemStatus, Move
from storage.drafts.tables import (
    DraftConcern,
    DraftItem,
    DraftItemSource,
    MergeProposal,
    RefusedPair,
    SectionView,
)
from storage.engine import tuples
from storage.entries.rules import check_reason
from storage.errors import NotFound, WrongState
from storage.taxonomy.domains import Bucket


def begin_review(actor: Actor, draft_id: str) -> None:
    """Open a draft for review; a second reviewer simply joins.

    Raises:
        NotFound, WrongState: accepted or signed. NotPermitted: not a person (I13).
    """
    with act(actor, "draft.review_begun", "draft", draft_id) as deed:
        draft = draft_row(draft_id)
        if draft.state == DraftState.IN_REVIEW:
            deed.unchanged()
            return
        move_state(draft, Move.REVIEW, deed)


def mark_seen(actor: Actor, draft_id: str, bucket: Bucket) -> None:
    """Record that this person read a section to its end, in this round of review.

    Raises:
        NotFound: no such draft, or no such section in it. WrongState. NotPermitted.
    """
    with act(actor, "draft.section_seen", "draft", draft_id) as deed:
        draft = draft_row(draft_id)
        check_readable(DraftState(draft.state))
        shown = DraftItem.select().where(
            DraftItem.draft_id == draft_id, DraftItem.bucket == bucket,
            DraftItem.status == ItemStatus.SHOWN.value,
        )  # fmt: skip
        if not shown.exists():
            raise NotFound(kind="section with items", id=str(bucket))
        added = (
            SectionView.insert(
                draft_id=draft_id, bucket=bucket.value, person_id=actor.id,
                review_round=draft.review_round, seen_at=deed.at,
            )
            .on_conflict_ignore()
            .as_rowcount()
            .execute()
        )  # fmt: skip
        if not added:
            deed.unchanged()
        deed.detail.update(section=bucket.value, round=draft.review_round)


def answer(actor: Actor, proposal_id: str, answer: Answer) -> None:
    """Answer a merge proposal. `merge` merges now; the others are remembered for later drafts.

    Raises:
        NotFound, NotPermitted. WrongState: answered already, or not in review.
    """
    with act(actor, "draft.proposal_answered", "merge_proposal", proposal_id) as deed:
        proposal: MergeProposal | None = MergeProposal.get_or_none(MergeProposal.id == proposal_id)
        if proposal is None:
            raise NotFound(kind="merge proposal", id=proposal_id)
        check_reviewable(DraftState(draft_row(proposal.draft_id).state))
        if proposal.answer is not None:
            raise WrongState(why=f"{proposal.answered_by} answered {proposal.answer!r} already.")
        MergeProposal.update(
            answer=answer.value, answered_by=actor.name, answered_at=deed.at
        ).where(MergeProposal.id == proposal_id).execute()
        touch(proposal.draft_id, deed.at)
        if answer is Answer.MERGE:
            _merge_proposed(deed, actor, proposal)
        else:
            _remember_refused(deed, actor, proposal)
        deed.detail.update(answer=answer.value, kind=proposal.kind, entries=proposal.entry_ids)


def acknowledge(actor: Actor, concern_id: str, *, note: str) -> None:
    """Acknowledge a conflict, an uncertainty or planning language with a note that is printed.

    Raises:
        NotFound, NotPermitted. WrongState: acknowledged already, or not in review. BadInput.
    """
    with act(actor, "draft.concern_acknowledged", "concern", concern_id) as deed:
        concern: DraftConcern | None = DraftConcern.get_or_none(DraftConcern.id == concern_id)
        if concern is None:
            raise NotFound(kind="conflict", id=concern_id)
        check_reviewable(DraftState(draft_row(concern.draft_id).state))
        if concern.note is not None:
            raise WrongState(why=f"{concern.acknowledged_by} acknowledged this already.")
        note = check_reason(note)
        DraftConcern.update(note=note, acknowledged_by=actor.name, acknowledged_at=deed.at).where(
            DraftConcern.id == concern_id
        ).execute()
        touch(concern.draft_id, deed.at)
        deed.detail.update(kind=concern.kind, note=note, reason=concern.reason)


def _merge_proposed(deed: Deed, actor: Actor, proposal: MergeProposal) -> None:
    rows = {row.id: row for row in DraftItem.select().where(DraftItem.id.in_(proposal.item_ids))}
    standing = dict.fromkeys(rows[i].merged_into or i for i in proposal.item_ids if i in rows)
    items = [item for item in map(DraftItem.get_by_id, standing) if item.status == ItemStatus.SHOWN]
    if len(items) < 2:
        raise WrongState(why="Only one of these items is still shown; answer keep-both.")
    merge_rows(deed, actor, items, proposal.merged_text, "merge proposal")


def _remember_refused(deed: Deed, actor: Actor, proposal: MergeProposal) -> None:
    """Remember the pairs that are not the same; entries of one item were merged before and stay."""
    sources = (
        DraftItemSource.select(DraftItemSource.source_id, DraftItemSource.item_id)
        .join(DraftItem, on=(DraftItem.id == DraftItemSource.item_id))
        .where(
            DraftItem.id.in_(proposal.item_ids),
            DraftItem.status == ItemStatus.SHOWN,
            DraftItemSource.kind == "entry",
        )
    )
    item_of = dict(tuples(sources))
    for first, second in combinations(sorted(set(proposal.entry_ids)), 2):
        if item_of.get(first, first) != item_of.get(second, second):
            RefusedPair.insert(
                first_entry=first, second_entry=second, by_name=actor.name, at=deed.at
            ).on_conflict_ignore().execute()

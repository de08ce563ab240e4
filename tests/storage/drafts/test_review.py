"""Reviewing: reading to the end, answering, acknowledging."""

import pytest

from storage.audit.actor import WORKER
from storage.audit.views import count_events, list_events
from storage.drafts import review
from storage.drafts.content import HandoverType
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.states import Answer, ConcernKind, DraftState
from storage.drafts.views import draft
from storage.errors import BadInput, NotFound, NotPermitted, WrongState
from storage.handovers.signing import reopen
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_rating,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    a_vessel,
    an_accepted_draft,
    an_entry,
    entries,
)
from tests.contents import a_conflict, a_merge_proposal, an_item, contents


def refused_pairs() -> frozenset[tuple[str, str]]:
    """Pairs of entries the next draft will not propose to merge."""
    vessel_id = a_vessel().id
    gathered = gather_entries(vessel_id, default_window(vessel_id), HandoverType.BRIDGE_WATCH)
    return gathered.given.refused_pairs


def test_beginning_a_review_opens_the_draft_and_a_second_reader_simply_joins(
    store: object,
) -> None:
    draft_id = a_draft()
    review.begin_review(a_second_officer().actor, draft_id)
    assert draft(draft_id).state is DraftState.IN_REVIEW
    assert list_events(limit=1)[0].detail == {"from": "DRAFT", "to": "IN_REVIEW"}
    before = count_events()
    review.begin_review(a_rating().actor, draft_id)
    assert count_events() == before


@pytest.mark.parametrize("build", [an_accepted_draft, a_signed_handover])
def test_i1_a_review_of_what_is_accepted_or_signed_does_not_begin(
    store: object, build: object
) -> None:
    draft_id = build(contents(a_simple_item()))  # type: ignore[operator]
    with pytest.raises(WrongState, match="beginning the review needs one that is a draft"):
        review.begin_review(a_second_officer().actor, draft_id)
    assert list_events(limit=1)[0].outcome == "refused"


def test_a_section_is_seen_by_the_person_who_read_it_and_by_nobody_else(store: object) -> None:
    draft_id = a_draft_in_review()
    reader, other = a_second_officer(), a_third_officer()
    review.mark_seen(reader.actor, draft_id, Bucket.DECK)
    seen = [s.bucket for s in draft(draft_id, person_id=reader.id).sections if s.seen]
    assert seen == [Bucket.DECK]
    assert not any(s.seen for s in draft(draft_id, person_id=other.id).sections)
    assert not any(s.seen for s in draft(draft_id).sections)


def test_reading_a_section_twice_is_one_event(store: object) -> None:
    draft_id, reader = a_draft_in_review(), a_second_officer().actor
    before = count_events()
    review.mark_seen(reader, draft_id, Bucket.DECK)
    review.mark_seen(reader, draft_id, Bucket.DECK)
    assert count_events() == before + 1


def test_a_section_that_is_not_there_cannot_be_read(store: object) -> None:
    draft_id = a_draft_in_review(contents(a_simple_item()))
    with pytest.raises(NotFound, match="section with items"):
        review.mark_seen(a_second_officer().actor, draft_id, Bucket.ENGINEERING)


def test_sections_are_read_in_review_and_before_countersigning_only(store: object) -> None:
    draft_id, reader = a_draft(contents(a_simple_item())), a_second_officer().actor
    with pytest.raises(WrongState, match="sections are read in review"):
        review.mark_seen(reader, draft_id, Bucket.DECK)


def test_a_new_round_of_review_is_read_anew(store: object) -> None:
    draft_id, officer = an_accepted_draft(contents(a_simple_item())), a_second_officer()
    assert all(s.seen for s in draft(draft_id, person_id=officer.id).sections)
    reopen(officer.actor, draft_id, reason="Forgot the anchor.")
    view = draft(draft_id, person_id=officer.id)
    assert view.review_round == 2
    assert not any(s.seen for s in view.sections)


def test_a_merge_that_is_accepted_merges_and_keeps_both_sources(store: object) -> None:
    draft_id, officer = a_draft_in_review(), a_second_officer()
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(officer.actor, proposal.id, Answer.MERGE)
    view = draft(draft_id)
    (answered,) = view.merge_proposals
    assert (answered.answer, answered.answered_by) == ("merge", officer.name)
    (left,) = answered.items
    item = view.items()[left]
    assert item.text == proposal.merged_text
    assert set(item.sources.entries) == set(proposal.entries)
    assert item.edits[-1].kind == "merge"


@pytest.mark.parametrize("answer", [Answer.KEEP_BOTH, Answer.PROGRESS])
def test_i10_any_other_answer_changes_no_item_and_is_remembered_for_later_drafts(
    store: object, answer: Answer
) -> None:
    draft_id = a_draft_in_review()
    before = draft(draft_id)
    (proposal,) = before.merge_proposals
    review.answer(a_second_officer().actor, proposal.id, answer)
    assert draft(draft_id).items() == before.items()
    assert refused_pairs() == {tuple(sorted(proposal.entries))}


def test_a_cluster_of_three_that_is_kept_apart_is_remembered_pair_by_pair(store: object) -> None:
    three = [an_item(e, domain="ENG-05") for e in entries("Pump leaks.", "Leak.", "Leaking pump.")]
    draft_id = a_draft_in_review(contents(*three, proposals=[a_merge_proposal(*three)]))
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(a_second_officer().actor, proposal.id, Answer.KEEP_BOTH)
    vessel_id = a_vessel().id
    given = gather_entries(
        vessel_id, default_window(vessel_id), draft(draft_id).handover_type
    ).given
    assert len(given.refused_pairs) == 3


def test_i1_a_proposal_is_answered_once(store: object) -> None:
    draft_id = a_draft_in_review()
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(a_second_officer().actor, proposal.id, Answer.KEEP_BOTH)
    with pytest.raises(WrongState, match="Priya Nair answered 'keep-both' already"):
        review.answer(a_third_officer().actor, proposal.id, Answer.MERGE)


def test_two_proposals_about_one_item_merge_one_after_the_other(store: object) -> None:
    one, two, three = (
        an_item(e, domain="ENG-05") for e in entries("Pump leaks.", "Pump leak.", "Leaking pump.")
    )
    proposals = [a_merge_proposal(one, two), a_merge_proposal(two, three)]
    draft_id = a_draft_in_review(contents(one, two, three, proposals=proposals))
    for proposal in draft(draft_id).merge_proposals:
        review.answer(a_second_officer().actor, proposal.id, Answer.MERGE)
    (item,) = draft(draft_id).items().values()
    assert set(item.sources.entries) == {i for p in proposals for i in p.entry_ids}


def test_a_merge_of_what_is_one_item_already_asks_for_another_answer(store: object) -> None:
    one, two = (an_item(e, domain="ENG-05") for e in entries("Pump leaks.", "Pump leak."))
    again = a_merge_proposal(one, two).model_copy(update={"key": "the same again"})
    draft_id = a_draft_in_review(contents(one, two, proposals=[a_merge_proposal(one, two), again]))
    first, second = draft(draft_id).merge_proposals
    officer = a_second_officer().actor
    review.answer(officer, first.id, Answer.MERGE)
    with pytest.raises(WrongState, match="answer keep-both"):
        review.answer(officer, second.id, Answer.MERGE)
    review.answer(officer, second.id, Answer.KEEP_BOTH)


def test_every_concern_is_acknowledged_with_a_note_that_is_kept(store: object) -> None:
    draft_id, officer = a_draft_in_review(), a_second_officer()
    for concern in draft(draft_id).conflicts:
        review.acknowledge(officer.actor, concern.id, note=f"  Seen: {concern.kind}. ")
    noted = draft(draft_id).conflicts
    assert [c.note for c in noted] == [f"Seen: {kind}." for kind in ConcernKind]
    assert {c.acknowledged_by for c in noted} == {officer.name}


def test_a_concern_needs_words_and_is_acknowledged_once(store: object) -> None:
    draft_id, officer = a_draft_in_review(), a_second_officer().actor
    concern = draft(draft_id).conflicts[0]
    with pytest.raises(BadInput):
        review.acknowledge(officer, concern.id, note="  ")
    review.acknowledge(officer, concern.id, note="Dipstick is right.")
    with pytest.raises(WrongState, match="acknowledged this already"):
        review.acknowledge(officer, concern.id, note="Gauge is right.")


def test_an_uncertain_item_that_is_in_conflict_is_asked_about_once(store: object) -> None:
    one, two = (
        an_item(e, domain="ENG-06", conflict=True, uncertain=True, note="Unsure.")
        for e in (an_entry("Tank 75 %?"), an_entry("Tank 90 %?"))
    )
    draft_id = a_draft_in_review(contents(one, two, conflicts=[a_conflict(one, two)]))
    assert [c.kind for c in draft(draft_id).conflicts] == [ConcernKind.CONFLICT]


def test_nothing_is_answered_before_the_review_begins_or_after_it_ends(store: object) -> None:
    draft_id = a_draft()
    view, officer = draft(draft_id), a_second_officer().actor
    for refused in (
        lambda: review.answer(officer, view.merge_proposals[0].id, Answer.KEEP_BOTH),
        lambda: review.acknowledge(officer, view.conflicts[0].id, note="Seen."),
    ):
        with pytest.raises(WrongState, match="only in review"):
            refused()


def test_what_is_not_there_is_refused(store: object) -> None:
    officer = a_second_officer().actor
    for refused in (
        lambda: review.begin_review(officer, "X-404"),
        lambda: review.mark_seen(officer, "X-404", Bucket.DECK),
        lambda: review.answer(officer, "X-404", Answer.MERGE),
        lambda: review.acknowledge(officer, "X-404", note="Seen."),
    ):
        with pytest.raises(NotFound, match="X-404"):
            refused()


def test_i13_the_worker_reads_nothing_for_anybody(store: object) -> None:
    draft_id = a_draft_in_review()
    with pytest.raises(NotPermitted):
        review.mark_seen(WORKER, draft_id, Bucket.DECK)

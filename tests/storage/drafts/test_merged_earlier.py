"""What was made one item of and signed so is remembered; what was taken apart is not."""

from storage.drafts import editing, review
from storage.drafts.content import DraftInput, HandoverType, ItemState
from storage.drafts.gathering import default_window, gather_entries
from storage.drafts.states import Answer
from storage.drafts.views import draft
from storage.entries.actions import resolve
from storage.entries.views import EntryDetail
from storage.taxonomy.risks import RiskTag
from tests.builders import (
    a_draft_in_review,
    a_second_officer,
    a_vessel,
    accepted_and_signed,
    entries,
)
from tests.clock import START, ShipClock
from tests.contents import a_merge_proposal, an_item, contents

OPEN = {"domain": "ENG-05", "risk_tags": (RiskTag.OPERATIONAL_DEBT,), "state": ItemState.OPEN}


def next_input() -> DraftInput:
    vessel_id = a_vessel().id
    return gather_entries(vessel_id, default_window(vessel_id), HandoverType.ROTATION).given


def in_review_with_a_pair() -> tuple[str, list[EntryDetail]]:
    kept = entries("Port bilge pump leaks.", "Bilge pump port side leaking.")
    one, two = (an_item(entry, **OPEN) for entry in kept)
    proposals = [a_merge_proposal(one, two)]
    return a_draft_in_review(contents(one, two, proposals=proposals)), kept


def merged_and_signed(clock: ShipClock) -> list[EntryDetail]:
    draft_id, kept = in_review_with_a_pair()
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(a_second_officer().actor, proposal.id, Answer.MERGE)
    accepted_and_signed(draft_id)
    clock.advance(hours=4)
    return kept


def test_a_merge_that_was_signed_is_remembered_with_who_and_when(
    store: object, clock: ShipClock
) -> None:
    kept = merged_and_signed(clock)
    (merged,) = next_input().merged_earlier
    assert merged.entry_ids == tuple(sorted(entry.id for entry in kept))
    assert (merged.by, merged.at) == ("Priya Nair", START)


def test_a_merge_is_remembered_through_a_handover_that_did_not_ask_again(
    store: object, clock: ShipClock
) -> None:
    kept = merged_and_signed(clock)
    accepted_and_signed(a_draft_in_review(contents(an_item(kept, **OPEN))))
    clock.advance(hours=4)
    (merged,) = next_input().merged_earlier
    assert (merged.by, merged.at) == ("Priya Nair", START)


def test_what_was_split_again_is_not_one_item_any_more(store: object, clock: ShipClock) -> None:
    kept = merged_and_signed(clock)
    draft_id = a_draft_in_review(contents(an_item(kept, **OPEN)))
    (item,) = draft(draft_id).items().values()
    editing.split(a_second_officer().actor, item.id, ["Pump leaks.", "Seal on board."])
    accepted_and_signed(draft_id)
    clock.advance(hours=4)
    assert len(next_input().candidates) == 2
    assert next_input().merged_earlier == ()


def test_a_settled_entry_leaves_the_other_one_alone(store: object, clock: ShipClock) -> None:
    kept = merged_and_signed(clock)
    resolve(a_second_officer().actor, kept[0].id, reason="Seal renewed.")
    assert next_input().merged_earlier == ()


def test_a_pair_that_was_kept_apart_is_not_one_item(store: object, clock: ShipClock) -> None:
    draft_id, kept = in_review_with_a_pair()
    accepted_and_signed(draft_id)
    clock.advance(hours=4)
    given = next_input()
    assert given.merged_earlier == ()
    assert given.refused_pairs == {tuple(sorted(entry.id for entry in kept))}


def test_refusing_a_third_telling_does_not_part_what_was_merged_before(
    store: object, clock: ShipClock
) -> None:
    kept = merged_and_signed(clock)
    (third,) = entries("Bilge pump seal weeps.")
    whole, single = an_item(kept, **OPEN), an_item(third, **OPEN)
    proposals = [a_merge_proposal(whole, single)]
    draft_id = a_draft_in_review(contents(whole, single, proposals=proposals))
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(a_second_officer().actor, proposal.id, Answer.KEEP_BOTH)
    accepted_and_signed(draft_id)
    clock.advance(hours=4)
    given = next_input()
    assert given.refused_pairs == {tuple(sorted((third.id, entry.id))) for entry in kept}
    assert len(given.merged_earlier) == 1

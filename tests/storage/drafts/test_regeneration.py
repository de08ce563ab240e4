"""I7: regeneration keeps people's edits, answers and acknowledgements, and the draft's id."""

import pytest

from storage.drafts import editing, review
from storage.drafts.content import DraftContent, ItemContent
from storage.drafts.states import Answer, DraftState
from storage.drafts.views import DraftView, draft
from storage.errors import WrongState
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft_in_review,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    an_accepted_draft,
    an_entry,
    entries,
    one_of_everything,
    read_everything,
    regenerated,
)
from tests.contents import (
    a_command_item,
    a_conflict,
    a_merge_proposal,
    an_item,
    contents,
)


def engineering(*narratives: str) -> list[ItemContent]:
    return [an_item(entry, domain="ENG-05") for entry in entries(*narratives)]


def texts(view: DraftView) -> list[str]:
    return [item.text for section in view.sections for item in section.items]


def with_more(content: DraftContent, item: ItemContent) -> DraftContent:
    """The same content with one item more at the end of its section."""
    sections = tuple(
        s.model_copy(update={"items": (*s.items, item)}) if s.bucket is Bucket.DECK else s
        for s in content.sections
    )
    return content.model_copy(update={"sections": sections})


def test_i7_made_again_of_the_same_entries_a_draft_is_the_same(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    before = draft(draft_id)
    after = regenerated(draft_id, content)
    same = {"updated_at", "period_to", "merge_proposals", "conflicts"}
    assert after.model_dump(exclude=same) == before.model_dump(exclude=same)
    assert [p.items for p in after.merge_proposals] == [p.items for p in before.merge_proposals]
    assert [c.items for c in after.conflicts] == [c.items for c in before.conflicts]


def test_i7_a_new_entry_comes_in_and_the_draft_keeps_its_id_and_state(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    before = draft(draft_id).items()
    after = regenerated(draft_id, with_more(content, a_simple_item("Anchor ball torn.")))
    assert (after.id, after.state) == (draft_id, DraftState.IN_REVIEW)
    assert "Anchor ball torn." in texts(after)
    assert before.keys() < after.items().keys(), "items that stay keep their ids"


def test_i7_a_reworded_item_stays_reworded(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    item = next(i for i in draft(draft_id).items().values() if i.bucket is Bucket.INTERIOR)
    editing.edit(a_second_officer().actor, item.id, "Cabin 3: no shellfish, by allergy.")
    after = regenerated(draft_id, content).items()[item.id]
    assert after.text == "Cabin 3: no shellfish, by allergy."
    assert after.machine_text == item.text
    assert [(e.original, e.new) for e in after.edits] == [(item.text, after.text)]


def test_i7_a_suppressed_item_does_not_come_back(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    item = next(i for i in draft(draft_id).items().values() if i.bucket is Bucket.INTERIOR)
    editing.suppress(a_second_officer().actor, item.id, reason="Private.")
    after = regenerated(draft_id, content)
    assert Bucket.INTERIOR not in [s.bucket for s in after.sections]


def test_i7_merged_items_stay_merged_and_split_ones_split(store: object) -> None:
    one, two, three = engineering("Pump leaks.", "Pump is leaking.", "Valve stuck; lamp out.")
    content = contents(one, two, three)
    draft_id = a_draft_in_review(content)
    ids = [item.id for item in draft(draft_id).sections[0].items]
    actor = a_second_officer().actor
    editing.merge(actor, ids[:2], text="Pump leaks, seen twice.")
    editing.split(actor, ids[2], ["Valve stuck.", "Lamp out."])
    before = draft(draft_id)
    after = regenerated(draft_id, content)
    assert sorted(texts(after)) == sorted(texts(before)) == [
        "Lamp out.", "Pump leaks, seen twice.", "Valve stuck.",
    ]  # fmt: skip
    assert after.items().keys() == before.items().keys()


def test_i7_a_moved_item_keeps_its_place(store: object) -> None:
    content = contents(*engineering("First.", "Second.", "Third."))
    draft_id = a_draft_in_review(content)
    third = draft(draft_id).sections[0].items[2]
    editing.move(a_second_officer().actor, third.id, 1)
    assert texts(draft(draft_id)) == ["Third.", "First.", "Second."]
    assert texts(regenerated(draft_id, content)) == ["Third.", "First.", "Second."]


def test_i7_a_command_statement_stays_when_its_source_was_reworded(store: object) -> None:
    (pump,) = engineering("Port bilge pump leaks.")
    content = contents(a_command_item(pump), pump)
    draft_id = a_draft_in_review(content)
    reworded = draft(draft_id).sections[1].items[0]
    editing.edit(a_second_officer().actor, reworded.id, "Port bilge pump leaks badly.")
    assert texts(regenerated(draft_id, content)) == [
        "Bilge pumping is degraded.", "Port bilge pump leaks badly.",
    ]  # fmt: skip


@pytest.mark.parametrize("given", [Answer.KEEP_BOTH, Answer.PROGRESS, Answer.MERGE])
def test_i7_an_answered_proposal_stays_answered_and_is_not_asked_again(
    store: object, given: Answer
) -> None:
    one, two = engineering("Pump leaks.", "Pump is leaking.")
    content = contents(one, two, proposals=[a_merge_proposal(one, two)])
    draft_id = a_draft_in_review(content)
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(a_second_officer().actor, proposal.id, given)
    (after,) = regenerated(draft_id, content).merge_proposals
    assert (after.id, after.answer, after.answered_by) == (proposal.id, given, "Priya Nair")


def test_i7_an_unanswered_proposal_that_no_longer_holds_is_withdrawn(store: object) -> None:
    one, two = engineering("Pump leaks.", "Pump is leaking.")
    draft_id = a_draft_in_review(contents(one, two, proposals=[a_merge_proposal(one, two)]))
    assert regenerated(draft_id, contents(one, two)).merge_proposals == ()


def test_i7_an_acknowledged_conflict_stays_acknowledged(store: object) -> None:
    one, two = engineering("Tank 75 %.", "Tank 90 %.")
    content = contents(one, two, conflicts=[a_conflict(one, two)])
    draft_id = a_draft_in_review(content)
    (conflict,) = draft(draft_id).conflicts
    review.acknowledge(a_second_officer().actor, conflict.id, note="Dipstick is right.")
    (after,) = regenerated(draft_id, content).conflicts
    assert (after.id, after.note, after.acknowledged) == (conflict.id, "Dipstick is right.", True)


def test_only_sections_that_changed_have_to_be_read_again(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    officer = a_second_officer()
    read_everything(draft_id, officer)
    regenerated(draft_id, with_more(content, a_simple_item("Anchor ball torn.")))
    view = draft(draft_id, person_id=officer.id)
    assert {s.bucket for s in view.sections if not s.seen} == {Bucket.DECK}


def test_an_item_whose_entry_is_gone_is_withdrawn_and_kept_as_history(store: object) -> None:
    one, two = engineering("Pump leaks.", "Valve stuck.")
    draft_id = a_draft_in_review(contents(one, two))
    ids = [item.id for item in draft(draft_id).sections[0].items]
    assert texts(regenerated(draft_id, contents(two))) == ["Valve stuck."]
    back = regenerated(draft_id, contents(one, two))
    assert [item.id for item in back.sections[0].items] == ids


@pytest.mark.parametrize("frozen", [an_accepted_draft, a_signed_handover])
def test_from_acceptance_on_a_draft_is_not_made_again(store: object, frozen: object) -> None:
    content = contents(a_simple_item())
    draft_id = frozen(content)  # type: ignore[operator]
    with pytest.raises(WrongState, match="content is frozen"):
        regenerated(draft_id, content)


def test_an_item_that_rests_on_more_than_a_person_dealt_with_is_not_lost(store: object) -> None:
    first, second = an_entry("Pump leaks."), an_entry("Pump leaks more.")
    alone = an_item(first, domain="ENG-05")
    draft_id = a_draft_in_review(contents(alone))
    (item,) = draft(draft_id).items()
    editing.edit(a_second_officer().actor, item, "Pump leaks a little.")
    both = an_item([first, second], domain="ENG-05")
    after = regenerated(draft_id, contents(both))
    told = {entry for i in after.items().values() for entry in i.sources.entries}
    assert told == {first.id, second.id}, "I10: nothing is removed silently"


def test_a_reviewed_draft_made_again_unchanged_is_still_reviewed(store: object) -> None:
    content = one_of_everything()
    draft_id = a_reviewed_draft(content)
    after = regenerated(draft_id, content)
    assert all(p.answer for p in after.merge_proposals)
    assert all(c.acknowledged for c in after.conflicts)

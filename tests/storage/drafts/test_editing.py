"""I10: no silent merge, removal or reclassification; every change keeps what was there before."""

from collections.abc import Callable

import pytest

from storage.audit.views import count_events, list_events
from storage.drafts import editing
from storage.drafts.states import ConcernKind, EditKind
from storage.drafts.views import DraftView, ItemView, draft
from storage.engine import ledger
from storage.errors import BadInput, NotFound, TooLong, WrongState
from storage.taxonomy.risks import RiskTag
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_rating,
    a_second_officer,
    a_signed_handover,
    an_accepted_draft,
    an_entry,
    an_event,
    entries,
)
from tests.clock import START, ShipClock
from tests.contents import SAFETY, an_item, contents
from tests.storage.tampering import ENGINE_REFUSES


@pytest.fixture
def three(store: object) -> DraftView:
    """A draft in review with three items in one section."""
    items = [an_item(e, domain="ENG-05") for e in entries("First.", "Second.", "Third.")]
    return draft(a_draft_in_review(contents(*items)))


def shown(view: DraftView) -> list[ItemView]:
    return [item for section in draft(view.id).sections for item in section.items]


def texts(view: DraftView) -> list[str]:
    return [item.text for item in shown(view)]


def test_rewording_keeps_the_original_the_new_words_the_editor_and_the_time(
    three: DraftView, clock: ShipClock
) -> None:
    clock.advance(minutes=10)
    item = shown(three)[0]
    editing.edit(a_second_officer().actor, item.id, "  Pump 1 first. ", reason="Clearer.")
    (edited, *_) = shown(three)
    assert (edited.text, edited.machine_text) == ("Pump 1 first.", "First.")
    (edit,) = edited.edits
    assert (edit.kind, edit.original, edit.new) == (EditKind.EDIT, "First.", "Pump 1 first.")
    assert (edit.editor, edit.reason) == ("Priya Nair", "Clearer.")
    assert edit.at > START
    detail = list_events(limit=1)[0].detail
    assert (detail["original"], detail["new"]) == ("First.", "Pump 1 first.")


def test_i10_rewording_changes_neither_domain_bucket_risk_nor_sources(three: DraftView) -> None:
    before = shown(three)[0]
    editing.edit(a_second_officer().actor, before.id, "Fire in the galley!")
    after = shown(three)[0]
    for name in ("domain", "bucket", "risk_tags", "sources", "confidence", "key", "number"):
        assert getattr(after, name) == getattr(before, name)


def test_the_same_words_again_change_nothing(three: DraftView) -> None:
    before = count_events()
    editing.edit(a_second_officer().actor, shown(three)[0].id, " First. ")
    assert count_events() == before
    assert shown(three)[0].edits == ()


@pytest.mark.parametrize("text", ["", "  \n", "\ud83d"])
def test_an_item_needs_words(three: DraftView, text: str) -> None:
    with pytest.raises(BadInput):
        editing.edit(a_second_officer().actor, shown(three)[0].id, text)


def test_an_item_has_a_limit(three: DraftView) -> None:
    with pytest.raises(TooLong):
        editing.edit(a_second_officer().actor, shown(three)[0].id, "x" * 20_001)


@pytest.mark.parametrize(
    ("place", "to", "order"),
    [
        (1, 3, ["Second.", "Third.", "First."]),
        (3, 1, ["Third.", "First.", "Second."]),
        (2, 1, ["Second.", "First.", "Third."]),
        (2, 2, ["First.", "Second.", "Third."]),
    ],
)
def test_an_item_is_moved_inside_its_section(
    three: DraftView, place: int, to: int, order: list[str]
) -> None:
    editing.move(a_second_officer().actor, shown(three)[place - 1].id, to)
    assert texts(three) == order
    assert [item.number for item in shown(three)] == ["1.1", "1.2", "1.3"]


@pytest.mark.parametrize("to", [-1, 0, 4])
def test_there_is_no_place_outside_the_section(three: DraftView, to: int) -> None:
    with pytest.raises(BadInput, match="places 1 to 3"):
        editing.move(a_second_officer().actor, shown(three)[0].id, to)


def test_i10_merged_items_stay_as_history_under_the_one_that_is_left(three: DraftView) -> None:
    second, third = shown(three)[1:]
    left = editing.merge(
        a_second_officer().actor,
        [second.id, third.id],
        text="Second and third.",
        reason="One leak.",
    )
    assert (left, texts(three)) == (second.id, ["First.", "Second and third."])
    merged = shown(three)[1]
    assert set(merged.sources.entries) == {*second.sources.entries, *third.sources.entries}
    kept = ledger.execute_sql(
        "SELECT status, merged_into, text FROM draft_item WHERE id = ?", (third.id,)
    ).fetchone()
    assert kept == ("merged", second.id, "Third.")
    assert list_events(limit=1)[0].detail["merged"] == [second.id, third.id]


def test_i10_the_parts_of_a_split_say_what_they_were_and_who_split_them(three: DraftView) -> None:
    officer, item = a_second_officer().actor, shown(three)[0]
    editing.edit(officer, item.id, "Pump leaks. Seal worn.")
    editing.split(officer, item.id, ["Pump leaks.", "Seal worn."], reason="Two jobs.")
    pump, seal = shown(three)[:2]
    for part in (pump, seal):
        assert [edit.kind for edit in part.edits] == [EditKind.EDIT, EditKind.SPLIT]
        assert part.edits[1].original == "Pump leaks. Seal worn."
    editing.edit(officer, seal.id, "The seal is worn.")
    editing.split(officer, seal.id, ["The seal is worn.", "No spare."])
    pump, seal, spare = shown(three)[:3]
    assert [edit.new for edit in spare.edits][2:] == [
        "The seal is worn.", "The seal is worn.\nNo spare.",
    ]  # fmt: skip
    assert len(pump.edits) == 2


def test_i10_what_was_reworded_before_a_merge_is_told_by_what_is_left(three: DraftView) -> None:
    officer = a_second_officer().actor
    first, second, third = (item.id for item in shown(three))
    editing.edit(officer, third, "Third, again.")
    editing.merge(officer, [second, third])
    editing.merge(officer, [first, second])
    kinds = [edit.kind for edit in shown(three)[0].edits]
    assert kinds == [EditKind.EDIT, EditKind.MERGE, EditKind.MERGE]


def test_what_was_merged_before_follows_into_the_next_merge(three: DraftView) -> None:
    officer = a_second_officer().actor
    first, second, third = (item.id for item in shown(three))
    editing.merge(officer, [second, third])
    editing.merge(officer, [first, second])
    rows = ledger.execute_sql("SELECT merged_into FROM draft_item WHERE status = 'merged'")
    assert {into for (into,) in rows} == {first}
    assert len(shown(three)[0].sources.entries) == 3


def test_a_merge_without_words_keeps_all_that_was_said(three: DraftView) -> None:
    editing.merge(a_second_officer().actor, [item.id for item in shown(three)])
    assert texts(three) == ["First.\nSecond.\nThird."]


def test_a_merged_item_is_as_grave_and_as_doubtful_as_the_gravest_of_them(store: object) -> None:
    calm, grave = entries("Lamp dim.", "Fire door stuck.")
    items = (
        an_item(calm, domain="ENG-08", uncertain=True, note="Unsure."),
        an_item(grave, domain="ENG-08", risk_tags=SAFETY, conflict=True, note="Differs."),
    )
    draft_id = a_draft_in_review(contents(*items))
    editing.merge(a_second_officer().actor, list(draft(draft_id).items()))
    (item,) = draft(draft_id).items().values()
    assert item.risk_tags == (RiskTag.SAFETY_CRITICAL, RiskTag.INFORMATIONAL)
    assert (item.conflict, item.uncertain, item.note) == (True, True, "Unsure. Differs.")


def test_merging_needs_two_items_of_one_section(three: DraftView) -> None:
    officer = a_second_officer().actor
    first = shown(three)[0].id
    for too_few in ([], [first], [first, first]):
        with pytest.raises(BadInput, match="at least two"):
            editing.merge(officer, too_few)


def test_i10_items_of_two_sections_are_never_merged(store: object) -> None:
    one, two = entries("Pump leaks.", "Rail bent.")
    draft_id = a_draft_in_review(
        contents(an_item(one, domain="ENG-05"), an_item(two, domain="DECK-01"))
    )
    with pytest.raises(BadInput, match="different sections"):
        editing.merge(a_second_officer().actor, list(draft(draft_id).items()))


def test_parts_of_a_split_item_rest_on_all_its_sources(store: object) -> None:
    entry = an_entry("Pump leaks and lamp out.", event_ids=[an_event()])
    draft_id = a_draft_in_review(contents(an_item(entry, domain="ENG-05")))
    (whole,) = draft(draft_id).items().values()
    ids = editing.split(a_second_officer().actor, whole.id, ["Pump leaks.", "Lamp out."])
    view = draft(draft_id)
    assert [i.text for i in view.items().values()] == ["Pump leaks.", "Lamp out."]
    assert list(view.items()) == ids
    assert all(item.sources == whole.sources for item in view.items().values())
    kept = ledger.execute_sql("SELECT status FROM draft_item WHERE id = ?", (whole.id,)).fetchone()
    assert kept == ("split",)


def test_a_part_can_be_split_again(three: DraftView) -> None:
    officer = a_second_officer().actor
    (_, part) = editing.split(officer, shown(three)[0].id, ["One.", "Two and three."])
    editing.split(officer, part, ["Two.", "Three."])
    assert set(texts(three)) == {"One.", "Two.", "Three.", "Second.", "Third."}


@pytest.mark.parametrize("parts", [[], ["One."], ["One.", " "]])
def test_splitting_needs_at_least_two_texts(three: DraftView, parts: list[str]) -> None:
    with pytest.raises(BadInput):
        editing.split(a_second_officer().actor, shown(three)[0].id, parts)
    assert texts(three) == ["First.", "Second.", "Third."]


def test_i10_leaving_an_item_out_is_attributed_and_needs_a_reason(three: DraftView) -> None:
    item = shown(three)[1]
    with pytest.raises(BadInput):
        editing.suppress(a_rating().actor, item.id, reason=" ")
    editing.suppress(a_rating().actor, item.id, reason="Said twice.")
    assert texts(three) == ["First.", "Third."]
    event = list_events(limit=1)[0]
    assert (event.action, event.actor_name) == ("draft.item_suppressed", "Sam Okafor")
    assert event.detail["reason"] == "Said twice."


def test_rewording_planning_language_settles_it_and_planning_again_is_flagged(
    store: object,
) -> None:
    planned = "Bosun to repaint the bulwark by Friday."
    item = an_item(an_entry(planned), domain="DECK-04", planning=(planned,))
    draft_id = a_draft_in_review(contents(item))
    (item_id,) = draft(draft_id).items()
    officer = a_second_officer().actor
    editing.edit(officer, item_id, "Bulwark paint is flaking.")
    (concern,) = draft(draft_id).conflicts
    assert (concern.kind, concern.acknowledged) == (ConcernKind.PLANNING, True)
    assert draft(draft_id).items()[item_id].planning == ()
    editing.edit(officer, item_id, planned)
    assert draft(draft_id).items()[item_id].planning == (planned,)


def changes(item: str) -> dict[str, Callable[[], object]]:
    officer = a_second_officer().actor
    return {
        "edit": lambda: editing.edit(officer, item, "New words."),
        "move": lambda: editing.move(officer, item, 2),
        "merge": lambda: editing.merge(officer, [item, item + "x"]),
        "split": lambda: editing.split(officer, item, ["One.", "Two."]),
        "suppress": lambda: editing.suppress(officer, item, reason="Because."),
    }


@pytest.mark.parametrize("verb", ["edit", "move", "merge", "split", "suppress"])
@pytest.mark.parametrize("build", [a_draft, an_accepted_draft, a_signed_handover])
def test_i1_items_change_in_review_only(
    store: object, build: Callable[..., str], verb: str
) -> None:
    items = [an_item(e, domain="ENG-05") for e in entries("First.", "Second.")]
    draft_id = build(contents(*items))
    before = draft(draft_id)
    with pytest.raises(WrongState, match="only in review"):
        changes(next(iter(before.items())))[verb]()
    assert draft(draft_id) == before
    assert list_events(limit=1)[0].outcome == "refused"


@pytest.mark.parametrize("verb", ["edit", "move", "merge", "split", "suppress"])
def test_what_is_no_longer_shown_or_never_was_is_not_changed(three: DraftView, verb: str) -> None:
    item = shown(three)[0]
    editing.suppress(a_second_officer().actor, item.id, reason="Said twice.")
    with pytest.raises(WrongState, match="no longer in the handover"):
        changes(item.id)[verb]()
    with pytest.raises(NotFound):
        changes("I-404")[verb]()


def test_the_store_keeps_every_edit_as_history(three: DraftView) -> None:
    editing.edit(a_second_officer().actor, shown(three)[0].id, "New words.")
    for statement in ("UPDATE draft_edit SET original = ''", "DELETE FROM draft_edit"):
        with pytest.raises(ENGINE_REFUSES, match="history"):
            ledger.execute_sql(statement)

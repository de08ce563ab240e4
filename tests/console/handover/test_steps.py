"""The next step is always named, for whoever sits there."""

from pathlib import Path

from console.screens.handover.reading import read_handover
from console.screens.handover.steps import NEXT_UNSEEN, Step, next_step
from storage.people.views import CrewMember
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_rating,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_third_officer,
    an_accepted_draft,
    an_entry,
    answer_everything,
    read_everything,
)


def step_for(person: CrewMember | None) -> Step:
    """What the place would say to this person."""
    return next_step(read_handover(person and person.id, person and person.role), person)  # type: ignore[arg-type]


def test_without_entries_the_step_is_to_write_one(store: Path) -> None:
    assert step_for(None).command == "new_entry"


def test_with_entries_the_step_is_to_draft(store: Path) -> None:
    an_entry()
    assert step_for(a_second_officer()).command == "generate"


def test_a_draft_is_opened_for_review(store: Path) -> None:
    a_draft()
    assert step_for(a_second_officer()).command == "begin_review"
    assert step_for(a_second_officer()).facts == "8 items in 4 sections"


def test_nobody_signed_in_is_asked_to_sign_in(store: Path) -> None:
    a_draft_in_review()
    assert step_for(None).command == "sign_in_as"


def test_the_review_goes_reading_merges_concerns_accepting(store: Path) -> None:
    draft_id, officer = a_draft_in_review(), a_second_officer()
    step = step_for(officer)
    assert step.facts == (
        "0/4 sections seen · 1 merge · 1 conflict · 1 uncertainty · 1 planning line open"
    )
    assert step.short == "0/4 seen · 1 merge · 3 concerns open"
    assert (step.words, step.command) == ("read Deck to its end", NEXT_UNSEEN)
    picture = read_handover(officer.id, officer.role)
    here = next_step(picture, officer, here=Bucket.ENGINEERING)
    assert here.words == "read Engineering to its end"
    read_everything(draft_id, officer)
    assert step_for(officer).command == "merge"
    answer_everything(draft_id, officer)
    assert step_for(officer) == Step("4/4 sections seen", "4/4 seen", "accept and sign", "accept")


def test_a_rating_is_told_that_an_officer_accepts(store: Path) -> None:
    draft_id = a_reviewed_draft()
    read_everything(draft_id, a_rating())
    assert step_for(a_rating()).words == "an officer signs in and accepts"


def test_after_acceptance_each_of_the_two_is_told_their_own_step(store: Path) -> None:
    draft_id = an_accepted_draft()
    assert step_for(a_second_officer()).words == "your relief signs in, reads and countersigns"
    assert step_for(a_third_officer()).command == NEXT_UNSEEN
    read_everything(draft_id, a_third_officer())
    assert step_for(a_third_officer()).words == "read back 2 items and countersign"


def test_after_the_signature_the_next_handover_is_drafted(store: Path) -> None:
    a_signed_handover()
    step = step_for(a_second_officer())
    assert (step.facts, step.words) == ("EB-00001 is signed", "draft the next handover")


def test_marked_items_come_before_everything_else(store: Path) -> None:
    a_draft_in_review()
    picture = read_handover(None, None)
    assert next_step(picture, None, marked=2).command == "merge"

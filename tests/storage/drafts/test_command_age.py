"""Command tells how old it is, and nobody accepts one older than people's changes (I8, I11)."""

from collections.abc import Callable

import pytest

from storage.drafts import editing, review
from storage.drafts.states import Answer
from storage.drafts.views import DraftView, ItemView, draft
from storage.errors import NotReady
from storage.handovers.printing import plan_print
from storage.handovers.signing import accept
from storage.handovers.views import missing_to_accept
from storage.taxonomy.domains import Bucket
from tests.builders import (
    a_draft_in_review,
    a_reviewed_draft,
    a_second_officer,
    one_of_everything,
    pin_of,
    read_everything,
    regenerated,
)
from tests.commanding import with_command_refreshed
from tests.contents import contents

STALE = "Command is older than your changes; refresh it, then read it"


def item(view: DraftView, start: str) -> ItemView:
    return next(i for i in view.items().values() if i.text.startswith(start))


def merging(draft_id: str) -> None:
    (proposal,) = draft(draft_id).merge_proposals
    review.answer(a_second_officer().actor, proposal.id, Answer.MERGE)


def rewording(draft_id: str) -> None:
    pump = item(draft(draft_id), "Port bilge pump leaks")
    editing.edit(a_second_officer().actor, pump.id, "Port bilge pump is out.")


def splitting(draft_id: str) -> None:
    pump = item(draft(draft_id), "Port bilge pump leaks")
    editing.split(a_second_officer().actor, pump.id, ["Pump leaks.", "Seal is worn."])


def leaving_out(draft_id: str) -> None:
    pump = item(draft(draft_id), "Port bilge pump leaks")
    editing.suppress(a_second_officer().actor, pump.id, reason="told twice")


@pytest.mark.parametrize("change", [merging, rewording, splitting, leaving_out])
def test_a_change_of_what_command_counts_makes_it_old_until_it_is_refreshed(
    store: object, change: Callable[[str], None]
) -> None:
    draft_id = a_draft_in_review()
    assert not draft(draft_id).command_stale
    change(draft_id)
    assert draft(draft_id).command_stale
    assert STALE in missing_to_accept(draft_id, a_second_officer().id)
    with_command_refreshed(draft_id)
    assert not draft(draft_id).command_stale


def test_moving_an_item_or_rewording_what_command_does_not_count_changes_nothing(
    store: object,
) -> None:
    draft_id, person = a_draft_in_review(), a_second_officer().actor
    editing.move(person, item(draft(draft_id), "Port bilge pump is leaking").id, 1)
    editing.edit(person, item(draft(draft_id), "Guest in cabin 3").id, "Guest: no seafood.")
    assert not draft(draft_id).command_stale


def test_i11_an_old_command_is_not_accepted_and_a_new_one_is_read_first(store: object) -> None:
    draft_id, officer = a_reviewed_draft(), a_second_officer()
    rewording(draft_id)
    with pytest.raises(NotReady, match="Command is older than your changes"):
        accept(officer.actor, draft_id, pin=pin_of(officer), confirmed=True)
    with_command_refreshed(draft_id)
    assert missing_to_accept(draft_id, officer.id) == ["section Command not read to its end"]
    read_everything(draft_id, officer)
    accept(officer.actor, draft_id, pin=pin_of(officer), confirmed=True)


def test_a_command_made_before_the_newest_change_stays_old(store: object) -> None:
    """The job reads the items first and writes later; what people did between is not in it."""
    draft_id = a_draft_in_review()
    with_command_refreshed(draft_id)
    rewording(draft_id)
    assert draft(draft_id).command_stale


def test_regenerating_makes_command_of_entries_and_so_takes_no_change_in(store: object) -> None:
    content = one_of_everything()
    draft_id = a_draft_in_review(content)
    rewording(draft_id)
    with_command_refreshed(draft_id)
    assert regenerated(draft_id, content).command_stale


def test_without_a_command_section_there_is_nothing_to_be_old(store: object) -> None:
    content = one_of_everything()
    plain = contents(*(i for s in content.sections if s.bucket is not Bucket.COMMAND
                       for i in s.items), proposals=content.proposals)  # fmt: skip
    draft_id = a_draft_in_review(plain)
    merging(draft_id)
    assert not draft(draft_id).command_stale


def test_the_printed_draft_says_that_command_is_old(store: object) -> None:
    draft_id = a_draft_in_review()
    assert "Command is older" not in plan_print(draft_id).snapshot.note
    rewording(draft_id)
    assert "Command is older than the changes" in plan_print(draft_id).snapshot.note

"""A wrong signed handover is corrected by a new one that supersedes it (DOMAIN §6)."""

from datetime import timedelta

from storage.drafts import editing, review
from storage.drafts.gathering import default_window
from storage.drafts.states import Answer, DraftState
from storage.drafts.superseding import correction_of
from storage.drafts.views import draft
from storage.entries.actions import resolve, suppress
from storage.handovers.correcting import superseded
from storage.handovers.views import handover, list_handovers, snapshot, snapshot_bytes
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus
from storage.vessel.views import the_vessel
from tests.builders import (
    a_captain,
    a_second_officer,
    accepted_and_signed,
    an_entry,
    an_entry_of,
    entries,
)
from tests.clock import ShipClock
from tests.worker.handlers.conftest import generated, run
from tests.worker.handlers.corrections import (
    GUEST,
    LAMP,
    LEAK,
    WHY,
    corrected,
    in_force,
    in_review,
    shown,
    signed,
)


def test_a_correction_has_the_period_and_kind_of_what_it_corrects(clock: ShipClock) -> None:
    an_entry(LEAK)
    first = signed()
    clock.advance(hours=3)
    an_entry("Written in the next watch.")
    old, new = draft(first), draft(corrected(first))
    assert new.state is DraftState.DRAFT
    assert (new.period_from, new.period_to) == (old.period_from, old.period_to)
    assert new.handover_type is old.handover_type
    assert set(shown(new).values()) == {LEAK}
    correction = correction_of(new.id)
    assert correction is not None
    assert (correction.supersedes, correction.reason) == (first, WHY)
    assert correction.by_name == a_captain().name


def test_entries_stand_in_a_correction_as_they_are_known_now(clock: ShipClock) -> None:
    leak, guest = entries(LEAK, GUEST)
    first = signed()
    clock.advance(hours=2)
    suppress(a_second_officer().actor, leak.id, reason="It was the starboard pump.")
    late = an_entry_of(clock.at - timedelta(hours=2), "Starboard bilge pump leaks.")
    assert shown(draft(corrected(first))) == {guest.id: GUEST, late.id: late.narrative}


def test_what_had_been_carried_into_it_is_carried_into_its_correction(clock: ShipClock) -> None:
    leak = an_entry(LEAK)
    signed()
    clock.advance(hours=4)
    lamp = an_entry(LAMP)
    second = signed()
    clock.advance(hours=4)
    view = draft(corrected(second))
    counts = {next(iter(i.sources.entries)): i.count for i in view.items().values()}
    assert (counts[leak.id], counts[lamp.id]) == (2, 1)


def test_what_was_carried_and_is_settled_since_leaves_the_correction(clock: ShipClock) -> None:
    leak = an_entry(LEAK)
    signed()
    clock.advance(hours=4)
    lamp = an_entry(LAMP)
    second = signed()
    resolve(a_second_officer().actor, leak.id, reason="Seal had been renewed before.")
    new = corrected(second)
    assert shown(draft(new)).keys() == {lamp.id}
    accepted_and_signed(in_review(new))
    assert [c for c in snapshot(new).changes if LEAK in c and c.startswith("Removed")]


def test_people_are_not_asked_again_what_they_answered_before(clock: ShipClock) -> None:
    """As in I7: words, merges, answers and notes come along; what was left out comes back."""
    leak, same, guest, lamp, maybe = entries(
        LEAK, "Port bilge pump is leaking at the shaft seal.", GUEST, LAMP,
        "Passerelle rail may be bent.",
    )  # fmt: skip
    officer, draft_id = a_second_officer(), in_review(generated())
    for proposal in draft(draft_id).merge_proposals:
        review.answer(officer.actor, proposal.id, Answer.MERGE)
    by_entry = {next(iter(i.sources.entries)): i for i in draft(draft_id).items().values()
                if i.bucket != "Command"}  # fmt: skip
    editing.edit(officer.actor, by_entry[maybe.id].id, "The passerelle rail is bent.")
    editing.suppress(officer.actor, by_entry[guest.id].id, reason="Private.")
    first = accepted_and_signed(draft_id)
    clock.advance(hours=1)
    view = draft(corrected(first))
    merged = "+".join(sorted((leak.id, same.id)))
    assert shown(view).keys() == {merged, maybe.id, guest.id, lamp.id}
    assert shown(view)[maybe.id] == "The passerelle rail is bent."
    assert [p.answer for p in view.merge_proposals] == ["merge"]
    assert all(c.acknowledged for c in view.conflicts)
    assert not any(section.seen for section in view.sections)
    edits = [e.kind for i in view.items().values() for e in i.edits]
    assert sorted(edits) == ["edit", "merge"]


def test_a_correction_is_regenerated_over_its_own_period(clock: ShipClock) -> None:
    leak = an_entry(LEAK)
    first = signed()
    new = corrected(first)
    clock.advance(hours=5)
    an_entry("Written in the next watch.")
    for kind, arguments in (
        (JobKind.HANDOVER_REGENERATE, {"draft_id": new}), (JobKind.HANDOVER_GENERATE, {}),
    ):  # fmt: skip
        job = run(kind, **arguments)
        assert job.status is JobStatus.COMPLETED
        assert (job.result or {})["draft_id"] == new
    view = draft(new)
    assert view.period_to == draft(first).period_to
    assert shown(view).keys() == {leak.id}


def test_the_signed_correction_says_what_it_supersedes_and_what_changed(clock: ShipClock) -> None:
    leak, _guest = entries(LEAK, GUEST)
    first = signed()
    before, bytes_before = handover(first), snapshot_bytes(first)
    clock.advance(hours=1)
    suppress(a_second_officer().actor, leak.id, reason="Wrong pump.")
    an_entry_of(clock.at - timedelta(hours=1), "Starboard bilge pump leaks.")
    new = in_review(corrected(first))
    guest = next(i for i in draft(new).items().values() if i.text == GUEST)
    editing.edit(a_second_officer().actor, guest.id, "Guest in cabin 4 wants no seafood.")
    accepted_and_signed(new)
    said = snapshot(new)
    assert said.supersedes is not None
    assert said.supersedes.document_number == before.document_number == "EB-00001"
    assert said.supersedes.document_hash == before.document_hash
    assert (said.supersedes.reason, said.supersedes.by) == (WHY, a_captain().name)
    about = "\n".join(said.changes)
    number = next(i.number for s in said.sections for i in s.items if i.text.startswith("Starb"))
    assert f"Added: item {number}." in about
    assert f"It said “{LEAK}”" in about
    assert f"It said “{GUEST}”" in about
    assert snapshot_bytes(first) == bytes_before
    assert superseded(new) == said.supersedes


def test_both_signatures_of_a_correction_cover_what_it_says_of_the_other() -> None:
    an_entry(LEAK)
    new = accepted_and_signed(in_review(corrected(signed())))
    hashes = {s.statement.get("amendment_hash") for s in snapshot(new).signatures}
    assert len(hashes) == 1
    assert None not in hashes


def test_each_of_the_two_names_the_other(clock: ShipClock) -> None:
    an_entry(LEAK)
    first = signed()
    new = corrected(first)
    assert handover(first).superseded_by is None
    accepted_and_signed(in_review(new))
    assert handover(first).superseded_by == handover(new).document_number == "EB-00002"
    assert [h.draft_id for h in list_handovers()] == [new, first]
    assert in_force() == new


def test_until_it_is_signed_the_corrected_handover_stays_in_force(clock: ShipClock) -> None:
    an_entry(LEAK)
    first = signed()
    new = in_review(corrected(first))
    assert in_force() == first
    accepted_and_signed(new)
    assert in_force() == new


def test_the_next_handover_carries_forward_from_the_correction(clock: ShipClock) -> None:
    leak, _lamp = entries(LEAK, LAMP)
    first = signed()
    clock.advance(hours=2)
    between = an_entry("Radar 1 is out of order.")
    suppress(a_second_officer().actor, leak.id, reason="Wrong pump.")
    late = an_entry_of(clock.at - timedelta(hours=2), "Starboard bilge pump leaks and is open.")
    after = an_entry("Gangway alarm is out of order.")
    new = accepted_and_signed(in_review(corrected(first)))
    clock.advance(hours=2)
    assert default_window(the_vessel().id).start == draft(new).period_to
    third = draft(generated())
    texts = shown(third)
    assert leak.id not in texts
    assert {between.id, after.id, late.id} <= texts.keys()
    counts = {next(iter(i.sources.entries)): i.count for i in third.items().values()}
    assert (counts[late.id], counts[between.id]) == (2, 1)


def test_a_correction_may_be_corrected_in_its_turn(clock: ShipClock) -> None:
    carried = an_entry(LEAK)
    signed()
    clock.advance(hours=4)
    an_entry(LAMP)
    second = signed()
    third = accepted_and_signed(in_review(corrected(second)))
    fourth = accepted_and_signed(in_review(corrected(third, "Still not right.")))
    assert handover(third).superseded_by == handover(fourth).document_number
    assert handover(second).superseded_by == handover(third).document_number
    assert in_force() == fourth
    counts = {next(iter(i.sources.entries)): i.count for i in draft(fourth).items().values()}
    assert counts[carried.id] == 2

"""Carry-forward: what was not settled comes again, with its age and its count; late entries too."""

from datetime import timedelta

from storage.drafts import editing
from storage.drafts.content import Candidate, HandoverType, ItemState
from storage.drafts.gathering import Window, default_window, gather_entries
from storage.drafts.views import draft
from storage.entries.actions import resolve, suppress
from storage.entries.views import EntryDetail
from storage.taxonomy.risks import RiskTag
from tests.builders import (
    a_draft_in_review,
    a_second_officer,
    a_signed_handover,
    a_vessel,
    accepted_and_signed,
    an_entry,
    an_entry_of,
)
from tests.clock import START, ShipClock
from tests.contents import SAFETY, a_command_item, an_item, contents

OPEN = {"domain": "ENG-05", "risk_tags": (RiskTag.OPERATIONAL_DEBT,), "state": ItemState.OPEN}


def gathered() -> dict[str, Candidate]:
    """What the next draft would be made of, by entry."""
    vessel_id = a_vessel().id
    window = default_window(vessel_id)
    given = gather_entries(vessel_id, window, HandoverType.BRIDGE_WATCH).given
    return {candidate.entry_id: candidate for candidate in given.candidates}


def handed_over(*entries: EntryDetail, **facts: object) -> str:
    """A signed handover of these entries, carried forward as the pipeline carries them."""
    found = gathered()
    items = [
        an_item(entry, **{**OPEN, "carried": found[entry.id].carried, **facts}) for entry in entries
    ]
    return a_signed_handover(contents(*items))


def test_the_first_handover_begins_with_the_first_entry(store: object, clock: ShipClock) -> None:
    an_entry()
    clock.advance(hours=4)
    window = default_window(a_vessel().id)
    assert (window.start, window.end) == (START, START + timedelta(hours=4))


def test_without_any_entry_the_window_is_the_last_day(store: object, clock: ShipClock) -> None:
    window = default_window(a_vessel().id)
    assert (window.start, window.end) == (START - timedelta(hours=24), START)


def test_the_next_handover_begins_where_the_last_one_ended(store: object, clock: ShipClock) -> None:
    handed_over(an_entry())
    clock.advance(hours=4)
    assert default_window(a_vessel().id).start == START


def test_an_unsettled_item_comes_again_with_its_age_and_count(
    store: object, clock: ShipClock
) -> None:
    leak = an_entry()
    for number in range(1, 5):
        draft_id = handed_over(leak)
        (item,) = draft(draft_id).items().values()
        assert (item.count, item.carried) == (number, number > 1)
        assert item.age_days == (number - 1) * 3
        clock.advance(days=3)
    candidate = gathered()[leak.id]
    assert candidate.carried is not None
    assert (candidate.carried.count, candidate.carried.first_raised_at) == (5, START)


def test_a_settled_item_stops_coming(store: object, clock: ShipClock) -> None:
    leak = an_entry()
    handed_over(leak)
    clock.advance(hours=4)
    assert leak.id in gathered()
    resolve(a_second_officer().actor, leak.id, reason="Seal renewed.")
    assert gathered() == {}


def test_a_suppressed_entry_stops_coming(store: object, clock: ShipClock) -> None:
    leak = an_entry()
    handed_over(leak)
    clock.advance(hours=4)
    suppress(a_second_officer().actor, leak.id, reason="Not ours.")
    assert gathered() == {}


def test_what_is_done_or_mere_information_is_not_carried(store: object, clock: ShipClock) -> None:
    done, told = an_entry("Seal renewed."), an_entry("Guests ashore.")
    items = (
        an_item(done, **{**OPEN, "state": ItemState.DONE}),
        an_item(told, domain="INT-01", state=ItemState.NONE),
    )
    a_signed_handover(contents(*items))
    clock.advance(hours=4)
    assert gathered() == {}


def test_a_restriction_and_a_risk_of_unknown_state_are_carried(
    store: object, clock: ShipClock
) -> None:
    limit, risk = an_entry("Do not run bilge pump 3."), an_entry("Fire door 2.")
    items = (
        an_item(limit, **{**OPEN, "state": ItemState.RESTRICTION}),
        an_item(risk, domain="ENG-08", risk_tags=SAFETY, state=ItemState.NONE),
    )
    a_signed_handover(contents(*items))
    clock.advance(hours=4)
    assert gathered().keys() == {limit.id, risk.id}


def test_command_statements_and_items_left_out_are_not_carried(
    store: object, clock: ShipClock
) -> None:
    leak, lamp = an_entry("Pump leaks."), an_entry("Lamp out.")
    pump, light = an_item(leak, **OPEN), an_item(lamp, **OPEN)
    draft_id = a_draft_in_review(contents(a_command_item(pump), pump, light))
    item = next(i for i in draft(draft_id).items().values() if i.text == "Lamp out.")
    editing.suppress(a_second_officer().actor, item.id, reason="Known.")
    accepted_and_signed(draft_id)
    clock.advance(hours=4)
    carried = gathered()
    assert carried.keys() == {leak.id}
    assert carried[leak.id].carried is not None


def test_what_was_merged_is_carried_with_all_its_sources(store: object, clock: ShipClock) -> None:
    leak, again = an_entry("Pump leaks."), an_entry("Pump is leaking.")
    draft_id = a_draft_in_review(contents(an_item(leak, **OPEN), an_item(again, **OPEN)))
    editing.merge(a_second_officer().actor, list(draft(draft_id).items()))
    accepted_and_signed(draft_id)
    clock.advance(hours=4)
    assert gathered().keys() == {leak.id, again.id}


def test_an_entry_recorded_late_comes_into_the_next_handover_once(
    store: object, clock: ShipClock
) -> None:
    handed_over(an_entry())
    clock.advance(hours=2)
    late = an_entry_of(START - timedelta(hours=3))
    assert late.created_at < default_window(a_vessel().id).start
    assert gathered().keys() >= {late.id}
    draft_id = a_signed_handover(contents(an_item(late, domain="INT-01")))
    assert late.id in {i for item in draft(draft_id).items().values() for i in item.sources.entries}
    clock.advance(hours=4)
    assert late.id not in gathered()


def test_an_entry_at_the_very_moment_of_the_handover_is_not_lost(
    store: object, clock: ShipClock
) -> None:
    handed_over(an_entry("Before."))
    after = an_entry("At the same moment, after the signature.")
    clock.advance(hours=4)
    assert after.id in gathered()


def test_a_clock_that_was_put_back_still_gives_a_window(store: object, clock: ShipClock) -> None:
    handed_over(an_entry())
    clock.step(hours=-6)
    window = default_window(a_vessel().id)
    assert window.start == window.end == START - timedelta(hours=6)
    clock.step(hours=12)
    assert default_window(a_vessel().id).start == START


def test_a_quiet_watch_brings_nothing_old_back(store: object, clock: ShipClock) -> None:
    a_signed_handover(contents(an_item(an_entry("Guests ashore."), domain="INT-01")))
    clock.advance(hours=4)
    a_signed_handover(contents())
    clock.advance(hours=4)
    assert gathered() == {}


def test_a_window_a_person_chose_goes_by_time(store: object, clock: ShipClock) -> None:
    old = an_entry("Before.")
    a_signed_handover(contents(an_item(old, domain="INT-01")))
    clock.advance(hours=1)
    new = an_entry("After.")
    vessel_id = a_vessel().id
    for start, expected in ((START, {old.id, new.id}), (clock.at, {new.id})):
        chosen = Window(start=start - timedelta(minutes=1), end=clock.at)
        given = gather_entries(vessel_id, chosen, HandoverType.BRIDGE_WATCH).given
        assert {c.entry_id for c in given.candidates} == expected


def test_a_clock_put_back_loses_no_entry(store: object, clock: ShipClock) -> None:
    handed_over(an_entry("Before the step."))
    clock.step(hours=-1)
    stepped = an_entry("Written while the clock was an hour slow.")
    clock.step(hours=1)
    clock.advance(hours=4)
    assert stepped.id in gathered()

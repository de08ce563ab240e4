"""A forgotten PIN: proposed by one, confirmed by another, never by the one it is for."""

from pathlib import Path

import pytest

from storage.audit.views import list_events
from storage.errors import BadInput, LockedOut, NotFound, NotPermitted, WrongPin
from storage.handovers.snapshot import Position
from storage.handovers.verification import verify_document
from storage.handovers.views import snapshot, snapshot_bytes
from storage.people.actions import (
    confirm_reset,
    leave_crew,
    open_key,
    propose_reset,
    sign_in,
    withdraw_reset,
)
from storage.people.keys import public_hex
from storage.people.states import Began, Ended
from storage.people.tables import Person, PersonKey
from storage.people.views import CrewMember, crew_member, keys_of
from storage.people.waiting import MAX_PIN_FAILURES
from tests.builders import (
    a_captain,
    a_rating,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    a_whole_crew,
    pin_of,
)
from tests.clock import ShipClock
from tests.contents import contents

NEW = "662607"


def proposed(by: CrewMember, whose: CrewMember) -> None:
    propose_reset(by.actor, pin_of(by), whose.id)


def confirmed(by: CrewMember, whose: CrewMember) -> CrewMember:
    return confirm_reset(by.actor, pin_of(by), whose.id, NEW)


def locked_out(*people: CrewMember) -> None:
    ids = [person.id for person in people]
    Person.update(pin_failures=MAX_PIN_FAILURES).where(Person.id.in_(ids)).execute()


def all_but(*people: CrewMember) -> list[CrewMember]:
    kept = {person.id for person in people}
    return [person for person in a_whole_crew() if person.id not in kept]


def test_two_people_give_a_third_a_new_key_and_both_are_on_record(store: object) -> None:
    captain, rating, officer = a_captain(), a_rating(), a_second_officer()
    locked_out(officer)
    proposed(captain, officer)
    assert crew_member(officer.id).reset_proposed_by == captain.name
    after = confirmed(rating, officer)
    assert not after.is_locked_out and after.reset_proposed_by is None
    assert after.public_key != officer.public_key
    event = list_events(limit=1)[0]
    assert (event.action, event.actor_id, event.subject_id) == (
        "person.pin_reset", rating.id, officer.id,
    )  # fmt: skip
    assert event.detail == {
        "name": officer.name, "proposed_by": captain.id,
        "public_key": after.public_key, "ended_key": officer.public_key,
    }  # fmt: skip
    assert sign_in(officer.name, NEW) == officer.actor
    with pytest.raises(WrongPin):
        sign_in(officer.name, pin_of(officer))


def test_nobody_confirms_what_they_proposed(store: object, clock: ShipClock) -> None:
    captain, officer = a_captain(), a_second_officer()
    proposed(captain, officer)
    clock.advance(days=30)
    with pytest.raises(NotPermitted, match="another person has to confirm"):
        confirmed(captain, officer)


def test_nobody_proposes_or_confirms_a_new_pin_for_themselves(store: object) -> None:
    captain, officer = a_captain(), a_second_officer()
    with pytest.raises(NotPermitted, match="Two others reset your PIN"):
        proposed(officer, officer)
    proposed(captain, officer)
    with pytest.raises(NotPermitted, match="Nobody confirms a new PIN for themselves"):
        confirmed(officer, officer)
    assert list_events(limit=1)[0].outcome == "refused"
    assert crew_member(officer.id).public_key == officer.public_key


def test_nothing_is_confirmed_that_nobody_proposed_and_nothing_twice(store: object) -> None:
    with pytest.raises(NotFound, match="proposes it"):
        confirmed(a_captain(), a_second_officer())
    proposed(a_captain(), a_second_officer())
    confirmed(a_third_officer(), a_second_officer())
    with pytest.raises(NotFound):
        confirmed(a_third_officer(), a_second_officer())


def test_proposing_again_changes_nothing(store: object) -> None:
    proposed(a_captain(), a_second_officer())
    size = list_events(limit=1)[0].seq
    proposed(a_third_officer(), a_second_officer())
    assert list_events(limit=1)[0].seq == size
    assert crew_member("Priya Nair").reset_proposed_by == a_captain().name


def test_a_rating_proposes_only_where_no_other_officer_could(store: object) -> None:
    rating, captain = a_rating(), a_captain()
    with pytest.raises(NotPermitted, match="An officer is aboard"):
        proposed(rating, captain)
    locked_out(*all_but(rating))
    proposed(rating, captain)
    assert crew_member(captain.id).reset_proposed_by == rating.name


def test_where_nobody_else_could_confirm_one_person_does_it_alone_a_day_later(
    store: object, clock: ShipClock
) -> None:
    captain, officer = a_captain(), a_second_officer()
    locked_out(*all_but(captain))
    proposed(captain, officer)
    clock.step(days=2)
    with pytest.raises(NotPermitted, match="alone in 24 h"):
        confirmed(captain, officer)
    clock.advance(hours=24)
    assert not confirmed(captain, officer).is_locked_out
    event = list_events(limit=1)[0]
    assert event.actor_id == event.detail["proposed_by"] == captain.id


def test_the_owners_own_pin_withdraws_what_was_proposed(store: object) -> None:
    captain, officer = a_captain(), a_second_officer()
    proposed(captain, officer)
    sign_in(officer.name, pin_of(officer))
    assert list_events(limit=1)[0].detail["reset_withdrawn"] is True
    with pytest.raises(NotFound):
        confirmed(a_third_officer(), officer)


def test_a_proposal_can_be_withdrawn_by_hand(store: object) -> None:
    proposed(a_captain(), a_second_officer())
    withdraw_reset(a_third_officer().actor, "Priya Nair")
    assert crew_member("Priya Nair").reset_proposed_by is None
    with pytest.raises(NotFound):
        withdraw_reset(a_third_officer().actor, "Priya Nair")


def test_a_wrong_pin_of_the_second_person_changes_nothing(store: object) -> None:
    officer = a_second_officer()
    proposed(a_captain(), officer)
    with pytest.raises(WrongPin):
        confirm_reset(a_third_officer().actor, "999998", officer.id, NEW)
    with pytest.raises(BadInput, match="is a date"):
        confirm_reset(a_third_officer().actor, pin_of(a_third_officer()), officer.id, "270984")
    assert crew_member(officer.id).public_key == officer.public_key


def test_somebody_locked_out_neither_proposes_nor_confirms(store: object) -> None:
    captain, third = a_captain(), a_third_officer()
    locked_out(captain)
    with pytest.raises((LockedOut, NotPermitted)):
        proposed(captain, a_second_officer())
    proposed(third, a_second_officer())
    with pytest.raises(LockedOut):
        confirmed(captain, a_second_officer())


def test_a_key_that_ended_proves_what_it_signed_and_can_sign_no_more(store: Path) -> None:
    draft_id = a_signed_handover(contents(a_simple_item()))
    officer = a_second_officer()
    signed_with = {s.position: s.public_key for s in snapshot(draft_id).signatures}
    proposed(a_captain(), officer)
    after = confirmed(a_third_officer(), officer)
    assert after.public_key != signed_with[Position.OUTGOING] == officer.public_key
    assert all(check.ok for check in verify_document(snapshot_bytes(draft_id)))
    old, new = keys_of(officer.name)
    assert (old.public_key, old.ended_why) == (officer.public_key, Ended.RESET)
    assert (new.began_why, new.until) == (Began.RESET, None)
    assert old.until == new.since
    rows = PersonKey.select().where(PersonKey.person == officer.id)
    assert [bool(row.sealed) for row in rows.order_by(PersonKey.created_at)] == [False, True]
    assert public_hex(open_key(officer.actor, NEW)) == new.public_key


def test_who_leaves_takes_the_proposal_for_them_along(store: object) -> None:
    captain, officer = a_captain(), a_second_officer()
    proposed(captain, officer)
    leave_crew(captain.actor, pin_of(captain), officer.id)
    with pytest.raises(NotFound):
        confirmed(a_third_officer(), officer)

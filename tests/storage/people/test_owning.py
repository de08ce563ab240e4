"""What a person does with their own key, and coming and going."""

import pytest

from storage.audit.views import list_events
from storage.canonical import canonical_json
from storage.entries.actions import capture
from storage.errors import AlreadyExists, BadInput, NotFound, NotPermitted, WrongPin
from storage.people.actions import (
    add_person,
    change_pin,
    confirm_reset,
    leave_crew,
    open_key,
    propose_reset,
    rejoin_crew,
    rotate_key,
    sign_in,
)
from storage.people.keys import is_signed, public_hex
from storage.people.states import Began, Ended
from storage.people.views import CrewMember, crew_member, former_member, keys_of, list_crew
from storage.taxonomy.roles import Role
from tests.builders import (
    a_captain,
    a_rating,
    a_second_officer,
    a_third_officer,
    a_whole_crew,
    pin_of,
)

NEW = "662607"


def gone(person: CrewMember) -> CrewMember:
    captain = a_captain()
    return leave_crew(captain.actor, pin_of(captain), person.id)


def test_another_pin_opens_the_same_key(store: object) -> None:
    officer = a_second_officer()
    assert change_pin(officer.actor, pin_of(officer), NEW).public_key == officer.public_key
    assert public_hex(open_key(officer.actor, NEW)) == officer.public_key
    with pytest.raises(WrongPin):
        open_key(officer.actor, pin_of(officer))
    (only,) = keys_of(officer.name)
    assert only.until is None


def test_a_pin_is_not_changed_to_itself_nor_to_one_that_is_guessed_first(store: object) -> None:
    officer = a_second_officer()
    with pytest.raises(BadInput, match="the PIN there is"):
        change_pin(officer.actor, pin_of(officer), pin_of(officer))
    with pytest.raises(BadInput, match="counts up"):
        change_pin(officer.actor, pin_of(officer), "123456")
    with pytest.raises(WrongPin):
        change_pin(officer.actor, "999998", NEW)


def test_a_new_key_is_signed_for_by_the_old_one(store: object) -> None:
    officer = a_second_officer()
    after = rotate_key(officer.actor, pin_of(officer))
    event = list_events(limit=1)[0]
    assert (event.action, event.detail["ended_key"]) == ("person.key_rotated", officer.public_key)
    said = canonical_json({"person_id": officer.id, "public_key": after.public_key})
    assert is_signed(officer.public_key, event.detail["endorsement"], said)
    assert public_hex(open_key(officer.actor, pin_of(officer))) == after.public_key
    old, new = keys_of(officer.name)
    assert (old.ended_why, new.began_why) == (Ended.ROTATED, Began.ROTATED)


def test_who_leaves_has_no_rights_and_no_key_but_keeps_their_name(store: object) -> None:
    rating = a_rating()
    kept = capture(rating.actor, "Anchor light out.")
    after = gone(rating)
    assert (after.is_active, after.has_key, after.left_at) == (False, False, after.left_at)
    assert after.left_at is not None
    with pytest.raises(NotFound):
        sign_in(rating.name, pin_of(rating))
    with pytest.raises(NotPermitted, match="not of the crew"):
        capture(rating.actor, "Still here.")
    assert list_events(limit=1)[0].outcome == "refused"
    assert kept.author == rating.name
    assert rating.name in [member.name for member in list_crew()]
    (key,) = keys_of(rating.name)
    assert (key.ended_why, key.until) == (Ended.LEFT, after.left_at)


def test_an_officer_may_leave_by_their_own_word(store: object) -> None:
    captain = a_captain()
    assert leave_crew(captain.actor, pin_of(captain), captain.id).left_at is not None


def test_the_last_officer_who_could_add_crew_stays(store: object) -> None:
    captain = a_captain()
    for person in a_whole_crew():
        if person.is_officer and person.id != captain.id:
            gone(person)
    with pytest.raises(NotPermitted, match="last officer"):
        gone(captain)
    assert crew_member(captain.id).is_active


def test_the_name_of_somebody_who_left_is_not_given_to_another(store: object) -> None:
    captain = a_captain()
    gone(a_rating())
    with pytest.raises(AlreadyExists, match="crew rejoin"):
        add_person(captain.actor, pin_of(captain), "sam okafor", "rating", NEW)


def test_who_comes_back_gets_a_new_key_from_two_others(store: object) -> None:
    captain, third, rating = a_captain(), a_third_officer(), a_rating()
    gone(rating)
    back = rejoin_crew(captain.actor, pin_of(captain), rating.name, "bosun")
    assert (back.id, back.role, back.has_key) == (rating.id, Role.BOSUN, False)
    with pytest.raises(NotPermitted, match="has no PIN yet"):
        sign_in(rating.name, pin_of(rating))
    propose_reset(captain.actor, pin_of(captain), back.id)
    confirm_reset(third.actor, pin_of(third), back.id, NEW)
    assert sign_in(rating.name, NEW) == back.actor
    assert [key.began_why for key in keys_of(rating.name)] == [Began.JOINED, Began.RESET]
    with pytest.raises(NotPermitted, match="another role by now"):
        capture(rating.actor, "As a rating.")


def test_nobody_comes_back_who_is_aboard(store: object) -> None:
    captain = a_captain()
    with pytest.raises(NotFound):
        rejoin_crew(captain.actor, pin_of(captain), "Sam Okafor")
    with pytest.raises(NotFound):
        former_member("Sam Okafor")


def test_an_auditor_signs_in_and_keeps_their_own_key(store: object) -> None:
    captain = a_captain()
    auditor = add_person(captain.actor, pin_of(captain), "Noor Haddad", "auditor", NEW)
    assert sign_in("Noor Haddad", NEW) == auditor.actor
    rotate_key(change_pin(auditor.actor, NEW, "839251").actor, "839251")
    with pytest.raises(NotPermitted, match="read everything and change nothing: Auditor"):
        capture(auditor.actor, "I was here.")
    with pytest.raises(NotPermitted):
        propose_reset(auditor.actor, "839251", a_second_officer().id)

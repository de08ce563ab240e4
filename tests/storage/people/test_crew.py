"""Joining the crew, signing in, wrong PINs, lock-out and a new PIN."""

from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import SYSTEM, WORKER
from storage.audit.views import AuditQuery, count_events, list_events
from storage.errors import (
    AlreadyExists,
    BadInput,
    LockedOut,
    NotFound,
    NotPermitted,
    WrongPin,
)
from storage.handovers.snapshot import Position
from storage.handovers.verification import verify_document
from storage.handovers.views import snapshot, snapshot_bytes
from storage.people.actions import add_first_person, add_person, open_key, reset_pin, sign_in
from storage.people.keys import SCRYPT_COST, public_hex
from storage.people.rules import MAX_PIN_FAILURES, check_name, check_pin_policy, near_names
from storage.people.tables import PersonKey
from storage.people.views import crew_member, list_crew
from storage.taxonomy.roles import OFFICERS, Role
from tests.builders import (
    a_captain,
    a_rating,
    a_second_officer,
    a_signed_handover,
    a_simple_item,
    a_third_officer,
    pin_of,
)
from tests.contents import contents


def test_the_first_person_becomes_the_administrator(empty_store: object) -> None:
    first = add_first_person("  Anna Lindqvist ", "captain", "602214")
    assert (first.name, first.role, first.is_admin) == ("Anna Lindqvist", Role.CAPTAIN, True)
    assert list_crew() == [first]
    with pytest.raises(NotPermitted, match="an officer must add"):
        add_first_person("Sly Fox", "captain", "602214")


def test_the_first_person_must_be_an_officer(empty_store: object) -> None:
    with pytest.raises(NotPermitted, match="must be an officer"):
        add_first_person("Sam Okafor", "rating", "602214")
    assert list_crew() == []
    assert list_events(limit=1)[0].outcome == "refused"


def test_an_officer_adds_crew_with_their_own_pin(store: object) -> None:
    captain = a_captain()
    added = add_person(captain.actor, pin_of(captain), "Noor Haddad", "eto", "662607")
    assert not added.is_admin
    assert crew_member("noor haddad") == crew_member(added.id) == added
    event = list_events(limit=1)[0]
    assert (event.action, event.actor_id, event.subject_id) == (
        "person.added", captain.id, added.id,
    )  # fmt: skip
    assert "662607" not in str(event.detail)


def test_a_wrong_officers_pin_adds_nobody(store: object) -> None:
    before = list_crew()
    with pytest.raises(WrongPin):
        add_person(a_captain().actor, "999998", "Noor Haddad", "eto", "662607")
    assert list_crew() == before


@pytest.mark.parametrize("who", ["rating", "service", "system"])
def test_only_an_officer_adds_crew_or_resets_a_pin(store: object, who: str) -> None:
    actor = {"rating": a_rating().actor, "service": WORKER, "system": SYSTEM}[who]
    with pytest.raises(NotPermitted):
        add_person(actor, "173205", "Noor Haddad", "eto", "662607")
    with pytest.raises(NotPermitted):
        reset_pin(actor, "173205", "Priya Nair", "662607")
    assert [event.outcome for event in list_events(limit=2)] == ["refused", "refused"]


def test_a_name_is_given_once_whatever_its_letter_case(store: object) -> None:
    captain = a_captain()
    with pytest.raises(AlreadyExists, match="Priya Nair"):
        add_person(captain.actor, pin_of(captain), "PRIYA nair", "eto", "662607")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\nb", "\x1b[2JEve", "Eve\u202e"])
def test_a_name_that_does_not_print_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="printable"):
        check_name(name)


@pytest.mark.parametrize(
    "pin",
    ["", "12345", "abcdef", "12345a", "111111", "121212", "123456", "654321", "567890", "٢٧١٨٢٨"],
)
def test_a_pin_that_is_guessed_first_is_refused_without_repeating_it(pin: str) -> None:
    with pytest.raises(BadInput) as refusal:
        check_pin_policy(pin)
    assert not pin or pin not in str(refusal.value)


def test_an_unknown_role_is_refused_with_those_there_are(store: object) -> None:
    captain = a_captain()
    with pytest.raises(BadInput, match="chief_engineer"):
        add_person(captain.actor, pin_of(captain), "Noor Haddad", "pirate", "662607")


def test_ratings_are_no_officers() -> None:
    assert set(Role) - OFFICERS == {Role.DECKHAND, Role.STEW, Role.RATING}


def test_signing_in_gives_the_person_as_an_actor_and_is_recorded(store: object) -> None:
    officer = a_second_officer()
    assert sign_in("priya nair", pin_of(officer)) == officer.actor
    assert list_events(limit=1)[0].action == "person.signed_in"


def test_nobody_signs_in_under_a_name_that_is_not_aboard(store: object) -> None:
    with pytest.raises(NotFound, match="crew member"):
        sign_in("Flying Dutchman", "271828")


def test_a_wrong_pin_is_counted_recorded_and_forgotten_after_the_right_one(store: object) -> None:
    officer = a_second_officer()
    for left in (9, 8):
        with pytest.raises(WrongPin, match=f"{left} tries left"):
            open_key(officer.actor, "999998")
    refused = list_events(AuditQuery(action="person.key_opened"), limit=1)[0]
    assert (refused.outcome, refused.detail) == ("refused", {"code": "wrong_pin", "failures": 2})
    open_key(officer.actor, pin_of(officer))
    assert list_events(limit=1)[0].action == "person.pin_failures_cleared"
    with pytest.raises(WrongPin, match="9 tries left"):
        open_key(officer.actor, "999998")


def test_ten_wrong_pins_lock_a_person_out_until_another_officer_resets_the_pin(
    store: object,
) -> None:
    officer, captain = a_second_officer(), a_captain()
    for _ in range(MAX_PIN_FAILURES - 1):
        with pytest.raises(WrongPin):
            open_key(officer.actor, "999998")
    with pytest.raises(LockedOut, match="another officer can reset"):
        open_key(officer.actor, "999998")
    assert crew_member(officer.id).is_locked_out
    with pytest.raises(LockedOut):
        sign_in(officer.name, pin_of(officer))
    reset_pin(captain.actor, pin_of(captain), officer.name, "662607")
    assert not crew_member(officer.id).is_locked_out
    assert sign_in(officer.name, "662607") == officer.actor
    with pytest.raises(WrongPin):
        sign_in(officer.name, pin_of(officer))
    outcomes = count_events(AuditQuery(action="person.key_opened"))
    assert outcomes == MAX_PIN_FAILURES + 2, "every wrong try and every try while locked out"


def test_nobody_unlocks_themselves(store: object) -> None:
    officer = a_second_officer()
    for _ in range(MAX_PIN_FAILURES):
        with pytest.raises((WrongPin, LockedOut)):
            open_key(officer.actor, "999998")
    with pytest.raises(LockedOut):
        reset_pin(officer.actor, pin_of(officer), officer.name, "662607")


def test_a_retired_key_still_proves_what_it_signed(store: object) -> None:
    draft_id = a_signed_handover(contents(a_simple_item()))
    captain, officer = a_captain(), a_second_officer()
    signed_with = {s.position: s.public_key for s in snapshot(draft_id).signatures}
    after = reset_pin(captain.actor, pin_of(captain), officer.name, "662607")
    assert after.public_key != signed_with[Position.OUTGOING] == officer.public_key
    assert all(check.ok for check in verify_document(snapshot_bytes(draft_id)))


def test_two_people_with_the_same_pin_have_different_keys(store: object) -> None:
    captain = a_captain()
    pin = pin_of(a_third_officer())
    other = add_person(captain.actor, pin_of(captain), "Noor Haddad", "eto", pin)
    assert other.public_key != a_third_officer().public_key
    assert public_hex(open_key(other.actor, pin)) == other.public_key


def test_a_key_is_sealed_at_the_full_cost(empty_store: object) -> None:
    add_first_person("Anna Lindqvist", "captain", "602214")
    (sealed,) = [key.sealed for key in PersonKey.select()]
    assert sealed["n"] == SCRYPT_COST >= 2**15


def test_no_pin_is_ever_stored(store: Path) -> None:
    captain = a_captain()
    add_person(captain.actor, pin_of(captain), "Noor Haddad", "eto", "48264826197")
    database.close()
    kept = (store / database.FILE_NAME).read_bytes()
    assert b"Noor Haddad" in kept
    assert b"48264826197" not in kept


@pytest.mark.parametrize(
    ("wanted", "near"),
    [
        ("anna", ["Anna Lindqvist", "Anna Kowalska"]),
        ("Lindquist", ["Anna Lindqvist"]),
        ("tomas ferreira", ["Tomás Ferreira"]),
        ("zzz", []),
        (" ", []),
    ],
)
def test_names_that_may_have_been_meant(wanted: str, near: list[str]) -> None:
    names = ["Anna Lindqvist", "Anna Kowalska", "Tomás Ferreira", "Sam Okafor"]
    assert near_names(wanted, names) == near

"""Joining the crew and signing in."""

from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import SYSTEM, WORKER
from storage.audit.views import list_events
from storage.errors import (
    AlreadyExists,
    BadInput,
    NotFound,
    NotPermitted,
    WrongPin,
)
from storage.people.actions import add_first_person, add_person, open_key, sign_in
from storage.people.keys import PRESENT, cost_of, public_hex
from storage.people.rules import check_name, near_names
from storage.people.tables import PersonKey
from storage.people.views import crew_member, list_crew
from storage.taxonomy.roles import OFFICERS, READERS, Role
from tests.builders import (
    a_captain,
    a_rating,
    a_second_officer,
    a_third_officer,
    pin_of,
)


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
    assert event.detail["public_key"] == added.public_key
    assert "662607" not in str(event.detail)


def test_a_wrong_officers_pin_adds_nobody(store: object) -> None:
    before = list_crew()
    with pytest.raises(WrongPin):
        add_person(a_captain().actor, "999998", "Noor Haddad", "eto", "662607")
    assert list_crew() == before


@pytest.mark.parametrize("who", ["rating", "service", "system"])
def test_only_an_officer_adds_crew(store: object, who: str) -> None:
    actor = {"rating": a_rating().actor, "service": WORKER, "system": SYSTEM}[who]
    with pytest.raises(NotPermitted):
        add_person(actor, "173205", "Noor Haddad", "eto", "662607")
    assert list_events(limit=1)[0].outcome == "refused"


def test_a_name_is_given_once_whatever_its_letter_case(store: object) -> None:
    captain = a_captain()
    with pytest.raises(AlreadyExists, match="Priya Nair"):
        add_person(captain.actor, pin_of(captain), "PRIYA nair", "eto", "662607")


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\nb", "\x1b[2JEve", "Eve\u202e"])
def test_a_name_that_does_not_print_is_refused(name: str) -> None:
    with pytest.raises(BadInput, match="printable"):
        check_name(name)


def test_an_unknown_role_is_refused_with_those_there_are(store: object) -> None:
    captain = a_captain()
    with pytest.raises(BadInput, match="chief_engineer"):
        add_person(captain.actor, pin_of(captain), "Noor Haddad", "pirate", "662607")


def test_ratings_are_no_officers() -> None:
    assert set(Role) - OFFICERS - READERS == {Role.DECKHAND, Role.STEW, Role.RATING}


def test_signing_in_gives_the_person_as_an_actor_and_is_recorded(store: object) -> None:
    officer = a_second_officer()
    assert sign_in("priya nair", pin_of(officer)) == officer.actor
    event = list_events(limit=1)[0]
    assert (event.action, event.detail) == (
        "person.signed_in", {"public_key": officer.public_key},
    )  # fmt: skip


def test_nobody_signs_in_under_a_name_that_is_not_aboard(store: object) -> None:
    with pytest.raises(NotFound, match="crew member"):
        sign_in("Flying Dutchman", "271828")


def test_two_people_with_the_same_pin_have_different_keys(store: object) -> None:
    captain = a_captain()
    pin = pin_of(a_third_officer())
    other = add_person(captain.actor, pin_of(captain), "Noor Haddad", "eto", pin)
    assert other.public_key != a_third_officer().public_key
    assert public_hex(open_key(other.actor, pin)) == other.public_key


def test_a_key_is_sealed_at_the_full_cost(empty_store: object) -> None:
    add_first_person("Anna Lindqvist", "captain", "602214")
    (sealed,) = [key.sealed for key in PersonKey.select()]
    assert cost_of(sealed) == PRESENT


@pytest.mark.aboard
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

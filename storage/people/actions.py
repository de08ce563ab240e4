"""Joining the crew, signing in, opening a signing key, resetting a PIN."""

from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.audit.actions import NEW, act, asking
from storage.audit.actor import SYSTEM, Actor
from storage.errors import AlreadyExists, LockedOut, NotFound, NotPermitted, Refused, WrongPin
from storage.identity import new_id
from storage.people.keys import new_key, public_hex, seal, unseal
from storage.people.rules import (
    MAX_PIN_FAILURES,
    check_name,
    check_officer,
    check_pin_policy,
    check_role,
)
from storage.people.tables import Person, PersonKey
from storage.people.views import CrewMember, crew_member
from storage.taxonomy.roles import OFFICERS


def add_first_person(name: str, role: str, pin: str) -> CrewMember:
    """The first of the crew, who becomes the administrator; only on a store without people.

    Raises:
        NotPermitted: there are people already, or the first is not an officer. BadInput.
    """
    with asking(SYSTEM, "person.added", "person", NEW):
        check_pin_policy(pin)
    key, sealed = _fresh_key(pin)
    with act(SYSTEM, "person.added", "person") as deed:
        if Person.select().exists():
            raise NotPermitted(why="There is a crew already; an officer must add the next person.")
        if check_role(role) not in OFFICERS:
            raise NotPermitted(why="The first person administers the store and must be an officer.")
        deed.subject_id = _insert(name, role, key, sealed, deed.at, is_admin=True)
        deed.detail.update(name=name, role=role, administrator=True)
    return crew_member(deed.subject_id)


def add_person(actor: Actor, actor_pin: str, name: str, role: str, pin: str) -> CrewMember:
    """A new member of the crew, added by an officer who proves it with their own PIN.

    Raises:
        NotPermitted, WrongPin, LockedOut, AlreadyExists, BadInput.
    """
    with asking(actor, "person.added", "person", actor.id):
        check_officer(actor, "add crew")
        check_pin_policy(pin)
    open_key(actor, actor_pin)
    key, sealed = _fresh_key(pin)
    with act(actor, "person.added", "person") as deed:
        deed.subject_id = _insert(name, role, key, sealed, deed.at, is_admin=False)
        deed.detail.update(name=name, role=role)
    return crew_member(deed.subject_id)


def sign_in(name_or_id: str, pin: str) -> Actor:
    """The person as an actor, after their PIN opened their key.

    Raises:
        NotFound, WrongPin, LockedOut.
    """
    actor = crew_member(name_or_id).actor
    open_key(actor, pin)
    with act(actor, "person.signed_in", "person", actor.id):
        return actor


def open_key(actor: Actor, pin: str) -> Ed25519PrivateKey:
    """The person's signing key. Slow on purpose: never call it inside a transaction.

    Raises:
        WrongPin: recorded and counted. LockedOut: ten wrong PINs in a row. NotFound.
    """
    person, stored = _person_and_key(actor.id)
    with asking(actor, "person.key_opened", "person", person.id):
        if person.pin_failures >= MAX_PIN_FAILURES:
            raise _locked_out(person)
    key = unseal(stored.sealed, pin)
    if key is None:
        raise _count_failure(actor, person)
    if person.pin_failures:
        with act(actor, "person.pin_failures_cleared", "person", person.id):
            Person.update(pin_failures=0).where(Person.id == person.id).execute()
    return key


def reset_pin(actor: Actor, actor_pin: str, name_or_id: str, new_pin: str) -> CrewMember:
    """A new key behind a new PIN; the old key is retired and still verifies what it signed.

    Raises:
        NotPermitted: a rating, or someone resetting a PIN of an unknown person. WrongPin, BadInput.
    """
    with asking(actor, "person.pin_reset", "person", actor.id):
        check_officer(actor, "reset a PIN")
        member = crew_member(name_or_id)
        check_pin_policy(new_pin)
    open_key(actor, actor_pin)
    key, sealed = _fresh_key(new_pin)
    with act(actor, "person.pin_reset", "person", member.id) as deed:
        PersonKey.update(retired_at=deed.at).where(
            PersonKey.person == member.id, PersonKey.retired_at.is_null()
        ).execute()
        _insert_key(member.id, key, sealed, deed.at)
        Person.update(pin_failures=0).where(Person.id == member.id).execute()
        deed.detail.update(name=member.name, public_key=public_hex(key))
    return crew_member(member.id)


def _fresh_key(pin: str) -> tuple[Ed25519PrivateKey, dict[str, object]]:
    key = new_key()
    return key, seal(key, pin)


def _insert(
    name: str,
    role: str,
    key: Ed25519PrivateKey,
    sealed: dict[str, object],
    at: datetime,
    *,
    is_admin: bool,
) -> str:
    name = check_name(name)
    taken = [p.name for p in Person.select() if p.name.casefold() == name.casefold()]
    if taken:
        raise AlreadyExists(kind="crew member", id=taken[0])
    person = Person.create(
        id=new_id(), name=name, role=check_role(role).value,
        is_admin=is_admin, is_active=True, created_at=at,
    )  # fmt: skip
    _insert_key(person.id, key, sealed, at)
    return str(person.id)


def _insert_key(
    person_id: str, key: Ed25519PrivateKey, sealed: dict[str, object], at: datetime
) -> None:
    PersonKey.create(
        id=new_id(), person=person_id, public_key=public_hex(key), sealed=sealed, created_at=at
    )


def _person_and_key(person_id: str) -> tuple[Person, PersonKey]:
    person = Person.get_or_none(Person.id == person_id, Person.is_active)
    if person is None:
        raise NotFound(kind="crew member", id=person_id)
    key = PersonKey.get(PersonKey.person == person_id, PersonKey.retired_at.is_null())
    return person, key


def _locked_out(person: Person) -> LockedOut:
    return LockedOut(name=person.name, failures=person.pin_failures)


def _count_failure(actor: Actor, person: Person) -> Refused:
    with act(actor, "person.key_opened", "person", person.id) as deed:
        Person.update(pin_failures=Person.pin_failures + 1).where(Person.id == person.id).execute()
        failures = Person.get_by_id(person.id).pin_failures
        deed.outcome = "refused"
        deed.detail.update(code=WrongPin.code, failures=failures)
    person.pin_failures = failures
    left = MAX_PIN_FAILURES - failures
    return WrongPin(name=person.name, left=left) if left > 0 else _locked_out(person)

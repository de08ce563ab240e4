"""The crew as others see them."""

from datetime import datetime
from typing import Any

from storage.audit.actor import Actor, ActorKind
from storage.database import read_only
from storage.engine import tuples
from storage.errors import NotFound
from storage.people.rules import MAX_PIN_FAILURES, near_names
from storage.people.tables import Person, PersonKey
from storage.taxonomy.roles import OFFICERS, Role
from storage.value import Value


class CrewMember(Value):
    """One person, without anything secret."""

    id: str
    name: str
    role: Role
    is_admin: bool
    is_active: bool
    is_officer: bool
    is_locked_out: bool
    public_key: str
    created_at: datetime

    @property
    def actor(self) -> Actor:
        """This person as the first argument of a verb."""
        return Actor(kind=ActorKind.HUMAN, id=self.id, name=self.name, role=self.role.value)


def list_crew() -> list[CrewMember]:
    """Everyone on the crew list, in the order they joined."""
    with read_only():
        keys = dict(_keys_in_use())
        people = Person.select().order_by(Person.created_at, Person.id)
        return [_member(person, keys[person.id]) for person in people]


def crew_member(name_or_id: str) -> CrewMember:
    """The person of this id or exact name, letter case aside.

    Raises:
        NotFound: nobody of that id or name, or they have left; the names that are near are told.
    """
    wanted = name_or_id.strip().casefold()
    aboard = [member for member in list_crew() if member.is_active]
    for member in aboard:
        if wanted in (member.id, member.name.casefold()):
            return member
    near = near_names(wanted, [member.name for member in aboard])
    hint = f"Whole names, please: {', '.join(near)}?" if near else ""
    raise NotFound(kind="crew member", id=name_or_id, hint=hint)


def _keys_in_use() -> list[tuple[Any, ...]]:
    in_use = PersonKey.select(PersonKey.person, PersonKey.public_key)
    return tuples(in_use.where(PersonKey.retired_at.is_null()))


def _member(person: Person, public_key: str) -> CrewMember:
    return CrewMember(
        id=person.id,
        name=person.name,
        role=Role(person.role),
        is_admin=person.is_admin,
        is_active=person.is_active,
        is_officer=Role(person.role) in OFFICERS,
        is_locked_out=person.pin_failures >= MAX_PIN_FAILURES,
        public_key=public_key,
        created_at=person.created_at,
    )

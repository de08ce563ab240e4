"""The crew as others see them."""

from datetime import datetime

from storage.audit.actor import Actor, ActorKind
from storage.database import read_only
from storage.errors import NotFound
from storage.people.rules import near_names
from storage.people.states import Began, Ended, ResetState
from storage.people.tables import Person, PersonKey, PinReset
from storage.people.waiting import MAX_PIN_FAILURES
from storage.taxonomy.roles import OFFICERS, Role
from storage.value import Value


class CrewMember(Value):
    """One person, without anything secret.

    `public_key` is the one in use; of somebody who has none now, the last one, or nothing.
    `reset_proposed_by` names who proposed a new PIN that nobody has confirmed yet.
    """

    id: str
    name: str
    role: Role
    is_admin: bool
    is_active: bool
    is_officer: bool
    is_locked_out: bool
    has_key: bool
    public_key: str
    created_at: datetime
    left_at: datetime | None
    reset_proposed_by: str | None

    @property
    def actor(self) -> Actor:
        """This person as the first argument of a verb."""
        return Actor(kind=ActorKind.HUMAN, id=self.id, name=self.name, role=self.role.value)


class KeyTerm(Value):
    """A key and when it was good: signatures of that time are this person's."""

    public_key: str
    since: datetime
    until: datetime | None
    began_why: Began
    ended_why: Ended | None


def list_crew() -> list[CrewMember]:
    """Everyone who ever served, in the order they joined."""
    with read_only():
        people = list(Person.select().order_by(Person.created_at, Person.id))
        keys, proposed = _last_keys(), _proposers({person.id: person.name for person in people})
        return [_member(person, keys.get(person.id), proposed) for person in people]


def crew_member(name_or_id: str) -> CrewMember:
    """The person of this id or exact name, letter case aside.

    Raises:
        NotFound: nobody of that id or name, or they have left; the names that are near are told.
    """
    return _found(name_or_id, [member for member in list_crew() if member.is_active])


def former_member(name_or_id: str) -> CrewMember:
    """The person of this id or exact name who has left.

    Raises:
        NotFound: nobody of that id or name has.
    """
    return _found(name_or_id, [member for member in list_crew() if not member.is_active])


def anybody(name_or_id: str) -> CrewMember:
    """The person of this id or exact name, aboard or not.

    Raises:
        NotFound: nobody of that id or name ever served.
    """
    return _found(name_or_id, list_crew())


def keys_of(name_or_id: str) -> list[KeyTerm]:
    """Every key a person has had, aboard or not, the first one first.

    Raises:
        NotFound.
    """
    with read_only():
        member = _found(name_or_id, list_crew())
        rows = PersonKey.select().where(PersonKey.person == member.id)
        return [
            KeyTerm(
                public_key=row.public_key, since=row.created_at, until=row.retired_at,
                began_why=row.began_why, ended_why=row.ended_why,
            )
            for row in rows.order_by(PersonKey.created_at, PersonKey.id)
        ]  # fmt: skip


def _found(name_or_id: str, among: list[CrewMember]) -> CrewMember:
    wanted = name_or_id.strip().casefold()
    for member in among:
        if wanted in (member.id, member.name.casefold()):
            return member
    near = near_names(wanted, [member.name for member in among])
    hint = f"Whole names, please: {', '.join(near)}?" if near else ""
    raise NotFound(kind="crew member", id=name_or_id, hint=hint)


def _last_keys() -> dict[str, PersonKey]:
    return {row.person_id: row for row in PersonKey.select().order_by(PersonKey.created_at)}


def _proposers(names: dict[str, str]) -> dict[str, str]:
    rows = PinReset.select().where(PinReset.state == ResetState.OPEN.value)
    return {row.person_id: names[row.proposed_by] for row in rows}


def _member(person: Person, key: PersonKey | None, proposed: dict[str, str]) -> CrewMember:
    return CrewMember(
        id=person.id,
        name=person.name,
        role=Role(person.role),
        is_admin=person.is_admin,
        is_active=person.is_active,
        is_officer=Role(person.role) in OFFICERS,
        is_locked_out=person.pin_failures >= MAX_PIN_FAILURES,
        has_key=key is not None and key.retired_at is None,
        public_key=key.public_key if key else "",
        created_at=person.created_at,
        left_at=person.left_at,
        reset_proposed_by=proposed.get(person.id),
    )

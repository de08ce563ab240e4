"""Coming aboard and leaving: who is of the crew. Nobody's name or signature ever goes."""

from datetime import datetime

from storage.audit.actions import NEW, act, asking
from storage.audit.actor import SYSTEM, Actor
from storage.errors import AlreadyExists, NotPermitted
from storage.identity import new_id
from storage.people.keyring import Fresh, end_key, fresh_key, give_key
from storage.people.opening import open_key
from storage.people.pins import check_pin_policy
from storage.people.proposals import withdraw_open_reset
from storage.people.rules import check_leaving, check_name, check_role
from storage.people.standing import able_officers_besides
from storage.people.states import Began, Ended
from storage.people.tables import Person
from storage.people.views import CrewMember, crew_member, former_member
from storage.taxonomy.roles import OFFICERS


def add_first_person(name: str, role: str, pin: str) -> CrewMember:
    """The first of the crew, who becomes the administrator; only on a store without people.

    Raises:
        NotPermitted: there are people already, or the first is not an officer. BadInput.
    """
    with asking(SYSTEM, "person.added_first", "person", NEW):
        check_pin_policy(pin, name)
    fresh = fresh_key(pin)
    with act(SYSTEM, "person.added_first", "person") as deed:
        if Person.select().exists():
            raise NotPermitted(why="There is a crew already; an officer must add the next person.")
        if check_role(role) not in OFFICERS:
            raise NotPermitted(why="The first person administers the store and must be an officer.")
        deed.subject_id = _insert(name, role, fresh, deed.at, is_admin=True)
        deed.detail.update(name=name, role=role, administrator=True, public_key=fresh.public)
    return crew_member(deed.subject_id)


def add_person(actor: Actor, actor_pin: str, name: str, role: str, pin: str) -> CrewMember:
    """A new member of the crew, added by an officer who proves it with their own PIN.

    Raises:
        NotPermitted, WrongPin, LockedOut, TryLater, AlreadyExists, BadInput.
    """
    with asking(actor, "person.added", "person", actor.id):
        check_pin_policy(pin, name)
    open_key(actor, actor_pin)
    fresh = fresh_key(pin)
    with act(actor, "person.added", "person") as deed:
        deed.subject_id = _insert(name, role, fresh, deed.at, is_admin=False)
        deed.detail.update(name=name, role=role, public_key=fresh.public)
    return crew_member(deed.subject_id)


def leave_crew(actor: Actor, actor_pin: str, name_or_id: str) -> CrewMember:
    """End somebody's service, one's own too: their rights and their key end, their name stays.

    Raises:
        NotPermitted: not an officer, or nobody would be left who could add crew. WrongPin,
        LockedOut, TryLater, NotFound: not aboard.
    """
    with asking(actor, "person.left", "person", actor.id):
        member = crew_member(name_or_id)
        check_leaving(member.name, able_officers_besides(member.id))
    open_key(actor, actor_pin)
    with act(actor, "person.left", "person", member.id) as deed:
        check_leaving(member.name, able_officers_besides(member.id))
        ended = end_key(member.id, deed.at, Ended.LEFT)
        withdraw_open_reset(member.id, deed.at)
        Person.update(is_active=False, left_at=deed.at).where(Person.id == member.id).execute()
        deed.detail.update(name=member.name, ended_key=ended)
    return former_member(member.id)


def rejoin_crew(
    actor: Actor, actor_pin: str, name_or_id: str, role: str | None = None
) -> CrewMember:
    """Somebody who left is back, under the same name; two others then give them a new PIN.

    Raises:
        NotPermitted: not an officer. NotFound: nobody of that name has left. BadInput, WrongPin,
        LockedOut, TryLater.
    """
    with asking(actor, "person.rejoined", "person", actor.id):
        member = former_member(name_or_id)
        wanted = check_role(role or member.role)
    open_key(actor, actor_pin)
    with act(actor, "person.rejoined", "person", member.id) as deed:
        former_member(member.id)
        Person.update(
            is_active=True, left_at=None, role=wanted.value, pin_failures=0, failed_at=None
        ).where(Person.id == member.id).execute()
        deed.detail.update(name=member.name, role=wanted.value)
    return crew_member(member.id)


def _insert(name: str, role: str, fresh: Fresh, at: datetime, *, is_admin: bool) -> str:
    name = check_name(name)
    taken = [p for p in Person.select() if p.name.casefold() == name.casefold()]
    if taken:
        hint = "" if taken[0].is_active else "They have left; `crew rejoin` takes them back."
        raise AlreadyExists(kind="crew member", id=taken[0].name, hint=hint)
    person = Person.create(
        id=new_id(), name=name, role=check_role(role).value,
        is_admin=is_admin, is_active=True, created_at=at,
    )  # fmt: skip
    give_key(person.id, fresh, at, Began.JOINED)
    return str(person.id)

"""Each of the crew with what only a look at several tables tells: key, wrong PINs, last seen."""

from datetime import datetime

import peewee

from storage.audit.tables import AuditEvent
from storage.database import read_only
from storage.engine import tuples
from storage.errors import NotFound
from storage.people.opening import wait_of
from storage.people.tables import Person, PersonKey
from storage.people.views import CrewMember, KeyTerm, keys_of, list_crew
from storage.value import Value


class CrewRecord(Value):
    """One person and how things stand with them.

    `key_since` is when the key in use was made, None without one; `wrong_pins` in a row, and
    `wait_s` the seconds until the next try, None for never: locked out. `last_seen_at` is the last
    thing on record that they did or tried.
    """

    member: CrewMember
    key_since: datetime | None
    wrong_pins: int
    wait_s: float | None
    last_seen_at: datetime | None


class CrewDetail(Value):
    """One person whole: with every key they have had, the first one first."""

    record: CrewRecord
    keys: list[KeyTerm]


def crew_records() -> list[CrewRecord]:
    """Everyone who ever served, in the order they joined."""
    with read_only():
        keys, seen = _keys_in_use(), _last_seen()
        people = {person.id: person for person in Person.select()}
        return [_record(member, people[member.id], keys, seen) for member in list_crew()]


def show_member(person_id: str) -> CrewDetail:
    """One person, aboard or not.

    Raises:
        NotFound: nobody of that id ever served.
    """
    with read_only():
        for record in crew_records():
            if record.member.id == person_id:
                return CrewDetail(record=record, keys=keys_of(person_id))
    raise NotFound(kind="crew member", id=person_id)


def _record(
    member: CrewMember, person: Person, keys: dict[str, datetime], seen: dict[str, datetime]
) -> CrewRecord:
    return CrewRecord(
        member=member,
        key_since=keys.get(member.id),
        wrong_pins=person.pin_failures,
        wait_s=wait_of(person),
        last_seen_at=seen.get(member.id),
    )


def _keys_in_use() -> dict[str, datetime]:
    rows = PersonKey.select(PersonKey.person, PersonKey.created_at)
    return dict(tuples(rows.where(PersonKey.retired_at.is_null())))


def _last_seen() -> dict[str, datetime]:
    """By the index of actors: one step for each person, however long the log is."""
    newest = AuditEvent.select(peewee.fn.MAX(AuditEvent.seq))
    theirs = AuditEvent.seq == newest.where(AuditEvent.actor_id == Person.id)
    return dict(tuples(Person.select(Person.id, AuditEvent.at).join(AuditEvent, on=theirs)))

"""Who is aboard and able to act: what a reset, a departure and a lock-out have to know."""

from storage.people.rules import reads_only
from storage.people.tables import Person, PersonKey
from storage.people.waiting import MAX_PIN_FAILURES
from storage.taxonomy.roles import OFFICERS


def able_others(person_id: str) -> list[Person]:
    """Everybody else aboard who could open their key now and whose role may change something."""
    keyed = PersonKey.select(PersonKey.person).where(PersonKey.retired_at.is_null())
    aboard = Person.select().where(
        Person.is_active == True,  # noqa: E712
        Person.id != person_id,
        Person.id.in_(keyed),
        Person.pin_failures < MAX_PIN_FAILURES,
    )
    return [person for person in aboard.order_by(Person.id) if not reads_only(person.role)]


def is_stranded(person_id: str) -> bool:
    """Whether nobody aboard could give this person a new PIN."""
    return not able_others(person_id)


def able_officers_besides(person_id: str) -> list[Person]:
    """The officers among them."""
    return [person for person in able_others(person_id) if person.role in OFFICERS]

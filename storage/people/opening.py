"""Opening a key with a PIN: signing in, wrong PINs, the wait after them, lock-out.

A PIN is tried outside any transaction, because that is slow on purpose. What came of it is said
only if no other try was counted meanwhile, so trying in many processes at once gets no more tries.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.database import now, read_only, store_clock
from storage.errors import LockedOut, NotFound, Refused, TryLater, WrongPin
from storage.people.keyring import key_in_use, seal_anew
from storage.people.keys import is_cheap, public_hex, seal, unseal
from storage.people.proposals import withdraw_open_reset
from storage.people.standing import is_stranded
from storage.people.tables import Person, PersonKey
from storage.people.views import crew_member
from storage.people.waiting import MAX_PIN_FAILURES, Mark, mark, wait_s, wait_words


def sign_in(name_or_id: str, pin: str) -> Actor:
    """The person as an actor, after their PIN opened their key.

    A seal that is cheaper to guess than one of today is made anew. Whoever knows the PIN needs no
    new one: a reset that was proposed for them is withdrawn.

    Raises:
        NotFound, WrongPin, LockedOut, TryLater, NotPermitted: rejoined, and no PIN yet.
    """
    actor = crew_member(name_or_id).actor
    key = open_key(actor, pin)
    looked_at = key_in_use(actor.id)
    sealed = seal(key, pin) if is_cheap(looked_at.sealed) else None
    with act(actor, "person.signed_in", "person", actor.id) as deed:
        deed.detail.update(public_key=public_hex(key))
        if sealed is not None and seal_anew(actor.id, looked_at, sealed):
            deed.detail.update(sealed_anew=True)
        if withdraw_open_reset(actor.id, deed.at):
            deed.detail.update(reset_withdrawn=True)
    return actor


def open_key(actor: Actor, pin: str) -> Ed25519PrivateKey:
    """The person's signing key. Slow on purpose: never call it inside a transaction.

    Raises:
        WrongPin: recorded and counted. TryLater: the wait after the last wrong one is not over.
        LockedOut: ten wrong PINs in a row. NotFound. NotPermitted: rejoined, and no PIN yet.
    """
    with asking(actor, "person.key_opened", "person", actor.id):
        person, stored = _person_and_key(actor.id)
        _check_wait(person)
    key = unseal(stored.sealed, pin)
    if key is None:
        raise _count_failure(actor, person)
    if person.pin_failures:
        with act(actor, "person.pin_failures_cleared", "person", person.id):
            _check_nobody_else_tried(person)
            Person.update(pin_failures=0, failed_at=None).where(Person.id == person.id).execute()
    else:
        with asking(actor, "person.key_opened", "person", person.id):
            _check_nobody_else_tried(person)
    return key


def _person_and_key(person_id: str) -> tuple[Person, PersonKey]:
    person = Person.get_or_none(Person.id == person_id, Person.is_active == True)  # noqa: E712
    if person is None:
        raise NotFound(kind="crew member", id=person_id)
    return person, key_in_use(person_id)


def _check_wait(person: Person) -> None:
    wait = wait_of(person)
    if wait is None:
        raise LockedOut(name=person.name, failures=person.pin_failures)
    if wait:
        raise TryLater(name=person.name, failures=person.pin_failures, wait=wait_words(wait))


def wait_of(person: Person) -> float | None:
    """Seconds until this person's next try; None when they are locked out."""
    last = person.failed_at and Mark(
        at=person.failed_at, boot=person.failed_boot, uptime_ms=person.failed_uptime_ms
    )
    stranded = person.pin_failures >= MAX_PIN_FAILURES and is_stranded(person.id)
    return wait_s(person.pin_failures, last, mark(now(), store_clock()), stranded=stranded)


def _check_nobody_else_tried(looked_at: Person) -> None:
    with read_only():
        person = Person.get_by_id(looked_at.id)
        if _tries(person) != _tries(looked_at):
            _check_wait(person)
            raise TryLater(name=person.name, failures=person.pin_failures, wait="a moment")


def _tries(person: Person) -> tuple[object, ...]:
    return person.pin_failures, person.failed_at, person.failed_uptime_ms, person.is_active


def _count_failure(actor: Actor, looked_at: Person) -> Refused:
    with act(actor, "person.key_opened", "person", looked_at.id) as deed:
        _check_nobody_else_tried(looked_at)
        failures, this = looked_at.pin_failures + 1, mark(deed.at, store_clock())
        Person.update(
            pin_failures=failures, failed_at=this.at,
            failed_boot=this.boot, failed_uptime_ms=this.uptime_ms,
        ).where(Person.id == looked_at.id).execute()  # fmt: skip
        wait = wait_of(Person.get_by_id(looked_at.id))
        deed.outcome = "refused"
        deed.detail.update(code=WrongPin.code, failures=failures)
    if wait is None:
        return LockedOut(name=looked_at.name, failures=failures)
    if failures >= MAX_PIN_FAILURES:
        return TryLater(name=looked_at.name, failures=failures, wait=wait_words(wait))
    pause = f" The next one in {wait_words(wait)}." if wait else ""
    return WrongPin(name=looked_at.name, left=MAX_PIN_FAILURES - failures, pause=pause)

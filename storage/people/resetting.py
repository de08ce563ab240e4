"""A forgotten PIN: one person proposes a new one, another confirms it, and both are on record.

The old key ends: nobody can open it any more, so the new PIN opens a new one (DOMAIN §6). What was
signed with the old one stays proved. Where nobody else is aboard who could confirm, the proposer
may do so alone a day later; the owner's own PIN withdraws the proposal at any time until then.
"""

from datetime import datetime

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.database import now, store_clock
from storage.errors import NotFound
from storage.people.keyring import Fresh, end_key, fresh_key, give_key
from storage.people.opening import open_key
from storage.people.pins import check_pin_policy
from storage.people.proposals import (
    finish_reset,
    keep_proposal,
    open_reset,
    proposed_at,
    withdraw_open_reset,
)
from storage.people.rules import check_confirming, check_proposing
from storage.people.standing import able_officers_besides, able_others
from storage.people.states import Began, Ended
from storage.people.tables import Person, PinReset
from storage.people.views import CrewMember, crew_member
from storage.people.waiting import mark, seconds_since


def propose_reset(actor: Actor, actor_pin: str, name_or_id: str) -> CrewMember:
    """Say that this person needs a new PIN. Saying it again changes nothing.

    Raises:
        NotPermitted: one's own PIN, or a rating while an officer could. WrongPin, LockedOut,
        TryLater, NotFound.
    """
    with asking(actor, "person.reset_proposed", "person", actor.id):
        member = crew_member(name_or_id)
        _check_proposing(actor, member)
    open_key(actor, actor_pin)
    with act(actor, "person.reset_proposed", "person", member.id) as deed:
        _check_proposing(actor, member)
        standing = open_reset(member.id)
        if standing is None:
            keep_proposal(member.id, actor.id, deed.at)
            deed.detail.update(name=member.name)
        else:
            deed.unchanged()
    return member


def confirm_reset(actor: Actor, actor_pin: str, name_or_id: str, new_pin: str) -> CrewMember:
    """Agree to what another person proposed: a new key behind a new PIN.

    Raises:
        NotPermitted: one's own PIN, or one's own proposal. NotFound: nothing was proposed.
        BadInput, WrongPin, LockedOut, TryLater.
    """
    with asking(actor, "person.pin_reset", "person", actor.id):
        member = crew_member(name_or_id)
        _check_confirming(actor, member)
        check_pin_policy(new_pin, member.name)
    open_key(actor, actor_pin)
    fresh = fresh_key(new_pin)
    with act(actor, "person.pin_reset", "person", member.id) as deed:
        reset = _check_confirming(actor, member)
        finish_reset(reset, actor.id, deed.at)
        deed.detail.update(name=member.name, proposed_by=reset.proposed_by)
        deed.detail.update(_new_key(member.id, fresh, deed.at))
    return crew_member(member.id)


def withdraw_reset(actor: Actor, name_or_id: str) -> CrewMember:
    """Nothing is to come of what was proposed for this person.

    Raises:
        NotFound: nothing was proposed. NotPermitted: not a person who may change something.
    """
    with act(actor, "person.reset_withdrawn", "person") as deed:
        member = crew_member(name_or_id)
        deed.subject_id = member.id
        if not withdraw_open_reset(member.id, deed.at):
            raise _nothing_proposed(member)
        deed.detail.update(name=member.name)
    return member


def _new_key(person_id: str, fresh: Fresh, at: datetime) -> dict[str, str]:
    ended = end_key(person_id, at, Ended.RESET)
    give_key(person_id, fresh, at, Began.RESET)
    Person.update(pin_failures=0, failed_at=None).where(Person.id == person_id).execute()
    return {"public_key": fresh.public, "ended_key": ended}


def _check_proposing(actor: Actor, member: CrewMember) -> None:
    check_proposing(actor, member.id, [p.id for p in able_officers_besides(member.id)])


def _check_confirming(actor: Actor, member: CrewMember) -> PinReset:
    reset = open_reset(member.id)
    if reset is None:
        raise _nothing_proposed(member)
    waited_s = seconds_since(proposed_at(reset), mark(now(), store_clock()))
    others = [p.id for p in able_others(member.id) if p.id != reset.proposed_by]
    check_confirming(actor, member.id, reset.proposed_by, others, waited_s)
    return reset


def _nothing_proposed(member: CrewMember) -> NotFound:
    return NotFound(
        kind="proposed PIN reset for", id=member.name,
        hint="One person proposes it, `crew reset-pin`; another confirms it.",
    )  # fmt: skip

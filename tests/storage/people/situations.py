"""Situations in which the verbs of the crew succeed; each gives the call that is then made."""

from contextlib import suppress

from storage.audit.actor import Actor
from storage.errors import WrongPin
from storage.people.actions import (
    add_person,
    change_pin,
    confirm_reset,
    leave_crew,
    open_key,
    propose_reset,
    rejoin_crew,
    rotate_key,
    withdraw_reset,
)
from tests.builders import a_captain, a_second_officer, pin_of
from tests.storage.situations import Call


def wrong_pin() -> Call:
    def try_it(actor: Actor) -> None:
        with suppress(WrongPin):
            open_key(actor, "999998")

    return try_it


def right_pin_after_a_wrong_one() -> Call:
    wrong_pin()(a_second_officer().actor)
    return lambda actor: open_key(actor, pin_of(a_second_officer()))


def to_add_person() -> Call:
    pin = pin_of(a_second_officer())
    return lambda actor: add_person(actor, pin, "Noor Haddad", "eto", "662607")


def to_propose_reset() -> Call:
    pin = pin_of(a_second_officer())
    return lambda actor: propose_reset(actor, pin, "Sam Okafor")


def _proposed() -> str:
    captain = a_captain()
    return propose_reset(captain.actor, pin_of(captain), "Sam Okafor").id


def to_confirm_reset() -> Call:
    whose, pin = _proposed(), pin_of(a_second_officer())
    return lambda actor: confirm_reset(actor, pin, whose, "662607")


def to_withdraw_reset() -> Call:
    whose = _proposed()
    return lambda actor: withdraw_reset(actor, whose)


def to_change_pin() -> Call:
    pin = pin_of(a_second_officer())
    return lambda actor: change_pin(actor, pin, "662607")


def to_rotate_key() -> Call:
    pin = pin_of(a_second_officer())
    return lambda actor: rotate_key(actor, pin)


def to_leave_crew() -> Call:
    pin = pin_of(a_second_officer())
    return lambda actor: leave_crew(actor, pin, "Sam Okafor")


def to_rejoin_crew() -> Call:
    captain, pin = a_captain(), pin_of(a_second_officer())
    leave_crew(captain.actor, pin_of(captain), "Sam Okafor")
    return lambda actor: rejoin_crew(actor, pin, "Sam Okafor")

"""What a person does with their own key: another PIN for it, or another key for themselves."""

from storage.audit.actions import act, asking
from storage.audit.actor import Actor
from storage.canonical import canonical_json
from storage.errors import BadInput, WrongState
from storage.people.keyring import end_key, fresh_key, give_key, key_in_use, seal_anew
from storage.people.keys import public_hex, seal
from storage.people.opening import open_key
from storage.people.pins import check_pin_policy
from storage.people.states import Began, Ended
from storage.people.views import CrewMember, crew_member


def change_pin(actor: Actor, pin: str, new_pin: str) -> CrewMember:
    """Another PIN for the same key: nothing that was or will be signed looks different.

    Raises:
        BadInput: a PIN that will not do, or the one there is. WrongPin, LockedOut, TryLater.
        WrongState: it was changed elsewhere meanwhile.
    """
    with asking(actor, "person.pin_changed", "person", actor.id):
        check_pin_policy(new_pin, actor.name)
        if new_pin == pin:
            raise BadInput(why="That is the PIN there is.")
    key = open_key(actor, pin)
    looked_at = key_in_use(actor.id)
    sealed = seal(key, new_pin)
    with act(actor, "person.pin_changed", "person", actor.id) as deed:
        if not seal_anew(actor.id, looked_at, sealed):
            raise _changed_meanwhile(actor)
        deed.detail.update(public_key=public_hex(key))
    return crew_member(actor.id)


def rotate_key(actor: Actor, pin: str) -> CrewMember:
    """Another key behind the same PIN. The old one signs for the new one, and ends.

    Raises:
        WrongPin, LockedOut, TryLater. WrongState: it was changed elsewhere meanwhile.
    """
    key = open_key(actor, pin)
    fresh = fresh_key(pin)
    said = {"person_id": actor.id, "public_key": fresh.public}
    with act(actor, "person.key_rotated", "person", actor.id) as deed:
        ended = end_key(actor.id, deed.at, Ended.ROTATED)
        if ended != public_hex(key):
            raise _changed_meanwhile(actor)
        give_key(actor.id, fresh, deed.at, Began.ROTATED)
        signature = key.sign(canonical_json(said)).hex()
        deed.detail.update(public_key=fresh.public, ended_key=ended, endorsement=signature)
    return crew_member(actor.id)


def _changed_meanwhile(actor: Actor) -> WrongState:
    return WrongState(why=f"The key of {actor.name} was changed elsewhere meanwhile; look again.")

"""Were the keys those two people used then? Needs no store: only proof.json (I15).

The order of events is proved and the clock is only recorded, so a key is good from the event that
named it to the one that ended it, wherever the clock stood.
"""

from collections.abc import Iterator

from storage.audit.chain import COLUMNS, event_hash
from storage.handovers.key_use import KeyEvent, key_event
from storage.handovers.proof import BoundKey, LoggedEvent, Proof


def events_of_keys(proof: Proof) -> Iterator[LoggedEvent]:
    """Every event that says something about a key; each has to be in the log."""
    for key in proof.keys:
        if isinstance(key, BoundKey):
            yield from key.events


def is_format_of_its_keys(proof: Proof) -> bool:
    """Whether every key comes with its events, where the signing events name keys at all."""
    bound = [isinstance(key, BoundKey) for key in proof.keys]
    try:
        names_keys = bool(key_event(proof.events[-1].values).named)
    except (ValueError, LookupError, TypeError):
        return True  # the signing event has a check of its own
    return all(bound) == (proof.format == "eightbells.proof/2") and (all(bound) or not names_keys)


def misused(key: BoundKey, draft_id: str) -> str:
    """What is wrong with the life of a key that signed; empty when nothing is."""
    for event in key.events:
        if len(event.values) == len(COLUMNS) and event_hash(event.values) != event.hash:
            return f"event {event.values[0]}: its content is not what was recorded"
    try:
        return _wrong_life(key, draft_id)
    except (ValueError, LookupError, TypeError, AttributeError):
        return "the events of the key are none"


def _wrong_life(key: BoundKey, draft_id: str) -> str:
    named, signed = key_event(key.named.values), key_event(key.signed.values)
    ended = key_event(key.ended.values) if key.ended else None
    if (named.person_id, named.named) != (key.person_id, key.public_key):
        return f"event {named.seq} does not say that the key is one of {key.name}"
    if not _is_their_signature(signed, key, draft_id):
        return f"event {signed.seq} is not their signature with this key"
    if named.seq > signed.seq:
        return f"the key was not in use yet when it signed (event {signed.seq})"
    if ended and ended.ended != key.public_key:
        return f"event {ended.seq} does not end the key"
    if ended and ended.seq < signed.seq:
        return f"the key was no longer in use when it signed (event {signed.seq})"
    return ""


def _is_their_signature(signed: KeyEvent, key: BoundKey, draft_id: str) -> bool:
    said = (signed.signs, signed.person_id, signed.named, signed.subject_id)
    return said == (True, key.person_id, key.public_key, draft_id)

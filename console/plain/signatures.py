"""The two signatures by words, and the ways back: what is missing, the meaning, then the PIN."""

from collections.abc import Callable

from console.plain.conversation import Taken, Talk
from console.plain.review import open_draft, tell_next
from storage.database import read_only
from storage.drafts.rules import missing_sections
from storage.handovers import signing
from storage.handovers.composing import critical_items
from storage.handovers.snapshot import BANNER, MEANINGS, Position
from storage.handovers.views import missing_to_accept


def accept(talk: Talk) -> None:
    """Sign as the officer who hands over; the content is frozen from then on."""
    person, draft = talk.who(), open_draft(talk)
    with read_only():
        missing = missing_to_accept(draft.id, person.id)
    if missing:
        talk.say("It cannot be accepted yet.", *(f"Missing: {what}." for what in missing))
        tell_next(talk)
        return
    _confirm(talk, Position.OUTGOING)
    signing.accept(person.actor, draft.id, pin=talk.pin(), confirmed=True)
    talk.say("Accepted. Your relief signs in, reads it and countersigns.")


def countersign(talk: Talk) -> None:
    """Countersign as the relief: read back what is critical, then your PIN."""
    person, draft = talk.who(), open_draft(talk)
    seen = [section.bucket for section in draft.sections if section.seen]
    missing = missing_sections([section.bucket for section in draft.sections], seen)
    if missing:
        talk.say("It cannot be countersigned yet.", *(f"Missing: {what}." for what in missing))
        tell_next(talk)
        return
    items, spoken = draft.items(), {}
    for item_id, number in critical_items(draft).items():
        talk.say(f"Item {number}. {items[item_id].text}")
        spoken[item_id] = talk.ask(f"Read back item {number} in your own words:")
    _confirm(talk, Position.INCOMING)
    signing.countersign(person.actor, draft.id, read_backs=spoken, pin=talk.pin(), confirmed=True)
    talk.say("Signed. The worker prepares the documents. Say: archive, to hear where they are.")


def decline(talk: Talk) -> None:
    """Refuse or put off the handover as the relief; the reason is printed."""
    _send_back(talk, signing.decline)


def reopen(talk: Talk) -> None:
    """Take your own acceptance back; the reason is printed."""
    _send_back(talk, signing.reopen)


def _send_back(talk: Talk, verb: Callable[..., None]) -> None:
    person, draft = talk.who(), open_draft(talk)
    verb(person.actor, draft.id, reason=talk.ask("The reason, which is printed:"))
    talk.say("It is back in review.")


def _confirm(talk: Talk, position: Position) -> None:
    talk.say(BANNER, MEANINGS[position])
    if not talk.agrees("I have read it."):
        raise Taken

"""What people do with their own PIN and key, and which keys there were."""

from console.cli.answer import Answer
from console.cli.nouns.crew_verbs import Crew, verbs
from console.cli.nouns.crew_words import described, key_rows
from console.cli.options import As, PinStdin
from console.cli.people import acting, new_pin, read_pin
from console.cli.words import table
from storage.people.actions import change_pin, rotate_key
from storage.people.views import keys_of


@verbs.verb("change-pin", 'eightbells crew change-pin --as "Tomas Ferreira" --pin-stdin')
def change(person: As, pin_stdin: PinStdin = False) -> Answer:
    """Change your own PIN (first the one there is, then the new one); your key stays."""
    actor = acting(person)
    own = read_pin(actor.name, from_stdin=pin_stdin)
    member = change_pin(actor, own, new_pin(actor.name, from_stdin=pin_stdin))
    return Answer(member, described(member))


@verbs.verb("rotate-key", 'eightbells crew rotate-key --as "Tomas Ferreira" --pin-stdin')
def rotate(person: As, pin_stdin: PinStdin = False) -> Answer:
    """Sign with another key from now on, behind the same PIN; the old one signs for the new one."""
    actor = acting(person)
    member = rotate_key(actor, read_pin(actor.name, from_stdin=pin_stdin))
    return Answer(member, described(member))


@verbs.verb("keys", 'eightbells crew keys "Tomas Ferreira"')
def keys(name: Crew) -> Answer:
    """List every key a person has signed with, and when each was good."""
    terms = keys_of(name)
    return Answer(terms, table(("key", "from", "until", "why"), key_rows(terms), "No key yet."))

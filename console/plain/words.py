"""Every word that can be said: the names of the places and of the commands, as on the screen."""

from collections.abc import Callable
from functools import partial
from typing import Any

from console.cli.program import NOUNS, noun
from console.commands.places import PLACES as PLACE_COMMANDS
from console.plain import editing, review, signatures
from console.plain.conversation import Left, Talk, split
from console.plain.places import PLACES, lines_of
from storage.database import read_only
from storage.entries.actions import capture
from storage.entries.reading import read_narrative
from storage.errors import BadInput
from storage.people.actions import sign_in
from storage.people.views import crew_member, list_crew
from storage.taxonomy.domains import DOMAINS
from storage.taxonomy.roles import ROLE_LABELS

Act = Callable[[Talk], None]

BEGINNING = "Eight Bells in plain lines. Say: help, for the words; next, for what to do; or quit."


def begin(talk: Talk) -> None:
    """What is said first: the Watch."""
    talk.say(BEGINNING, *lines_of("watch", talk.person))


def go(place: str, talk: Talk) -> None:
    """Say what a place says."""
    talk.say(*lines_of(place, talk.person))


def new_entry(talk: Talk) -> None:
    """Write down what matters; hear how it is read before it is saved."""
    person = talk.who()
    text = talk.ask("What is so, in your own words?")
    reading = read_narrative(text)
    because = ", ".join(reading.reasons) or "no word it knows"
    talk.say(f"Filed under {DOMAINS[reading.primary_domain].name}, because of {because}.")
    talk.say(*(f"“{words}” plans work; a handover says what is so." for words in reading.planning))
    if talk.agrees("Save it?"):
        capture(person.actor, text)
        talk.say("Entry saved.")


def sign_in_as(talk: Talk) -> None:
    """Say who you are, with your PIN; or hand the console to someone else."""
    with read_only():
        talk.say(*(f"{one.name}, {ROLE_LABELS[one.role]}." for one in list_crew() if one.is_active))
    member = crew_member(talk.ask("Your name:"))
    sign_in(member.id, talk.pin())
    talk.person = member
    talk.say(f"{member.name} is signed in.")
    review.tell_next(talk)


def generate(talk: Talk) -> None:
    """Draft the handover from the entries, and wait for it."""
    talk.run(["draft", "generate", "--as", talk.who().name, "--wait"])
    review.tell_next(talk)


def help_(talk: Talk) -> None:
    """Every word, and what it does."""
    talk.say(*(f"{word}: {(act.__doc__ or '').strip()}" for word, act in WORDS.items()))
    talk.say(f"{', '.join(PLACES)}: hear that place.")
    talk.say("Any command of the command line, such as: entry list; or: job show, and the id.")


def quit_(talk: Talk) -> None:
    """Leave; nothing is lost."""
    raise Left


WORDS: dict[str, Act] = {
    "next": review.tell_next,
    "read": review.read,
    "new entry": new_entry,
    "sign in": sign_in_as,
    "generate": generate,
    "begin review": review.begin_review,
    "edit": editing.edit,
    "split": editing.split,
    "move": editing.move,
    "leave out": editing.leave_out,
    "merges": review.merges,
    "concerns": review.concerns,
    "accept": signatures.accept,
    "countersign": signatures.countersign,
    "decline": signatures.decline,
    "reopen": signatures.reopen,
    "help": help_,
    "quit": quit_,
}
"""By the name the command has in the palette."""

KEYS = {command.key: command.name.lower() for command in PLACE_COMMANDS}


def find(line: str) -> Act:
    """What a line asks for.

    Raises:
        BadInput: no word, no place and no command begins like this. ValueError: an open quote.
    """
    said = " ".join(line.casefold().split())
    place = KEYS.get(said, said)
    if place in PLACES:
        return partial(go, place)
    if said in WORDS:
        return WORDS[said]
    words = split(line)
    if words[0] not in NOUNS or words[0] in ("console", "demo"):
        raise BadInput(why=f"There is no word {line!r}. Say: help, for the words.")
    return lambda talk: talk.run(_as_whoever_is_there(words, talk))


def _as_whoever_is_there(words: list[str], talk: Talk) -> list[str]:
    """A verb that asks who acts is told who is signed in."""
    group: Any = noun(words[0])
    verb = getattr(group, "commands", {}).get(words[1] if len(words) > 1 else "", group)
    takes = any("--as" in parameter.opts for parameter in verb.params)
    if talk.person is None or not takes or "--as" in words:
        return words
    return [*words, "--as", talk.person.name]

"""`crew`: who is aboard, and their PINs."""

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import PinStdin
from console.cli.people import acting, new_pin, read_pin
from console.cli.verbs import Verbs
from console.cli.words import facts, table
from storage.errors import NotPermitted
from storage.people.actions import add_first_person, add_person
from storage.people.actions import reset_pin as reset
from storage.people.views import CrewMember, crew_member, list_crew
from storage.taxonomy.roles import ROLE_LABELS

verbs = Verbs("The crew and their PINs.")

Officer = Annotated[
    str | None, typer.Option("--as", metavar="OFFICER", help="The officer who does it.")
]


@verbs.verb("add", 'eightbells crew add "Mara Lindqvist" --role captain --pin-stdin')
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name.")],
    role: Annotated[str, typer.Option("--role", help="Their role, such as chief_officer.")],
    officer: Officer = None,
    pin_stdin: PinStdin = False,
) -> Answer:
    """Add a person; after the first, with --as OFFICER and that officer's PIN on the first line."""
    if officer is None and not list_crew():
        member = add_first_person(name, role, new_pin(name, from_stdin=pin_stdin))
    else:
        actor = acting(_named(officer))
        own = read_pin(actor.name, from_stdin=pin_stdin)
        member = add_person(actor, own, name, role, new_pin(name, from_stdin=pin_stdin))
    return Answer(member, _described(member))


@verbs.verb("list", "eightbells crew list")
def list_all() -> Answer:
    """List the crew in the order they joined."""
    crew = list_crew()
    rows = [(m.name, ROLE_LABELS[m.role], _standing(m), m.id) for m in crew]
    none = "Nobody is aboard yet; `crew add` adds the first, an officer."
    return Answer(crew, table(("name", "role", "standing", "id"), rows, none))


@verbs.verb(
    "reset-pin", 'eightbells crew reset-pin "Tomas Ferreira" --as "Mara Lindqvist" --pin-stdin'
)
def reset_pin(
    name: Annotated[str, typer.Argument(metavar="CREW", help="Whose PIN: a name or an id.")],
    officer: Officer = None,
    pin_stdin: PinStdin = False,
) -> Answer:
    """Give a person a new key behind a new PIN (first the officer's PIN, then the new one)."""
    actor = acting(_named(officer))
    member = crew_member(name)
    own = read_pin(actor.name, from_stdin=pin_stdin)
    changed = reset(actor, own, member.id, new_pin(member.name, from_stdin=pin_stdin))
    return Answer(changed, _described(changed))


def _named(officer: str | None) -> str:
    if officer is None:
        raise NotPermitted(why="Only an officer may do this; name them with --as.")
    return officer


def _standing(member: CrewMember) -> str:
    standing = {
        "administrator": member.is_admin,
        "officer": member.is_officer and not member.is_admin,
        "locked out": member.is_locked_out,
        "left": not member.is_active,
    }
    return ", ".join(word for word, holds in standing.items() if holds) or "rating"


def _described(member: CrewMember) -> Iterator[str]:
    return facts(
        {
            "name": member.name,
            "role": ROLE_LABELS[member.role],
            "standing": _standing(member),
            "id": member.id,
            "public key": member.public_key,
        }
    )

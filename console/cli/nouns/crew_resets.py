"""`crew reset-pin` and what belongs to it: a new PIN that two others give."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.nouns.crew_verbs import Crew, Officer, named, verbs
from console.cli.nouns.crew_words import described
from console.cli.options import PinStdin
from console.cli.people import acting, new_pin, read_pin
from storage.people.actions import confirm_reset, propose_reset, withdraw_reset
from storage.people.views import crew_member

Second = Annotated[
    str | None,
    typer.Option("--with", metavar="CREW", help="The second person, who confirms it at once."),
]


@verbs.verb(
    "reset-pin", 'eightbells crew reset-pin "Tomas Ferreira" --as "Mara Lindqvist" --pin-stdin'
)
def reset_pin(
    name: Crew, officer: Officer = None, second: Second = None, pin_stdin: PinStdin = False
) -> Answer:
    """Propose a new PIN, which another confirms; with --with at once, by two further PINs."""
    actor, member = acting(named(officer)), crew_member(name)
    proposed = propose_reset(actor, read_pin(actor.name, from_stdin=pin_stdin), member.id)
    if second is None:
        return Answer(crew_member(proposed.id), described(crew_member(proposed.id)))
    return confirm(member.id, second, pin_stdin)


@verbs.verb(
    "confirm-reset", 'eightbells crew confirm-reset "Tomas Ferreira" --as "Anna Roy" --pin-stdin'
)
def confirm(name: Crew, person: Officer = None, pin_stdin: PinStdin = False) -> Answer:
    """Confirm a proposed PIN (first your own, then the new one); a new key comes with it."""
    actor, member = acting(named(person)), crew_member(name)
    own = read_pin(actor.name, from_stdin=pin_stdin)
    changed = confirm_reset(actor, own, member.id, new_pin(member.name, from_stdin=pin_stdin))
    return Answer(changed, described(changed))


@verbs.verb("withdraw-reset", 'eightbells crew withdraw-reset "Tomas Ferreira" --as "Anna Roy"')
def withdraw(name: Crew, person: Officer = None) -> Answer:
    """Withdraw a proposed PIN; signing in with the old one does so too."""
    member = withdraw_reset(acting(named(person)), name)
    return Answer(crew_member(member.id), described(crew_member(member.id)))

"""Coming aboard and leaving."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.nouns.crew_verbs import Crew, Officer, named, verbs
from console.cli.nouns.crew_words import described, member_rows
from console.cli.options import PinStdin
from console.cli.people import acting, new_pin, read_pin
from console.cli.words import both_times, facts, table
from console.words.crew import member_words
from storage.handovers.open_work import open_work_of
from storage.people.aboard import show_member
from storage.people.actions import add_first_person, add_person, leave_crew, rejoin_crew
from storage.people.views import anybody, crew_member, former_member, list_crew

Role = Annotated[str, typer.Option("--role", help="Their role, such as chief_officer.")]


@verbs.verb("add", 'eightbells crew add "Mara Lindqvist" --role captain --pin-stdin')
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Their name.")],
    role: Role,
    officer: Officer = None,
    pin_stdin: PinStdin = False,
) -> Answer:
    """Add a person; after the first, with --as OFFICER and that officer's PIN on the first line."""
    if officer is None and not list_crew():
        member = add_first_person(name, role, new_pin(name, from_stdin=pin_stdin))
    else:
        actor = acting(named(officer))
        own = read_pin(actor.name, from_stdin=pin_stdin)
        member = add_person(actor, own, name, role, new_pin(name, from_stdin=pin_stdin))
    return Answer(member, described(member))


@verbs.verb("list", "eightbells crew list")
def list_all() -> Answer:
    """List everyone who ever served, in the order they joined."""
    crew = list_crew()
    none = "Nobody is aboard yet; `crew add` adds the first, an officer."
    return Answer(crew, table(("name", "role", "standing", "id"), member_rows(crew), none))


@verbs.verb("show", 'eightbells crew show "Tomas Ferreira"')
def show(name: Crew) -> Answer:
    """Show one person: rights, PIN, every key, and when they were last seen."""
    detail = show_member(anybody(name).id)
    said = detail.record.model_dump(mode="json")
    value = {**said.pop("member"), **said, "keys": detail.keys}
    return Answer(value, facts(dict(member_words(detail, both_times))))


@verbs.verb("leave", 'eightbells crew leave "Jonas Weiss" --as "Mara Lindqvist" --pin-stdin')
def leave(name: Crew, officer: Officer = None, pin_stdin: PinStdin = False) -> Answer:
    """End somebody's service: their rights and key end, their name stays, open work is listed."""
    actor = acting(named(officer))
    member = crew_member(name)
    left_open = open_work_of(member.id)
    left = leave_crew(actor, read_pin(actor.name, from_stdin=pin_stdin), member.id)
    told = [f"still open: {work.sentence}" for work in left_open]
    value = {**left.model_dump(mode="json"), "open_work": left_open}
    return Answer(value, [*described(left), *told])


@verbs.verb("rejoin", 'eightbells crew rejoin "Jonas Weiss" --as "Mara Lindqvist" --pin-stdin')
def rejoin(
    name: Crew,
    officer: Officer = None,
    role: Annotated[str | None, typer.Option("--role", help="Another role than before.")] = None,
    pin_stdin: PinStdin = False,
) -> Answer:
    """Take somebody who left back into the crew; two others then give them a PIN."""
    actor = acting(named(officer))
    member = former_member(name)
    back = rejoin_crew(actor, read_pin(actor.name, from_stdin=pin_stdin), member.id, role)
    return Answer(back, described(back))

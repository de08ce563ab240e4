"""`console`: the screens."""

import sys
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from storage.errors import BadInput

verbs = Verbs("Open the console.")

Plain = Annotated[
    bool, typer.Option("--plain", help="Lines instead of screens, for a screen reader.")
]
PlainBorders = Annotated[
    bool, typer.Option("--plain-borders", help="ASCII borders and glyphs only.")
]


@verbs.verb("console", "eightbells console --plain-borders")
def console(plain: Plain = False, plain_borders: PlainBorders = False) -> Answer:
    """Open the console, the same as `eightbells` alone."""
    if plain:
        return Answer(None, (), exit_code=hold_conversation())
    return Answer(None, (), exit_code=open_console(plain_borders=plain_borders))


def open_console(*, plain_borders: bool = False) -> int:
    """Run the screens on the open store until the person leaves; the exit code.

    Raises:
        BadInput: there is no terminal to draw on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(why="The console needs a terminal; `eightbells --help` lists the commands.")
    from console.app import run  # late: only here is a screen drawn

    return run(home_folder(), plain_borders=plain_borders)


def hold_conversation() -> int:
    """Talk in lines with whoever is at standard input until they leave; the exit code."""
    from console.plain.conversation import Talk, hold  # late, like the screens

    return hold(Talk(home_folder()))

"""`console`: the screens."""

import sys

from console.cli.answer import Answer
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from storage.errors import BadInput

verbs = Verbs("Open the console.")


@verbs.verb("console", "eightbells console")
def console() -> Answer:
    """Open the console, the same as `eightbells` alone."""
    return Answer(None, (), exit_code=open_console())


def open_console() -> int:
    """Run the screens on the open store until the person leaves; the exit code.

    Raises:
        BadInput: there is no terminal to draw on.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise BadInput(why="The console needs a terminal; `eightbells --help` lists the commands.")
    from console.app import run  # late: only here is a screen drawn

    return run(home_folder())

"""The verbs of `crew`, registered by three modules, and the words they share."""

from typing import Annotated

import typer

from console.cli.verbs import Verbs
from storage.errors import NotPermitted

verbs = Verbs("The crew, their PINs and their keys.")

Officer = Annotated[
    str | None, typer.Option("--as", metavar="OFFICER", help="The officer who does it.")
]
Crew = Annotated[str, typer.Argument(metavar="CREW", help="Whose: a name or an id.")]


def named(officer: str | None) -> str:
    """Who was named with --as.

    Raises:
        NotPermitted: nobody.
    """
    if officer is None:
        raise NotPermitted(why="Only an officer may do this; name them with --as.")
    return officer

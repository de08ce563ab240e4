"""One thing by its id, or all that a filter finds: the second needs the number somebody counted."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.words import count
from storage.audit.in_bulk import Tally
from storage.errors import BadInput

AllOf = Annotated[
    str, typer.Option("--filter", metavar="TEXT", help="All that match, instead of one.")
]
Expect = Annotated[
    int | None,
    typer.Option("--expect", min=0, help="How many match, as you counted; more is refused."),
]


def is_about_all(named: str | None, filter: str, expect: int | None) -> bool:
    """Whether a command is about all that match.

    Raises:
        BadInput: it names one thing and all of them, neither, or all without a number.
    """
    if (named is None) == (not filter.strip()):
        raise BadInput(why="Name one ID, or all of them by --filter.")
    if filter.strip() and expect is None:
        raise BadInput(why="--filter needs --expect: how many match, as `list --filter` counts.")
    return named is None


def all_answered(tally: Tally, noun: str, plural: str, done: str) -> Answer:
    """What became of them; exit code 1 where every one was refused."""
    words = [f"{count(tally.done, noun, plural)} {done}."]
    if tally.refused:
        words.append(f"{tally.refused:,} refused: {tally.why}")
    return Answer(tally, words, exit_code=int(bool(tally.refused and not tally.done)))

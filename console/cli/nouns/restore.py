"""`restore`: a store made again from a backup, in a new folder."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.people import COMMAND_LINE
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.cli.words import count
from storage.clock import age_words
from storage.recovery.later import Later
from storage.recovery.restoring import Restored
from storage.recovery.restoring import restore as make_store

verbs = Verbs("Make a store again from a backup.")


@verbs.verb("restore", "eightbells restore /media/stick/20260301T040000Z-1234 ~/ship", store=False)
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup: its folder.")],
    newdir: Annotated[Path, typer.Argument(metavar="NEWDIR", help="A folder that is not there.")],
) -> Answer:
    """Make a store of a backup in a new folder, and say what the present one recorded since."""
    made = make_store(COMMAND_LINE, file.absolute(), newdir.absolute(), home_folder())
    return Answer(made, _words(made))


def _words(made: Restored) -> Iterator[str]:
    yield f"RESTORED FROM A BACKUP of {made.made_at:%Y-%m-%d %H:%M} UTC, {age_words(made.age_s)}."
    yield "Nothing that was recorded after it is in this store."
    if made.later is not None:
        yield from _lost(made.later)
    if made.unknown_since:
        yield made.unknown_since
    for complaint in made.complaints:
        yield f"NOT WHOLE  when it was copied: {complaint}"
    yield f"store     {made.home}"
    yield f"holds     {count(made.events, 'event')}"
    yield f"use it    eightbells --home {made.home} doctor"


def _lost(later: Later) -> Iterator[str]:
    if later.parted:
        yield "THE PRESENT STORE IS NOT A CONTINUATION OF IT: their logs part before its end."
    last = f", the last at {later.last_at:%Y-%m-%d %H:%M} UTC" if later.last_at else ""
    yield f"NOT IN IT: {count(later.events, 'event')} of the present store{last}."
    for act, number in later.acts.items():
        yield f"  {number} × {act}"

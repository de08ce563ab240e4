"""`init`: the store of a vessel."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.people import COMMAND_LINE
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.cli.words import facts
from storage.audit.anchor import write_anchor
from storage.clock import offset_words, parse_offset
from storage.database import close, create, exists
from storage.errors import BadInput, NotFound, StoreExists
from storage.recovery.upgrading import open_upgraded
from storage.vessel.actions import name_vessel
from storage.vessel.rules import check_imo
from storage.vessel.views import the_vessel

verbs = Verbs("Make the store of a vessel.")


@verbs.verb(
    "init", 'eightbells init --vessel "M/Y Aurora" --imo 9074729 --offset +02:00', store=False
)
def init(
    vessel: Annotated[str, typer.Option("--vessel", metavar="NAME", help="Her name.")],
    imo: Annotated[str | None, typer.Option("--imo", metavar="N", help="Her IMO number.")] = None,
    offset: Annotated[
        str, typer.Option("--offset", metavar="+HH:MM", help="Ship's time, ahead of UTC.")
    ] = "+00:00",
) -> Answer:
    """Make a new store and name its vessel."""
    minutes, home = offset_minutes(offset), home_folder()
    check_imo(imo)
    _make_or_finish()
    try:
        made = name_vessel(COMMAND_LINE, vessel, imo=imo, offset_minutes=minutes)
    finally:
        write_anchor()
        close()
    value = {"home": str(home), "vessel": made}
    words = {"vessel": made.name, "ship's time": offset_words(minutes), "store": home}
    return Answer(value, facts(words))


def offset_minutes(text: str) -> int:
    """Minutes east of UTC from `+02:00`.

    Raises:
        BadInput: not an offset a ship keeps.
    """
    try:
        return parse_offset(text)
    except ValueError as error:
        raise BadInput(why=f"{error}.") from None


def _make_or_finish() -> None:
    """A new store, or one whose vessel was never named because the naming was refused."""
    home = home_folder()
    if not exists(home):
        create(home)
        return
    open_upgraded(home)
    try:
        the_vessel()
    except NotFound:
        return
    close()
    raise StoreExists(home=home)

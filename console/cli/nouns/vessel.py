"""`vessel`: her name, her clocks, her watch bill, her own names for her equipment."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.lines import file_bytes
from console.cli.nouns.init import offset_minutes
from console.cli.options import MaybeAs
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import both_times, count, facts, listed, table
from storage.clock import offset_words
from storage.taxonomy.domains import DOMAINS
from storage.vessel import actions
from storage.vessel.rules import Watch
from storage.vessel.views import VesselView, the_vessel
from storage.vessel.views import equipment as posted_equipment

MAX_EQUIPMENT_BYTES = 2**20

verbs = Verbs("The vessel, her clocks and her watch bill.")


@verbs.verb("show", "eightbells vessel show")
def show() -> Answer:
    """Show the vessel, ship's time and the watch now."""
    return _answer(the_vessel())


@verbs.verb("set-offset", "eightbells vessel set-offset -03:00", dashes=True)
def set_offset(
    offset: Annotated[str, typer.Argument(metavar="+HH:MM", help="Ship's time, ahead of UTC.")],
    who: MaybeAs = None,
) -> Answer:
    """Change ship's time from now on."""
    return _answer(actions.set_offset(acting(who), offset_minutes(offset)))


@verbs.verb("watch-bill", "eightbells vessel watch-bill 0000-0600 0600-1200 1200-1800 1800-0000")
def watch_bill(
    watches: Annotated[list[str], typer.Argument(metavar="HHMM-HHMM…", help="Every watch.")],
    who: MaybeAs = None,
) -> Answer:
    """Post the watches of a day in ship's time, once round the clock."""
    bill = [_watch(text) for text in watches]
    return _answer(actions.post_watch_bill(acting(who), bill))


@verbs.verb("equipment", 'eightbells vessel equipment equipment.toml --as "Mara Lindqvist"')
def equipment(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="[FILE]", help='Its [equipment] table has lines as "Blue Betty" = "DECK-03".'
        ),
    ] = None,
    who: MaybeAs = None,
) -> Answer:
    """Post the ship's own names for her equipment, or without a FILE show those that hold."""
    if file is not None:
        actions.post_equipment(acting(who), file_bytes(file, at_most=MAX_EQUIPMENT_BYTES))
    own = posted_equipment()
    rows = [(name, code, DOMAINS[code].name) for name, code in sorted(own.names.items())]
    words = [*table(("name", "domain", ""), rows, "No names are posted; give a FILE.")]
    if own.posted_at:
        words.append(f"version {own.version}, by {own.posted_by}, {both_times(own.posted_at)}")
    return Answer(own, words)


def _watch(text: str) -> Watch:
    start, _, end = text.replace("–", "-").partition("-")
    return Watch(start=start, end="0000" if end == "2400" else end)


def _answer(vessel: VesselView) -> Answer:
    return Answer(vessel, _described(vessel))


def _described(vessel: VesselView) -> Iterable[str]:
    return facts(
        {
            "vessel": vessel.name,
            "IMO": vessel.imo or "–",
            "ship's time": offset_words(vessel.offset_minutes),
            "now": vessel.both_times(vessel.at),
            "watch": vessel.watch,
            "watch bill": listed(vessel.watch_bill),
            "own names": _own_names(vessel),
        }
    )


def _own_names(vessel: VesselView) -> str:
    if not vessel.equipment_version:
        return "none posted"
    names = count(vessel.equipment_names, "name", "names")
    return f"{names} of equipment, version {vessel.equipment_version}"

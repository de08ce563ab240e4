"""Options several verbs share, so that one thing has one name and one explanation."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from storage.clock import given_time


def _time(text: str) -> datetime:
    try:
        return given_time(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


As = Annotated[
    str, typer.Option("--as", metavar="CREW", help="Who acts: a crew member's name or id.")
]
MaybeAs = Annotated[
    str | None,
    typer.Option("--as", metavar="CREW", help="Who acts; without it, the command line itself."),
]
PinStdin = Annotated[
    bool, typer.Option("--pin-stdin", help="Read the PIN from standard input, one a line.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stays on record.")]
MaybeReason = Annotated[str, typer.Option("--reason", help="Why; it stays on record.")]
Confirm = Annotated[
    bool, typer.Option("--confirm", help="Tick the confirmation that is signed for.")
]
Wait = Annotated[bool, typer.Option("--wait", help="Wait until the job has ended.")]
KeepGoing = Annotated[
    bool, typer.Option("--keep-going", help="Leave bad lines out instead of stopping.")
]
Limit = Annotated[
    int, typer.Option("--limit", min=1, max=10**9, help="At most so many, newest first.")
]
Since = Annotated[
    datetime | None,
    typer.Option("--since", metavar="TIME", parser=_time, help="From this time on, ISO 8601."),
]
Filter = Annotated[
    str,
    typer.Option("--filter", metavar="TEXT", help="The same words as after `/` in the console."),
]
From = Annotated[
    datetime | None,
    typer.Option("--from", metavar="TIME", parser=_time, help="Start of the period, ISO 8601."),
]
To = Annotated[
    datetime | None,
    typer.Option("--to", metavar="TIME", parser=_time, help="End of the period, ISO 8601."),
]
InputFile = Annotated[Path, typer.Argument(metavar="FILE", help="The file to read.")]
DraftId = Annotated[str, typer.Argument(metavar="ID", help="The draft.")]
Item = Annotated[
    str, typer.Argument(metavar="ITEM", help="An item: its id, or its printed number (2.3).")
]

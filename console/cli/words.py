"""Tables, facts and times as text. Nothing here is cut but the last column of a table."""

import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from storage.clock import age_words
from storage.database import now
from storage.errors import NotFound
from storage.text import visible
from storage.vessel.views import the_vessel

MIN_LAST_COLUMN = 20


def table(headings: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> Iterator[str]:
    """Aligned columns under headings; on a terminal the last one is cut to its width.

    `empty` says why there is nothing and what to do about it (CONSOLE rule 11).
    """
    cells = [[one_line(str(cell)) for cell in row] for row in rows]
    if not cells:
        yield empty
        return
    widths = [max(map(len, column)) for column in zip(headings, *cells, strict=True)][:-1]
    room = max(MIN_LAST_COLUMN, terminal_width() - sum(widths) - 2 * len(widths))
    for row in [list(headings), *cells]:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join([*padded, cut(row[-1], room)]).rstrip()


def facts(pairs: Mapping[str, object]) -> Iterator[str]:
    """`label  value` lines; a value of several lines is indented under its first."""
    width = max(map(len, pairs))
    for label, value in pairs.items():
        text = str(value).replace("\n", "\n" + " " * (width + 2))
        yield f"{label.ljust(width)}  {text}".rstrip()


def one_line(text: str) -> str:
    """A text on one line, its line breaks as a sign."""
    return visible(text).replace("\n", " ⏎ ")


def cut(text: str, width: int) -> str:
    """A text cut to a width, saying so."""
    return text if len(text) <= width else f"{text[: width - 1]}…"


def both_times(moment: datetime | None) -> str:
    """Ship's time with its offset, and UTC (CONSOLE rule 10); `–` for a time there is none of."""
    return "–" if moment is None else _vessel_or_utc(moment)


def to_the_second(moment: datetime) -> str:
    """The same for a log, where several lines belong to one minute."""
    return _vessel_or_utc(moment, clock="%H:%M:%S")


def age(moment: datetime) -> str:
    """How long ago, in words."""
    return age_words((now() - moment).total_seconds())


def count(number: int, noun: str, plural: str | None = None) -> str:
    """`1 entry`, `2 entries`."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def listed(values: Iterable[object]) -> str:
    """Values in a row, `–` when there are none."""
    return ", ".join(map(str, values)) or "–"


def _vessel_or_utc(moment: datetime, *, clock: str = "%H:%M") -> str:
    try:
        return the_vessel(moment).both_times(moment, clock=clock)
    except NotFound:
        return f"{moment:%Y-%m-%d {clock}} UTC"


def terminal_width() -> int:
    """The columns of the terminal; into a file nothing is cut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else 10_000

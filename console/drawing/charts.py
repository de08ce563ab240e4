"""Numbers as pictures made of text: one column a number, read from left to right (pure).

A picture is never the only way to read a number: whoever draws one says the number beside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

Number = float | None
"""None where nothing is known, which is not the same as nothing."""
Part = tuple[str, str]
"""Words, and their colour by meaning (empty: none)."""
Line = tuple[Part, ...]

LABEL, NOTE, NARROW = 11, 7, 8
"""Cells for the name of a row, for the number beside it, and the least there is for a picture."""


@dataclass(frozen=True)
class Marks:
    """What is drawn with. `steps` fill a cell more and more; `nothing` is a known zero."""

    steps: str
    nothing: str


BLOCKS = Marks(steps="▂▃▄▅▆▇█", nothing="▁")
ASCII = Marks(steps=".:-=+*#", nothing="_")
UNKNOWN = " "


def marks_for(encoding: str | None) -> Marks:
    """The blocks, where a terminal or a file can hold them."""
    try:
        BLOCKS.steps.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return ASCII
    return BLOCKS


def columns(
    values: Sequence[Number], marks: Marks, height: int = 1, full_at: float = 0
) -> list[str]:
    """So many lines from the top down, one cell across a number: `▁▁▃█▁`.

    The highest number, or `full_at` if that is higher, fills its column; whatever is more than
    nothing is drawn higher than it.
    """
    most = max([full_at, *(value for value in values if value is not None)])
    full = height * len(marks.steps)
    filled = [value if not value else ceil(value * full / most) for value in values]
    return [
        "".join(_cell(steps, below * len(marks.steps), marks) for steps in filled)
        for below in reversed(range(height))
    ]


def widened(values: Sequence[Number], room: int) -> list[Number]:
    """The newest values that fit into `room` cells, each as wide as there is room for all."""
    if not values or room <= 0:
        return []
    times = max(1, room // len(values))
    return [value for value in values[-room:] for _ in range(times)]


def _cell(steps: Number, below: int, marks: Marks) -> str:
    """One cell of a column that is `steps` high, `below` of them under this cell."""
    if steps is None:
        return UNKNOWN
    if steps <= below:
        return UNKNOWN if below else marks.nothing
    return marks.steps[min(int(steps) - below, len(marks.steps)) - 1]


@dataclass(frozen=True)
class Row:
    """Numbers over time under one name; `note` says what they come to.

    `full_at`: what fills a column, where that is not just the highest of them.
    """

    name: str
    values: tuple[Number, ...]
    note: str
    style: str
    height: int = 1
    full_at: float = 0


@dataclass(frozen=True)
class Chart:
    """Rows over one stretch of time. `says`: the same in words; without rows, why there is none.

    `unit` is what one number stands for: `min`, `days`; `last`: what the newest is called.
    """

    title: str
    says: str
    rows: tuple[Row, ...] = ()
    unit: str = ""
    last: str = "now"


def drawn(chart: Chart, width: int, marks: Marks) -> list[Line]:
    """The lines of a chart: what it is and says, its rows, and from when to when."""
    room = max(NARROW, width - LABEL - NOTE)
    lines: list[Line] = [((chart.title, "bold"), (f"  {chart.says}", "$muted"))]
    for row in chart.rows:
        lines += _row_lines(row, room, marks)
    return [*lines, _ends(chart, room)] if chart.rows else lines


def plain(chart: Chart, width: int, marks: Marks) -> list[str]:
    """The same without colours."""
    return ["".join(words for words, _ in line).rstrip() for line in drawn(chart, width, marks)]


def _row_lines(row: Row, room: int, marks: Marks) -> list[Line]:
    pictures = columns(widened(row.values, room), marks, row.height, row.full_at)
    names = [row.name, *[""] * (row.height - 1)]
    notes = [row.note, *[""] * (row.height - 1)]
    return [
        ((name.ljust(LABEL), "$muted"), (picture, row.style), (f" {note}", ""))
        for name, picture, note in zip(names, pictures, notes, strict=True)
    ]


def _ends(chart: Chart, room: int) -> Line:
    """`60 min ago           now` under the pictures."""
    shown = min(room, len(chart.rows[0].values))
    cells = len(widened(chart.rows[0].values, room))
    first = f"{shown} {chart.unit} ago"
    gap = " " * max(1, cells - len(first) - len(chart.last))
    return ((" " * LABEL + first + gap + chart.last, "$muted"),)

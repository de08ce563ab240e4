"""Import files: JSONL or CSV into numbered lines (pure).

A broken line is a complaint, never a crash, and its number is the one an editor shows. Which
columns mean something is for the reader of the lines to say.
"""

import csv
import io
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from storage.errors import BadInput, BadLines, Refused
from storage.foreign import read_json
from storage.value import Value

LINE_LIMIT = 2**20
"""Bytes of one line (characters of one row): fifty times the longest narrative there can be."""
_TOO_LONG = f"the line is longer than {LINE_LIMIT // 2**10:,} KiB"

csv.field_size_limit(2**30)

Read = TypeVar("Read")


class Line(Value):
    """One line: its values, or why it has none."""

    number: int
    values: dict[str, Any] | None = None
    problem: str = ""


class Rejected(Value):
    """A line that cannot be used, with the code and sentence a person acts on."""

    line: int
    code: str
    message: str


def read_lines(
    lines: Sequence[Line], read: Callable[[dict[str, Any]], Read]
) -> tuple[list[Read], list[Rejected]]:
    """What `read` makes of each line, and the lines it (or the parser) could not use."""
    good: list[Read] = []
    rejected: list[Rejected] = []
    for line in lines:
        try:
            if line.values is None:
                raise BadInput(why=f"{line.problem[:1].upper()}{line.problem[1:]}.")
            good.append(read(line.values))
        except Refused as error:
            rejected.append(Rejected(line=line.number, code=error.code, message=str(error)))
    return good, rejected


def bad_lines(rejected: Sequence[Rejected], total: int) -> BadLines:
    """The refusal of a whole file, naming its first bad line."""
    return BadLines(
        count=len(rejected),
        total=total,
        first=rejected[0].line,
        message=rejected[0].message,
        rejected=[line.model_dump() for line in rejected],
    )


def parse_lines(data: bytes, *, is_csv: bool) -> list[Line]:
    """Every line that is not blank, in order. CSV needs a header line; empty cells are absent."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    return _csv_lines(data) if is_csv else _json_lines(data)


def _json_lines(data: bytes) -> list[Line]:
    numbered = enumerate(data.split(b"\n"), start=1)
    return [_json_line(number, raw) for number, raw in numbered if raw.strip()]


def _json_line(number: int, raw: bytes) -> Line:
    if len(raw) > LINE_LIMIT:
        return Line(number=number, problem=_TOO_LONG)
    try:
        value = read_json(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Line(number=number, problem="the line is not UTF-8 text")
    except ValueError as error:
        return Line(number=number, problem=f"the line {error}")
    if not isinstance(value, dict):
        return Line(number=number, problem="the line is JSON, but not an object")
    return Line(number=number, values=value)


def _csv_lines(data: bytes) -> list[Line]:
    text = io.StringIO(data.decode("utf-8", "surrogateescape"), newline="")
    reader = csv.reader(text)
    lines: list[Line] = []
    try:
        columns = next((row for row in reader if row), [])
        twice = next((name for name in columns if name and columns.count(name) > 1), None)
        if twice is not None:
            problem = f"the header names {twice[:80]!r} twice"
            return [Line(number=reader.line_num, problem=problem)]
        for row in reader:
            if row:
                lines.append(_csv_line(reader.line_num, columns, row))  # noqa: PERF401 - kept at a break
    except csv.Error as error:
        lines.append(Line(number=reader.line_num, problem=f"the line is not CSV: {error}"))
    return lines


def _csv_line(number: int, columns: Sequence[str], row: Sequence[str]) -> Line:
    problem = next((words for words, wrong in _CSV_PROBLEMS if wrong(columns, row)), "")
    if problem:
        return Line(number=number, problem=problem)
    values: dict[str, Any] = {name: cell for name, cell in zip(columns, row, strict=False) if cell}
    for name in ("event_ids", "document_ids"):
        if name in values:
            values[name] = [part.strip() for part in values[name].split("|") if part.strip()]
    return Line(number=number, values=values)


def _is_text(cells: Sequence[str]) -> bool:
    try:
        "".join(cells).encode()
    except UnicodeEncodeError:
        return False
    return True


_CSV_PROBLEMS: tuple[tuple[str, Callable[[Sequence[str], Sequence[str]], bool]], ...] = (
    (_TOO_LONG, lambda columns, row: sum(map(len, row)) > LINE_LIMIT),
    ("the line has more cells than the header", lambda columns, row: len(row) > len(columns)),
    ("the line is not UTF-8 text", lambda columns, row: not _is_text([*columns, *row])),
    ("the line has a cell in a column without a name",
     lambda columns, row: any(c and not n for n, c in zip(columns, row, strict=False))),
)  # fmt: skip

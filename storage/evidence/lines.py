"""Import files: JSONL or CSV into numbered lines (pure).

A broken line is a complaint, never a crash, and its number is the one an editor shows. Which
columns mean something is for the reader of the lines to say.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from storage.errors import BadInput, BadLines, Refused
from storage.value import Value

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
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return Line(number=number, problem="the line is not UTF-8 text")
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "too deeply nested")
        return Line(number=number, problem=f"the line is not JSON: {reason}")
    if not isinstance(value, dict):
        return Line(number=number, problem="the line is JSON, but not an object")
    if not _is_text(value):
        return Line(number=number, problem="the line holds half a character (a lone surrogate)")
    return Line(number=number, values=value)


def _csv_lines(data: bytes) -> list[Line]:
    reader = csv.DictReader(io.StringIO(data.decode("utf-8", "surrogateescape"), newline=""))
    lines = []
    try:
        for row in reader:
            lines.append(_csv_line(reader.line_num, row))  # noqa: PERF401 - rows before a break stay
    except csv.Error as error:
        lines.append(Line(number=reader.line_num, problem=f"the line is not CSV: {error}"))
    return lines


def _csv_line(number: int, row: dict[str | Any, Any]) -> Line:
    if None in row:
        return Line(number=number, problem="the line has more cells than the header")
    values = {str(column): cell for column, cell in row.items() if cell not in (None, "")}
    if not _is_text(values):
        return Line(number=number, problem="the line is not UTF-8 text")
    for name in ("event_ids", "document_ids"):
        if name in values:
            values[name] = [part.strip() for part in values[name].split("|") if part.strip()]
    return Line(number=number, values=values)


def _is_text(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True

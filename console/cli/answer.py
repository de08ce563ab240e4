"""The one place that prints an answer: one JSON document, or text a person reads.

Stored text is verbatim in JSON; in text, whatever could drive a terminal is written out (I17).
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from console.cli.settings import settings
from storage.text import visible

SHOWN_LINES = 20
_UNSHOWN = re.compile("[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


@dataclass(frozen=True)
class Answer:
    """What a verb found or did: `value` for programs, `lines` for people.

    `afterwards` is done once the answer is out to its last line, and not before.
    """

    value: Any
    lines: Iterable[str]
    exit_code: int = 0
    afterwards: Callable[[], None] | None = None


def deliver(answer: Answer) -> int:
    """Print an answer on stdout; returns its exit code."""
    if settings.json:
        write_json(answer.value)
    else:
        for line in answer.lines:
            print(visible(line))
    sys.stdout.flush()
    if answer.afterwards is not None:
        answer.afterwards()
    return answer.exit_code


def write_json(value: Any) -> None:
    """Print one JSON document, in UTF-8 whatever the terminal speaks.

    What could drive it or reorder a line is escaped: for a program that reads the document it is
    the same character.
    """
    from pydantic_core import to_json  # late: most of `--help` is spent on importing it

    sys.stdout.flush()
    document = to_json(value, indent=2).decode()
    sys.stdout.buffer.write(_UNSHOWN.sub(_escaped, document).encode() + b"\n")
    sys.stdout.buffer.flush()


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def note(text: str) -> None:
    """Tell a person something beside the answer, on stderr."""
    print(visible(text), file=sys.stderr, flush=True)


def rejected_lines(rejected: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """The lines of a file that cannot be used, by number; beyond the first few only counted."""
    for line in rejected[:SHOWN_LINES]:
        yield f"  line {line['line']}: {line['code']}: {line['message']}"
    if len(rejected) > SHOWN_LINES:
        yield f"  and {len(rejected) - SHOWN_LINES} more; `--json` lists them all"

"""Reading a manifest in bounded memory: one line at a time, and the ids met so far."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from pydantic import Field

from storage.errors import BadInput
from storage.evidence.lines import Rejected
from storage.manifests.lines import LINE_LIMIT, NumberedEntry, read_entry, too_long
from storage.manifests.rules import LINES_LIMIT
from storage.value import Value

REJECTED_KEPT = 200
"""Bad lines that are told one by one; beyond them they are counted."""


class Survey(Value):
    """What a file holds. `lines` are those that are not blank; `tasks` counts the good ones."""

    sha256: str
    lines: int = 0
    tasks: dict[str, int] = Field(default_factory=dict)
    bad: int = 0
    rejected: tuple[Rejected, ...] = ()

    @property
    def entries(self) -> int:
        """How many lines can be dispatched."""
        return self.lines - self.bad


class Reading:
    """One pass over an open manifest; `sha256` is that of the whole file once it is through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._line_of: dict[str, int] = {}

    @property
    def sha256(self) -> str:
        """The SHA-256 of what was read so far."""
        return self._hash.hexdigest()

    def __iter__(self) -> Iterator[NumberedEntry | Rejected]:
        """Every line that is not blank, in order.

        Raises:
            BadInput: more lines than a work order may have.
        """
        met = 0
        for number, data in self._lines():
            if data is not None and not data.strip():
                continue
            met += 1
            if met > LINES_LIMIT:
                raise BadInput(why=f"It has more than {LINES_LIMIT:,} lines; make several of it.")
            yield too_long(number) if data is None else self._once(read_entry(number, data))

    def _lines(self) -> Iterator[tuple[int, bytes | None]]:
        """Numbered lines as an editor counts them; None for one that is too long."""
        number = 0
        while piece := self._piece():
            number += 1
            data: bytes | None = piece
            while len(piece) == LINE_LIMIT and not piece.endswith(b"\n"):
                piece, data = self._piece(), None
            if number == 1 and data is not None:
                data = data.removeprefix(b"\xef\xbb\xbf")
            yield number, data

    def _piece(self) -> bytes:
        piece = self._file.readline(LINE_LIMIT)
        self._hash.update(piece)
        return piece

    def _once(self, read: NumberedEntry | Rejected) -> NumberedEntry | Rejected:
        if isinstance(read, Rejected):
            return read
        before = self._line_of.setdefault(read.id, read.line)
        if before == read.line:
            return read
        why = f"meta.id: {read.id!r} is the id of line {before} already."
        return Rejected(line=read.line, code="duplicate_id", message=why)


def survey(path: Path, keep: Callable[[NumberedEntry], object] = lambda _: None) -> Survey:
    """Read a manifest once, from end to end; `keep` is given every good entry.

    Raises:
        BadInput: it cannot be read, or has too many lines.
    """
    lines, tasks, rejected = 0, Counter[str](), list[Rejected]()
    with opened(path) as file:
        reading = Reading(file)
        for read in reading:
            lines += 1
            if isinstance(read, NumberedEntry):
                tasks[read.entry.task] += 1
                keep(read)
            elif len(rejected) < REJECTED_KEPT:
                rejected.append(read)
    return Survey(
        sha256=reading.sha256, lines=lines, tasks=dict(sorted(tasks.items())),
        bad=lines - tasks.total(), rejected=tuple(rejected),
    )  # fmt: skip


def opened(path: Path) -> BinaryIO:
    """A manifest to be read.

    Raises:
        BadInput: there is none, it may not be read, or it is a device that never ends.
    """
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise BadInput(why=f"{path}: it is not a file.")
    try:
        return path.open("rb")
    except OSError as error:
        raise BadInput(why=f"{path}: {error.strerror}.") from None


def hash_of(path: Path) -> str | None:
    """The SHA-256 of a file as it is now; None when it cannot be read."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None

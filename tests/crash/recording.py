"""Replays a stream of SQL on a disk that writes down everything done to it. A program of its own.

    python -m tests.crash.recording STREAM STORE LOG

It brings a second SQLite library, apsw, whose file layer can be written in Python; two libraries
must never share a live file in one process (RELIABILITY §1.3), so this one has its own process and
its own copy of the store. STREAM holds the statements the product's verbs ran, LOG gets the events
of `tests.crash.disk` with the fingerprint of the whole content after every commit.
"""

import json
import pickle
import sys
from pathlib import Path
from typing import Any

import apsw

from tests.crash.disk import Committed, Deleted, Event, Synced, Truncated, Written
from tests.crash.fingerprint import fingerprint

NAME = "recording"


# ruff: noqa: N802 - the names are those of the library's file layer


class RecordedFile(apsw.VFSFile):
    """A file whose writes and syncs are written down; the syncs themselves are left out."""

    def __init__(self, name: str, flags: list[int], log: list[Event]) -> None:
        super().__init__("", name, flags)
        self._name, self._log = Path(name).name, log

    def xWrite(self, data: bytes, offset: int) -> None:
        self._log.append(Written(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._log.append(Truncated(self._name, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._log.append(Synced(self._name))


class RecordingDisk(apsw.VFS):
    """The disk under the store and its write-ahead log."""

    def __init__(self, log: list[Event]) -> None:
        super().__init__(NAME, "")
        self._log = log

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        path = name if isinstance(name, str) else name.filename()
        return RecordedFile(path, flags, self._log)

    def xDelete(self, name: str, sync_folder: bool) -> None:
        self._log.append(Deleted(Path(name).name))
        super().xDelete(name, sync_folder)


def replay(statements: list[str], store: Path, log: list[Event]) -> None:
    """Run the statements; after each commit note what the store holds and how it was committed."""
    connection = apsw.Connection(str(store), vfs=NAME)
    rows = connection.execute

    written = 0
    for statement in statements:
        rows(statement).fetchall()
        if written == connection.total_changes() or connection.in_transaction:
            continue
        written = connection.total_changes()
        if not statement.startswith("ROLLBACK"):
            full = rows("PRAGMA synchronous").fetchone()[0] >= 2
            log.append(Committed(fingerprint(lambda sql: rows(sql).fetchall()), durable=full))


def main(stream: str, store: str, out: str) -> None:
    """Replay and write the log."""
    log: list[Event] = []
    disk = RecordingDisk(log)
    replay(json.loads(Path(stream).read_text()), Path(store), log)
    Path(out).write_bytes(pickle.dumps(log))
    disk.unregister()


if __name__ == "__main__":
    main(*sys.argv[1:])

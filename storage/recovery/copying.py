"""The database of a store, of whatever version and open or not: copied, and looked at as it lies.

A copy is one snapshot: the source is read inside one transaction, so writers neither wait for it
nor make it begin again (a stepwise copy without one never ends under load, RELIABILITY §4).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as driver

from storage.audit.chain import COLUMNS, GENESIS, Checkpoint, first_break
from storage.clock import from_text
from storage.durable import sync_file
from storage.value import Value

PAGES_A_STEP = 256

EVENTS_A_STEP = 10_000

Report = Callable[[str, int, int], None]
"""Told where the work is: the phase, how far, and of how much."""


def silent(phase: str, current: int, total: int) -> None:
    """For who need not know where the work is."""


class Head(Value):
    """How far the audit log of a database goes, and which store it belongs to."""

    origin: str = ""
    audit: Checkpoint = Checkpoint(size=0, root=GENESIS)
    last_event_at: datetime | None = None
    schema_name: str = ""


@contextmanager
def looked_at(database: Path, *, alone: bool = False) -> Iterator[Any]:
    """A connection that can only read. With `alone`, of a file that nobody writes any more."""
    how = "mode=ro&immutable=1" if alone else "mode=ro"
    connection = driver.connect(
        f"{database.absolute().as_uri()}?{how}", uri=True, isolation_level=None, timeout=5
    )
    with closing(connection):
        for pragma in ("trusted_schema = 0", "mmap_size = 0", "cell_size_check = 1"):
            connection.execute(f"PRAGMA {pragma}")
        yield connection


def copy_database(source: Path, target: Path, report: Report) -> None:
    """Copy a database into one new file, its write-ahead log folded in, durably."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with looked_at(source) as connection, closing(driver.connect(target)) as copy:
        copy.isolation_level = None
        copy.execute("PRAGMA synchronous = OFF")  # made durable as a whole, below
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        connection.backup(
            copy, pages=PAGES_A_STEP, sleep=0.001,
            progress=lambda _, left, total: report("copy", total - left, total),
        )  # fmt: skip
        copy.execute("PRAGMA locking_mode = EXCLUSIVE")  # no shared memory beside it
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    sync_file(target)


def head_of(connection: Any) -> Head:
    """How far the log goes; of a database without one, nothing."""
    if not has_table(connection, "audit_event"):
        return Head()
    first = connection.execute("SELECT hash FROM audit_event WHERE seq = 1").fetchone()
    last = connection.execute(
        "SELECT seq, hash, at FROM audit_event ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if not last:
        return Head(schema_name=_schema_name(connection))
    return Head(
        origin=first[0] if first else "",
        audit=Checkpoint(size=last[0], root=last[1]),
        last_event_at=from_text(last[2]),
        schema_name=_schema_name(connection),
    )


def structure_problems(connection: Any) -> list[str]:
    """What the engine finds wrong with the file, indexes against tables included."""
    try:
        rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
    except driver.DatabaseError as error:
        return [str(error)]
    return [str(row[0]) for row in rows if row[0] != "ok"]


def chain_problem(connection: Any, report: Report = silent) -> str | None:
    """Where the audit log is broken, and how; None when it is whole, or there is none."""
    if not has_table(connection, "audit_event"):
        return None
    names, size = ", ".join((*COLUMNS, "hash")), head_of(connection).audit.size

    def rows() -> Iterator[tuple[Any, ...]]:
        for row in connection.execute(f"SELECT {names} FROM audit_event ORDER BY seq"):
            if row[0] % EVENTS_A_STEP == 0 or row[0] == size:
                report("walk", row[0], size)
            yield row

    broken = first_break(rows())
    return f"audit event {broken[0]}: {broken[1]}" if broken else None


def has_table(connection: Any, name: str) -> bool:
    """Whether the database has a table of this name; a server is asked in its own words."""
    if hasattr(connection, "has_table"):
        return bool(connection.has_table(name))
    found = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,)
    )
    return found.fetchone() is not None


def _schema_name(connection: Any) -> str:
    if not has_table(connection, "schema_migration"):
        return ""
    return str(connection.execute("SELECT max(name) FROM schema_migration").fetchone()[0] or "")

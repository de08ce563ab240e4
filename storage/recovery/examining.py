"""Examining a store as it lies there, without opening it as one: file, schema, log, anchor.

So a store that cannot be opened any more, or not yet by this version, is examined all the same.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as driver

from storage.clock import SYSTEM_CLOCK, Clock
from storage.database import FILE_NAME, MIGRATIONS
from storage.engine import schema_hash
from storage.engines.choosing import on_a_server
from storage.guard import check_library, require_file
from storage.recovery.backing_up import vouched_for
from storage.recovery.copying import (
    Head,
    Report,
    chain_problem,
    has_table,
    head_of,
    looked_at,
    silent,
    structure_problems,
)
from storage.recovery.findings import Check, Code, Finding
from storage.recovery.on_server import looked_at_server
from storage.recovery.surroundings import (
    Case,
    backups,
    clock_check,
    disk,
    files,
    orphans,
    workers,
)


def examine(home: Path, *, clock: Clock = SYSTEM_CLOCK, report: Report = silent) -> list[Check]:
    """Everything about a store that can be wrong, looked at; nothing is changed.

    Raises:
        StoreMissing, StoreForbidden. StoreUnsupported: this SQLite cannot be trusted with it.
    """
    if on_a_server():
        return _examine_server(home, clock, report)
    check_library()
    require_file(home / FILE_NAME)
    at = clock.utcnow()
    try:
        with looked_at(home / FILE_NAME) as connection:
            connection.execute("BEGIN")
            return list(_checks(Case(home, connection, at, report)))
    except driver.DatabaseError as error:
        said = Finding(code=Code.UNREADABLE, message=f"SQLite cannot read it: {error}.")
        beside = Case(home, None, at, report)
        return [
            Check(name="store file", detail="it cannot be read", findings=(said,)),
            disk(beside),
            backups(beside),
        ]


def examine_log(home: Path, report: Report = silent) -> tuple[list[Finding], Head]:
    """What is wrong with the audit log alone, its chain and its end; and how far it goes."""
    with _store_in(home) as connection:
        case = Case(home, connection, SYSTEM_CLOCK.utcnow(), report)
        found = [finding for look in (log, anchor) for finding in look(case).findings]
        return [finding for finding in found if finding.grave], head_of(connection)


def _examine_server(home: Path, clock: Clock, report: Report) -> list[Check]:
    """What can be told of a server's store from outside; its pages are its administrator's."""
    with _store_in(home) as connection:
        case = Case(home, connection, clock.utcnow(), report)
        return [look(case) for look in (log, anchor, files, clock_check, disk)]


@contextmanager
def _store_in(home: Path) -> Iterator[Any]:
    """A connection to the store, in one snapshot, that can only read."""
    if on_a_server():
        with looked_at_server(home) as connection:
            yield connection
        return
    with looked_at(home / FILE_NAME) as connection:
        connection.execute("BEGIN")
        yield connection


def _checks(case: Case) -> Iterator[Check]:
    for number, look in enumerate(LOOKS, start=1):
        case.report("examine", number, len(LOOKS))
        yield look(case)


def store_file(case: Case) -> Check:
    """Its pages, rows and indexes."""
    problems = structure_problems(case.connection)
    found = tuple(Finding(code=Code.DAMAGED, message=f"{one}.") for one in problems)
    said = "SQLite finds nothing wrong with it" if not found else f"{len(found)} problems"
    return Check(name="store file", detail=said, findings=found)


def schema(case: Case) -> Check:
    """Its version, and that tables, indexes and refusing triggers are those it was made with."""
    known = {path.stem for path in MIGRATIONS.glob("0*.py")}
    applied = {str(name) for (name,) in _rows(case, "schema_migration", "name")}
    version = max(applied, default="none")
    found: tuple[Finding, ...]
    if applied - known:
        said = f"{max(applied - known)} is not known to this version."
        found = (Finding(code=Code.SCHEMA_NEWER, message=said),)
    elif known - applied:
        said = f"It is at {version}; this version has {len(known - applied)} more."
        found = (Finding(code=Code.SCHEMA_OLDER, message=said),)
    else:
        noted = dict(_rows(case, "meta", "name, text")).get("schema_hash")
        said = "Tables, indexes or triggers are not those it was made with."
        changed = noted != schema_hash(case.connection.execute)
        found = (Finding(code=Code.SCHEMA_CHANGED, message=said),) if changed else ()
    return Check(name="schema", detail=f"version {version}", findings=found)


def log(case: Case) -> Check:
    """Every event follows the one before it."""
    problem, head = chain_problem(case.connection, case.report), head_of(case.connection)
    found = (Finding(code=Code.CHAIN_BROKEN, message=f"{problem}."),) if problem else ()
    said = f"{head.audit.size:,} events in an unbroken chain" if not found else "broken"
    return Check(name="audit log", detail=said, findings=found)


def anchor(case: Case) -> Check:
    """The log holds what was noted of it outside the file."""
    mark = vouched_for(case.home)
    if mark is None:
        found = Finding(code=Code.NO_ANCHOR, message="No anchor vouches for the end of the log.")
        return Check(name="audit anchor", detail="there is none yet", findings=(found,))
    row = case.connection.execute("SELECT hash FROM audit_event WHERE seq = ?", (mark.size,))
    if mark.size and row.fetchone() != (mark.root,):
        end = head_of(case.connection).audit.size
        said = f"Event {mark.size} was recorded once; the log ends at {end} without it."
        found = Finding(code=Code.TAIL_LOST, message=said)
        return Check(name="audit anchor", detail="does not agree", findings=(found,))
    return Check(
        name="audit anchor", detail=f"agrees at event {mark.size}", findings=_restored(case)
    )


def _restored(case: Case) -> tuple[Finding, ...]:
    """That this store began as a backup is said for ever."""
    rows = _rows(
        case, "audit_event", "seq, at, action", "action IN ('store.restored', 'store.salvaged')"
    )
    return tuple(
        Finding(code=Code.RESTORED, message=f"{BEGUN[action]} at event {seq}, {at}.")
        for seq, at, action in rows
    )


BEGUN = {
    "store.restored": "Restored from a backup",
    "store.salvaged": "Made of what was left of a damaged store",
}


def _rows(case: Case, table: str, columns: str, where: str = "1") -> list[tuple[Any, ...]]:
    if not has_table(case.connection, table):
        return []
    return list(case.connection.execute(f"SELECT {columns} FROM {table} WHERE {where}"))


LOOKS: tuple[Callable[[Case], Check], ...] = (
    store_file, schema, log, anchor, files, orphans, workers, clock_check, disk, backups,
)  # fmt: skip
"""What is looked at, in this order."""

"""Is a backup what it was when it was made: every byte read again, the copy opened and walked."""

from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as driver

from storage.database import FILE_NAME
from storage.errors import BackupUnusable
from storage.recovery.copying import (
    Report,
    chain_problem,
    head_of,
    looked_at,
    silent,
    structure_problems,
)
from storage.recovery.evidence import WHOLE, files_on_record, state_of
from storage.recovery.files import hash_of
from storage.recovery.manifest import (
    FACTS,
    HASHES,
    Backup,
    BackupRecord,
    read_hashes,
    read_record,
)

DATABASE = "the database: "
"""How a complaint about the copy's structure begins."""
MOST = 20
"""Complaints about files that are spelt out; beyond them they are counted."""


def check_backup(folder: Path, report: Report = silent) -> Backup:
    """Read a backup again and hold it against its own list of hashes, and its copy against itself.

    Raises:
        BackupUnusable: a file is missing or has other bytes, or the copy is not the one described.
    """
    record, fingerprint = check_bytes(folder, report), hash_of(folder / HASHES)
    try:
        with looked_at(folder / FILE_NAME, alone=True) as connection:
            head = head_of(connection)
            complaints = tuple(complaints_of(connection, folder, report))
    except driver.DatabaseError as error:
        raise BackupUnusable(where=folder, why=f"its copy of the store: {error}.") from None
    if (head.origin, head.audit) != (record.origin, record.audit):
        raise BackupUnusable(where=folder, why=f"its {FACTS} is about another store or time.")
    if set(complaints) - set(record.complaints):
        raise BackupUnusable(where=folder, why=f"{complaints[0]}.")
    return Backup(folder, record, fingerprint)


def check_bytes(folder: Path, report: Report) -> BackupRecord:
    """Every file of the list is there with its hash.

    Raises:
        BackupUnusable.
    """
    record, hashes = read_record(folder), read_hashes(folder)
    for number, (name, digest) in enumerate(hashes.items(), start=1):
        report("check", number, len(hashes))
        try:
            same = hash_of(folder / name, from_medium=True) == digest
        except OSError as error:
            raise BackupUnusable(where=folder, why=f"{name}: {error.strerror}.") from None
        if not same:
            raise BackupUnusable(where=folder, why=f"{name} is not what was written.")
    if FACTS not in hashes or FILE_NAME not in hashes:
        raise BackupUnusable(where=folder, why=f"its {HASHES} leaves out what matters.")
    return record


def complaints_of(connection: Any, folder: Path, report: Report) -> list[str]:
    """What is wrong with a store in itself: its structure, its audit log, files it names."""
    found = [f"{DATABASE}{problem}" for problem in structure_problems(connection)[:3]]
    if found:
        return found
    broken = chain_problem(connection, report)
    named = [(one, state_of(folder, one)) for one in files_on_record(connection)]
    files = [f"{one.path} is {state}: {one.what}" for one, state in named if state != WHOLE]
    more = [f"{len(files) - MOST} more files are not in order"] if len(files) > MOST else []
    return ([broken] if broken else []) + files[:MOST] + more

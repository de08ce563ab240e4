"""Stores that are made once in a process and then copied while closed."""

import os
import shutil
import tempfile
from functools import cache
from pathlib import Path

from storage import database
from storage.clock import SYSTEM_CLOCK, Clock
from storage.engine import ledger
from storage.engines.choosing import VARIABLE


def a_new_store(home: Path, *, clock: Clock = SYSTEM_CLOCK) -> None:
    """Open a store with nothing in it: a copy of one that all migrations have made once.

    On a server the test's own database is such a copy, or the store is made in it.
    """
    if not os.environ.get(VARIABLE):
        shutil.copytree(_made().name, home)
    elif database.exists(home):
        home.mkdir(mode=0o700)
    else:
        database.create(home, clock=clock)
        return
    database.open_store(home, clock=clock)


_TABLES = {
    False: "SELECT name FROM sqlite_master WHERE type = 'table'",
    True: "SELECT tablename FROM pg_tables WHERE schemaname = 'eightbells'",
}


def tables() -> list[str]:
    """The tables of the open store, but for those that only find words."""
    found = ledger.execute_sql(_TABLES[bool(os.environ.get(VARIABLE))]).fetchall()
    return sorted(name for (name,) in found if "_words" not in name)


def columns(table: str) -> list[str]:
    """The columns of a table of the open store, in their order."""
    found = ledger.execute_sql(f"SELECT * FROM {table} LIMIT 0").description
    return [column[0] for column in found if column[0] != "rowid"]


@cache
def _made() -> "tempfile.TemporaryDirectory[str]":
    folder = tempfile.TemporaryDirectory()
    database.create(Path(folder.name))
    database.close()
    return folder

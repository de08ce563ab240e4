"""Changing a store behind the program's back, as a person with a database tool could."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from pysqlite3 import dbapi2 as sqlite

from storage.database import FILE_NAME
from storage.engines.choosing import on_a_server, server_connection

ENGINE_REFUSES = (peewee.IntegrityError, sqlite.IntegrityError)
"""What a CHECK, a unique index or a refusing trigger raises."""


@contextmanager
def raw(home: Path) -> Iterator[Any]:
    """A connection that knows no rules; commits when it is left."""
    if on_a_server():
        with server_connection() as connection:
            connection.cursor().at_once("SET session_replication_role = replica")
            yield connection
        return
    connection = sqlite.connect(home / FILE_NAME)
    try:
        yield connection
        connection.commit()
    finally:
        connection.close()


def tamper(home: Path, statement: str, values: Sequence[Any] = ()) -> None:
    """Run one statement with every trigger out of the way, and put the triggers back."""
    with raw(home) as connection:
        if on_a_server():
            connection.execute(statement, values)
            return
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement, values)
        for _, definition in triggers:
            connection.execute(definition)

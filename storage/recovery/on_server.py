"""A store on a database server: what is its administrator's, and what is examined from here."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from storage.engines.choosing import on_a_server, server_connection
from storage.errors import StoreUnsupported
from storage.translation import translated


def refuse_on_a_server() -> None:
    """Backups and repairs of a server's files are not ours to make.

    Raises:
        StoreUnsupported: EIGHTBELLS_DATABASE_URL names a server.
    """
    if on_a_server():
        raise StoreUnsupported(
            why="A store on PostgreSQL is backed up and restored with pg_dump or pg_basebackup, "
            "by whoever keeps the server, with EIGHTBELLS_HOME beside it (docs/fleet.md)."
        )


@contextmanager
def looked_at_server(home: Path) -> Iterator[Any]:
    """A connection in one snapshot that can only read.

    Raises:
        StoreUnreachable.
    """
    with translated(home):
        connection = server_connection()
        try:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection
        finally:
            connection.close()

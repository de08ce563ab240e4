"""Which engine a store is on: what the environment says, and SQLite when it says nothing."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from storage.engines.form import Engine
from storage.engines.sqlite import Sqlite
from storage.errors import StoreUnsupported

if TYPE_CHECKING:
    from storage.engines.driver import Connection

VARIABLE = "EIGHTBELLS_DATABASE_URL"
SCHEMES = ("postgresql://", "postgres://")


def engine_of(home: Path) -> Engine:
    """The engine of the store whose files are in `home`.

    Raises:
        StoreUnsupported: a database is named that cannot be used, or its driver is not installed.
    """
    url = os.environ.get(VARIABLE)
    if not url:
        return Sqlite(home)
    if not url.startswith(SCHEMES):
        raise StoreUnsupported(why=f"{VARIABLE} names no PostgreSQL: it begins {SCHEMES[0]}.")
    try:
        from storage.engines.postgresql import Postgresql  # late: one driver more, and large
    except ModuleNotFoundError as error:
        raise StoreUnsupported(
            why=f"{VARIABLE} needs a driver: pip install 'eightbells[fleet]'."
        ) from error
    return Postgresql(home, url)


def on_a_server() -> bool:
    """Whether the store of this process is on a server, which several hosts may share."""
    return bool(os.environ.get(VARIABLE))


def server_connection() -> "Connection":
    """A connection of its own to the server the environment names."""
    from storage.engines.driver import as_peewee, connect

    with as_peewee:
        return connect(os.environ[VARIABLE])

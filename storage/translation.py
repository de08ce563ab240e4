"""The engine's errors in our words, looking behind a failed rollback for the cause."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import peewee
from pysqlite3 import dbapi2 as driver

from storage.errors import (
    NO_LEAVE,
    NO_ROOM,
    BadInput,
    EightBellsError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreUnreachable,
)
from storage.unreached import LOST, why_unreached

ENGINE = (peewee.DatabaseError, peewee.InterfaceError, driver.DatabaseError)

SERVER: dict[str, Callable[[Path], EightBellsError]] = {
    "22": lambda home: BadInput(why="A value is larger than the store can hold."),
    "25006": lambda home: StoreReadOnly(
        home=home, hint="the server is a standby, or lets nobody write now"
    ),
    "28": lambda home: StoreUnreachable(why="it refuses this user or its password."),
    "3D": lambda home: StoreUnreachable(why="it has no such database."),
    "40": lambda home: StoreBusy(seconds="several"),
    "42501": lambda home: StoreReadOnly(
        home=home, hint="the server gives this role no right to it (docs/fleet.md)"
    ),
    "53100": lambda home: StoreFull(home="the database server"),
    "53": lambda home: StoreUnreachable(why="it has no room for one more connection."),
    "55P03": lambda home: StoreBusy(seconds="several"),
    "08": lambda home: StoreUnreachable(why=LOST),
    "25P03": lambda home: StoreUnreachable(why=LOST),
    "57": lambda home: StoreUnreachable(why="it was stopped, or ended the connection."),
}
"""What a server's error says to us, by its code (SQLSTATE) or the beginning of it."""


@contextmanager
def translated(home: Path) -> Iterator[None]:
    """Raise a leaf of StoreError for what the engine, or the disk under it, complains of.

    A value that the engine cannot take is the asker's: BadInput.
    """
    try:
        yield
    except (peewee.IntegrityError, driver.IntegrityError):
        raise
    except ENGINE as error:
        told = _server_error(error, home) or _store_error(error, home)
        raise told from error
    except OverflowError as error:
        if "SQLite" not in str(error):
            raise
        raise BadInput(why="A number is larger than the store can hold.") from error
    except OSError as error:
        if error.errno in NO_ROOM:
            raise StoreFull(home=home) from error
        if error.errno in NO_LEAVE:
            raise StoreReadOnly(home=home) from error
        raise


def _server_error(error: BaseException, home: Path) -> EightBellsError | None:
    """What a database server said; None of an error of SQLite.

    Its own words are not repeated: they may quote what was written.
    """
    said = next((it for it in _causes(error) if hasattr(it, "sqlstate")), None)
    if said is None:
        return None
    if said.sqlstate is None:
        if isinstance(error, peewee.DataError):
            return BadInput(why="A text holds a NUL character, which the server cannot keep.")
        return StoreUnreachable(why=why_unreached(str(said)))
    for length in (5, 2):
        if said.sqlstate[:length] in SERVER:
            return SERVER[said.sqlstate[:length]](home)
    return StoreDamaged(home=home, why=f"the server says {said.sqlstate}.")


def _store_error(error: BaseException, home: Path) -> StoreError:
    words = " ".join(_complaints(error)).lower()
    if "full" in words:
        return StoreFull(home=home)
    if "locked" in words or "busy" in words:
        return StoreBusy(seconds="several")
    if "readonly" in words or "unable to open" in words:
        return StoreReadOnly(home=home)
    return StoreDamaged(home=home, why=str(error) + ".")


def _complaints(error: BaseException | None) -> Iterator[str]:
    """What the engine said, and what it said before that: a failed rollback hides its cause."""
    return (str(it) for it in _causes(error) if isinstance(it, ENGINE))


def _causes(error: BaseException | None) -> Iterator[Any]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

"""The engine's errors in our words, looking behind a failed rollback for the cause."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
from pysqlite3 import dbapi2 as driver

from storage.errors import (
    NO_LEAVE,
    NO_ROOM,
    BadInput,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
)

ENGINE = (peewee.DatabaseError, driver.DatabaseError)


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
        raise _store_error(error, home) from error
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
    while error is not None:
        if isinstance(error, ENGINE):
            yield str(error)
        error = error.__cause__ or error.__context__

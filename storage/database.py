"""The one store: how it is opened, written and read, whichever engine it stands on (engines/).

Every write is a short transaction, taken in turn: one writes at a time. The store is open once in
a process; each thread has its own connection.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage.clock import SYSTEM_CLOCK, Clock
from storage.engine import ledger
from storage.engines.choosing import engine_of
from storage.engines.form import Engine, Hold
from storage.engines.sqlite import FILE_NAME as FILE_NAME
from storage.engines.sqlite import LOCK_NAME as LOCK_NAME
from storage.errors import (
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreMissing,
    StoreNewer,
    StoreReadOnly,
)
from storage.schema import MIGRATIONS as MIGRATIONS
from storage.schema import is_as_noted, lacking, unheard_of
from storage.translation import translated

FOLDERS = ("handover", "logs", "manifests", "backups")


@dataclass
class _Open:
    engine: Engine
    clock: Clock
    schema: int = -1
    """The engine's number of the last schema that was found not to be newer than this program."""


class _Turn(threading.local):
    moment: datetime | None = None
    callbacks: list[Callable[[], None]]

    def __init__(self) -> None:
        self.callbacks = []


_open: _Open | None = None
_turn = _Turn()


def create(home: Path, *, clock: Clock = SYSTEM_CLOCK) -> None:
    """Make a new, empty store in `home` (folder 0700, files 0600) and open it.

    Raises:
        StoreExists: there is one already. StoreUnsupported: its promises cannot be kept there.
        StoreReadOnly, StoreFull: the disk refuses.
    """
    engine = engine_of(home)
    if engine.exists():
        raise StoreExists(home=home)
    engine.check_place()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        home.chmod(0o700)
        for name in FOLDERS:
            (home / name).mkdir(exist_ok=True, mode=0o700)
        engine.lay_out()
    except OSError as error:
        raise StoreReadOnly(home=home) from error
    _bind(engine, clock)
    migrate()


def exists(home: Path) -> bool:
    """Whether there is a store whose files are in `home`."""
    return engine_of(home).exists()


def open_store(
    home: Path, *, clock: Clock = SYSTEM_CLOCK, before_migrating: Callable[[], object] = list
) -> None:
    """Open the store in `home` after checking that its promises can be kept here.

    A store of an earlier version is brought up to this one, after `before_migrating`, which can
    stop it by raising. `recovery.upgrading` is how programs open a store.

    Raises:
        StoreMissing, StoreForbidden, StoreNewer, StoreUnsupported, StoreDamaged, StoreReadOnly.
    """
    engine = engine_of(home)
    if not engine.exists():
        raise StoreMissing(home=home)
    _bind(engine, clock)
    with translated(home):
        _check_not_newer()
    if pending_migrations():
        migrate(before_migrating)
    else:
        _check_schema()


def close() -> None:
    """Close this thread's connection and forget the store."""
    global _open
    if not ledger.is_closed():
        ledger.close()
    _open = None


def disconnect() -> None:
    """Close this thread's connection, as before a fork; the next query opens a new one."""
    if not ledger.is_closed():
        ledger.close()


def abandon() -> None:
    """After a fork: have no store, without closing the parent's connection, which is not ours."""
    global _open
    if _open is not None:
        _open.engine.abandon()
    _open = None


def is_open() -> bool:
    """Whether this process has a store open."""
    return _open is not None


def home() -> Path:
    """The folder of the open store."""
    return _opened().engine.home


def now() -> datetime:
    """The store's clock, or inside a transaction the one moment all its rows share."""
    return _turn.moment or store_clock().utcnow()


def store_clock() -> Clock:
    """The clock the store was opened with."""
    return _opened().clock


@contextmanager
def transaction() -> Iterator[datetime]:
    """One transaction, in turn; yields the moment every row in it carries.

    Inside another transaction it joins that one, so a verb can call a verb and both stand or fall.

    Raises:
        StoreBusy, StoreFull, StoreReadOnly, StoreMissing, StoreNewer, StoreDamaged: it did nothing.
    """
    if _turn.moment is not None:
        yield _turn.moment
        return
    with translated(home()), _opened().engine.writing():
        _turn.moment, _turn.callbacks = store_clock().utcnow(), []
        try:
            _check_not_newer()
            yield _turn.moment
        finally:
            _turn.moment, callbacks = None, _turn.callbacks
            _turn.callbacks = []
    _run_callbacks(callbacks)


@contextmanager
def savepoint() -> Iterator[None]:
    """A part of a transaction that may fail by itself: it is rolled back, what is around it stands.

    Raises:
        StoreBusy, StoreFull, StoreReadOnly, StoreDamaged: nothing of the whole can be written.
    """
    with translated(home()), ledger.atomic():
        yield


def on_commit(callback: Callable[[], None]) -> None:
    """Run `callback` once after the current transaction commits; its failure changes nothing."""
    if callback not in _turn.callbacks:
        _turn.callbacks.append(callback)


@contextmanager
def read_only() -> Iterator[None]:
    """One consistent snapshot for several reads; what is written inside it is never kept.

    Raises:
        StoreReadOnly: something was written; it is rolled back.
    """
    if _turn.moment is not None or ledger.in_transaction():
        yield
        return
    with translated(home()), _opened().engine.reading():
        yield


@contextmanager
def unhurried() -> Iterator[None]:
    """Transactions in here are ordered, but their commits are not forced to the disk."""
    with translated(home()), _opened().engine.unhurried():
        yield


def hold(name: str) -> Hold | None:
    """Hold a name among all that share the store, until this process ends; None: it is taken.

    Raises:
        StoreFull, StoreReadOnly, StoreUnreachable.
    """
    with translated(home()):
        return _opened().engine.hold(name)


def is_held(name: str) -> bool:
    """Whether some living process holds a name."""
    with translated(home()):
        return _opened().engine.is_held(name)


def data_version() -> int:
    """A number that changes when another connection commits; cheap to ask often."""
    with translated(home()):
        return _opened().engine.data_version()


def migrate(before: Callable[[], object] = list) -> list[str]:
    """Apply pending migrations and note the schema that results: all of it, or nothing.

    `before` runs when there are any, while nobody else writes or migrates.
    """
    with translated(home()):
        return _opened().engine.migrate(before)


def pending_migrations() -> list[str]:
    """Names of the migrations this version has and the store has not."""
    with translated(home()):
        return lacking(_opened().engine.applied())


def tidy() -> None:
    """Do the engine's housekeeping as far as nobody stands in the way."""
    with translated(home()):
        _opened().engine.tidy()


def quick_check() -> list[str]:
    """What the engine finds wrong with its own structures; empty when nothing."""
    with translated(home()):
        return _opened().engine.quick_check()


def _bind(engine: Engine, clock: Clock) -> None:
    global _open
    disconnect()
    engine.bind()
    _open = _Open(engine, clock)


def _opened() -> _Open:
    if _open is None:
        raise StoreError(why="No store is open in this process.")
    return _open


def _check_not_newer() -> None:
    """Nothing is done to a store that a newer program has made its own, maybe just now."""
    opened = _opened()
    number = opened.engine.schema_number()
    if number != opened.schema:
        newer = unheard_of(opened.engine.applied())
        if newer:
            raise StoreNewer(home=home(), name=newer[-1])
        opened.schema = number


def _check_schema() -> None:
    with translated(home()):
        if not is_as_noted(_opened().engine.form()):
            raise StoreDamaged(
                home=home(),
                why="its tables, indexes or refusing triggers are not those it was made with.",
            )


def _run_callbacks(callbacks: list[Callable[[], None]]) -> None:
    for callback in callbacks:
        try:
            callback()
        except Exception:
            from loguru import logger  # late: a command that goes well says nothing

            logger.exception("an announcement after commit failed; the commit stands")

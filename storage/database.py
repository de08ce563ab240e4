"""The one store: a SQLite file, how it is opened, written and read. Engine differences stay here.

Every write is a short IMMEDIATE transaction at synchronous FULL, taken in turn behind a kernel
lock, because SQLite's own waiting is unfair under load (RELIABILITY §1.5–1.7). The store is open
once in a process; each thread has its own connection.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import guard
from storage.clock import SYSTEM_CLOCK, Clock
from storage.engine import BUSY_TIMEOUT_S, ledger
from storage.errors import (
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreNewer,
    StoreReadOnly,
)
from storage.schema import bring_up, is_as_noted, lacking, schema_number, unheard_of
from storage.translation import translated
from storage.turn import write_turn

FILE_NAME = "ledger.db"
LOCK_NAME = "ledger.lock"
FOLDERS = ("handover", "logs", "manifests", "backups")
STATEMENTS_KEPT = 1000
"""Compiled statements a connection keeps: more than there are, because the driver drops the least
used one, and a connection that migrated a store would compile every new one again and again."""
MIGRATIONS = Path(__file__).parent / "migrations"


@dataclass
class _Open:
    home: Path
    clock: Clock
    file: tuple[int, int]
    """Device and number of the file that was opened."""
    schema: int = -1
    """The engine's number of the last schema that was found not to be newer than this program."""


class _Turn(threading.local):
    moment: datetime | None = None
    callbacks: list[Callable[[], None]]

    def __init__(self) -> None:
        self.callbacks = []


_open: _Open | None = None
_turn = _Turn()
_inherited: list[object] = []  # kept, because a collected connection would be a closed one


def create(home: Path, *, clock: Clock = SYSTEM_CLOCK) -> None:
    """Make a new, empty store in `home` (folder 0700, files 0600) and open it.

    Raises:
        StoreExists: there is one already. StoreReadOnly, StoreFull: the disk refuses.
    """
    if guard.is_there(home / FILE_NAME):
        raise StoreExists(home=home)
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        home.chmod(0o700)
        for name in FOLDERS:
            (home / name).mkdir(exist_ok=True, mode=0o700)
        for name in (FILE_NAME, LOCK_NAME):
            (home / name).touch(mode=0o600)
    except OSError as error:
        raise StoreReadOnly(home=home) from error
    _bind(home, clock)
    migrate()


def open_store(
    home: Path, *, clock: Clock = SYSTEM_CLOCK, before_migrating: Callable[[], object] = list
) -> None:
    """Open the store in `home` after checking that its promises can be kept here.

    A store of an earlier version is brought up to this one, after `before_migrating`, which can
    stop it by raising. `recovery.upgrading` is how programs open a store.

    Raises:
        StoreMissing, StoreForbidden, StoreNewer, StoreUnsupported, StoreDamaged, StoreReadOnly.
    """
    guard.require_file(home / FILE_NAME)
    _bind(home, clock)
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
    state = vars(ledger)["_state"]
    _inherited.append(state.conn)
    state.reset()
    ledger.init(None)
    _open = None


def is_open() -> bool:
    """Whether this process has a store open."""
    return _open is not None


def home() -> Path:
    """The folder of the open store."""
    return _opened().home


def now() -> datetime:
    """The store's clock, or inside a transaction the one moment all its rows share."""
    return _turn.moment or store_clock().utcnow()


def store_clock() -> Clock:
    """The clock the store was opened with."""
    return _opened().clock


@contextmanager
def transaction() -> Iterator[datetime]:
    """One IMMEDIATE transaction; yields the moment every row in it carries.

    Inside another transaction it joins that one, so a verb can call a verb and both stand or fall.

    Raises:
        StoreBusy, StoreFull, StoreReadOnly, StoreMissing, StoreNewer, StoreDamaged: it did nothing.
    """
    if _turn.moment is not None:
        yield _turn.moment
        return
    with translated(home()), write_turn(home() / LOCK_NAME, BUSY_TIMEOUT_S):
        _check_file()
        _turn.moment, _turn.callbacks = store_clock().utcnow(), []
        try:
            with ledger.atomic("IMMEDIATE"):
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

    Not by PRAGMA query_only: switching that makes the engine compile every statement anew, which
    costs more than most reads.

    Raises:
        StoreReadOnly: something was written; it is rolled back.
    """
    if _turn.moment is not None or ledger.in_transaction():
        yield
        return
    with translated(home()):
        connection = ledger.connection()
        written = connection.total_changes
        with ledger.atomic("DEFERRED"):
            yield
            if connection.total_changes != written:
                raise StoreReadOnly(home=home())


def data_version() -> int:
    """A number that changes when another connection commits; cheap to ask often."""
    with translated(home()):
        _check_file()
        return int(ledger.execute_sql("PRAGMA data_version").fetchone()[0])


def migrate(before: Callable[[], object] = list) -> list[str]:
    """Apply pending migrations and note the schema that results: all of it, or nothing.

    `before` runs when there are any, while nobody else writes or migrates.
    """
    with translated(home()), write_turn(home() / LOCK_NAME, BUSY_TIMEOUT_S):
        if pending_migrations():
            before()
        return bring_up(MIGRATIONS)


def pending_migrations() -> list[str]:
    """Names of the migrations this version has and the store has not."""
    with translated(home()):
        return lacking(MIGRATIONS)


def tidy() -> None:
    """Fold the write-ahead log back into the file as far as nobody stands in the way."""
    with translated(home()):
        ledger.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def quick_check() -> list[str]:
    """What SQLite finds wrong with the file's structure; empty when nothing."""
    with translated(home()):
        rows = ledger.execute_sql("PRAGMA quick_check(20)").fetchall()
    return [row[0] for row in rows if row[0] != "ok"]


def _bind(folder: Path, clock: Clock) -> None:
    global _open
    guard.check_library()
    guard.check_file_system(folder)
    if not ledger.is_closed():
        ledger.close()
    file = folder / FILE_NAME
    ledger.init(str(file), timeout=int(BUSY_TIMEOUT_S), cached_statements=STATEMENTS_KEPT)
    _open = _Open(folder, clock, guard.file_number(file))


def _opened() -> _Open:
    if _open is None:
        raise StoreError(why="No store is open in this process.")
    return _open


def _check_file() -> None:
    guard.check_file(home() / FILE_NAME, _opened().file)


def _check_not_newer() -> None:
    """Nothing is done to a store that a newer program has made its own, maybe just now."""
    opened, number = _opened(), schema_number()
    if number != opened.schema:
        newer = unheard_of(MIGRATIONS)
        if newer:
            raise StoreNewer(home=opened.home, name=newer[-1])
        opened.schema = number


def _check_schema() -> None:
    with translated(home()):
        if not is_as_noted():
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

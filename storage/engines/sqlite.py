"""SQLite: one file, written by one at a time.

Every write is a short IMMEDIATE transaction at synchronous FULL, taken in turn behind a kernel
lock, because SQLite's own waiting is unfair under load (RELIABILITY §1.5–1.7).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import schema
from storage.engine import BUSY_TIMEOUT_S, SQLITE, ledger, schema_hash
from storage.errors import StoreReadOnly
from storage.guard import check_file, check_file_system, check_library, file_number, is_there
from storage.schema import APPLIED, lacking, note
from storage.turn import FileLock, is_held, write_turn

FILE_NAME = "ledger.db"
LOCK_NAME = "ledger.lock"
STATEMENTS_KEPT = 1000
"""Compiled statements a connection keeps: more than there are, because the driver drops the least
used one, and a connection that migrated a store would compile every new one again and again."""

_inherited: list[object] = []  # kept, because a collected connection would be a closed one


class Sqlite:
    """The store in the file `ledger.db` of a folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._path, self._lock = home / FILE_NAME, home / LOCK_NAME
        self._file = (0, 0)  # device and number of the file that was opened

    def exists(self) -> bool:
        """Whether the file is there."""
        return is_there(self._path)

    def check_place(self) -> None:
        """Check the library and the file system.

        Raises:
            StoreUnsupported: the promises cannot be kept here.
        """
        check_library()
        check_file_system(self.home)

    def lay_out(self) -> None:
        """Make the files, readable by their owner alone."""
        for path in (self._path, self._lock):
            path.touch(mode=0o600)

    def bind(self) -> None:
        """Check the place, and point every table at the file.

        Raises:
            StoreUnsupported: the promises cannot be kept here.
        """
        self.check_place()
        if not SQLITE.is_closed():
            SQLITE.close()
        SQLITE.init(str(self._path), timeout=int(BUSY_TIMEOUT_S), cached_statements=STATEMENTS_KEPT)
        ledger.initialize(SQLITE)
        self._file = file_number(self._path)

    def abandon(self) -> None:
        """Forget the parent's connection; a lock taken before the fork does not hold after it."""
        state = vars(SQLITE)["_state"]
        _inherited.append(state.conn)
        state.reset()
        SQLITE.init(None)

    def check(self) -> None:
        """Refuse a file that was put away or replaced.

        Raises:
            StoreMissing, StoreDamaged.
        """
        check_file(self._path, self._file)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """An IMMEDIATE transaction, in turn."""
        with write_turn(self._lock, BUSY_TIMEOUT_S):
            self.check()
            with SQLITE.atomic("IMMEDIATE"):
                yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """A DEFERRED transaction in which the connection's count of changes must stand still.

        Not by PRAGMA query_only: switching that makes the engine compile every statement anew,
        which costs more than most reads.
        """
        connection = SQLITE.connection()
        written = connection.total_changes
        with SQLITE.atomic("DEFERRED"):
            yield
            if connection.total_changes != written:
                raise StoreReadOnly(home=self.home)

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """At synchronous NORMAL a commit is in the log and not yet flushed."""
        SQLITE.execute_sql("PRAGMA synchronous = NORMAL")
        try:
            yield
        finally:
            SQLITE.execute_sql("PRAGMA synchronous = FULL")

    def hold(self, name: str) -> FileLock | None:
        """By a kernel lock on the file of that name in the store's folder."""
        return FileLock.on(self.home / name)

    def is_held(self, name: str) -> bool:
        """Whether that lock is held."""
        return is_held(self.home / name)

    def data_version(self) -> int:
        """SQLite's own; no query, no lock."""
        self.check()
        return int(SQLITE.execute_sql("PRAGMA data_version").fetchone()[0])

    def schema_number(self) -> int:
        """SQLite's own."""
        return int(SQLITE.execute_sql("PRAGMA schema_version").fetchone()[0])

    def form(self) -> str:
        """Over the statements it was made with."""
        return schema_hash(SQLITE.execute_sql)

    def applied(self) -> set[str]:
        """As the runner of migrations notes them."""
        if not SQLITE.table_exists(APPLIED):
            return set()
        return {row[0] for row in SQLITE.execute_sql(f"SELECT name FROM {APPLIED}")}

    def migrate(self, before: Callable[[], object]) -> list[str]:
        """Apply what is lacking in one transaction, while nobody else writes or migrates."""
        with write_turn(self._lock, BUSY_TIMEOUT_S):
            if lacking(self.applied()):
                before()
            return self._bring_up()

    def tidy(self) -> None:
        """Fold the write-ahead log back into the file as far as nobody stands in the way."""
        SQLITE.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def quick_check(self) -> list[str]:
        """What SQLite finds wrong with the file's structure."""
        rows = SQLITE.execute_sql("PRAGMA quick_check(20)").fetchall()
        return [row[0] for row in rows if row[0] != "ok"]

    def _bring_up(self) -> list[str]:
        from playhouse.migrations import Runner  # late: it is rarely needed, and large

        SQLITE.pragma("foreign_keys", 0)  # while tables are rebuilt; inside it cannot be switched
        try:
            with SQLITE.atomic("IMMEDIATE"):
                applied = list(Runner(SQLITE, str(schema.MIGRATIONS), APPLIED).up() or [])
                note(self.form())
        finally:
            SQLITE.pragma("foreign_keys", 1)
        return applied

"""PostgreSQL: a store that several hosts share.

One writes at a time, as on one ship: a transaction that writes begins with one advisory lock,
which the server hands on in order of asking. Every guarantee that rests on it (the chain of the
audit log, exactly once, the fence) then needs no second reasoning; READ COMMITTED is enough,
because what is read behind the lock cannot change before the end.
"""

# mypy: disable-error-code="no-untyped-call,override"

import select
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import peewee

from storage.canonical import canonical_json, sha256_hex
from storage.engine import ledger
from storage.engines.driver import SCHEMA, WRITER_IDLE_S, Connection, Cursor, as_peewee, connect
from storage.engines.growing import FORM, bring_up
from storage.errors import StoreReadOnly, StoreUnsupported
from storage.schema import APPLIED, note
from storage.translation import translated

WRITERS = 0x4569676874_42656C
"""The key of the lock that one who writes holds; a database has one store."""

_BEGIN = {
    "writing": f"BEGIN; SET LOCAL idle_in_transaction_session_timeout = '{WRITER_IDLE_S}s'; "
    f"SELECT pg_advisory_xact_lock({WRITERS})",
    "reading": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
}
_SUITS = """
SELECT current_setting('server_version_num') >= '150000',
    current_setting('server_encoding') = 'UTF8' AND 'é' ~ '[[:alnum:]]'
"""
_HELD = """
SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND (classid::bigint << 32 | objid::bigint) = ? LIMIT 1
"""
_inherited: list[object] = []  # kept, because a collected connection would be a closed one
_holding: set[Connection] = set()  # kept as well: a name is held until it is let go of


class Fleet(peewee.PostgresqlDatabase):
    """peewee over our own driver."""

    param = "?"
    _state: Any
    index_value_literals = True

    def init(self, database: str | None, **options: Any) -> None:
        """Point it at a URL; no other driver is looked for."""
        peewee.Database.init(self, database, **options)

    def point(self, url: str) -> None:
        """Use this server from now on."""
        if self.database != url:
            self.init(url)

    def begin(self, kind: str = "writing") -> None:
        """Begin in one journey, with the lock when it is to write."""
        cursor = self._cursor()
        with as_peewee:
            try:
                cursor.at_once(_BEGIN[kind])
            except Exception:
                self.rollback()
                raise

    def commit(self) -> None:
        """Commit; after an error the server would quietly roll back, and that is one too."""
        with as_peewee:
            done = self._cursor().at_once("COMMIT").statusmessage
        if done != "COMMIT":
            raise peewee.InternalError("a statement had failed, so nothing was committed")

    def rollback(self) -> None:
        """Roll back; what a lost connection had begun, the server has rolled back itself."""
        connection: Connection = self.connection()
        if connection.closed:
            self._state.reset()
            return
        with as_peewee:
            self._cursor().at_once("ROLLBACK")

    def cursor(self, named_cursor: None = None) -> Any:
        """On a new connection when the last one was lost outside a transaction."""
        if not self.is_closed() and self.connection().closed and not self.in_transaction():
            self._state.reset()
        return super().cursor()

    def is_connection_usable(self) -> bool:
        """Whether the next statement would find the server."""
        return not self.is_closed() and not self.connection().closed

    def _cursor(self) -> Cursor:
        cursor: Cursor = self.cursor()
        return cursor

    def _connect(self) -> Connection:
        return connect(self.database)

    def _set_server_version(self, conn: Connection) -> None:
        self.server_version = conn.info.server_version


FLEET = Fleet(None)


class Named:
    """A name that is held by a connection to the server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        _holding.add(connection)

    def close(self) -> None:
        """End the connection, and with it the lock."""
        _holding.discard(self._connection)
        self._connection.close()

    def is_cut_off(self) -> bool:
        """Whether the connection has ended; the server has nothing else to say on it."""
        if self._connection.closed:
            return True
        return bool(select.select([self._connection.fileno()], [], [], 0)[0])


def _key(name: str) -> int:
    """The number the server knows a name by."""
    return int.from_bytes(sha256(name.encode()).digest()[:8], signed=True)


class Postgresql:
    """The store in the schema `eightbells` of a database; its files are in a folder."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self._url = home, url

    def exists(self) -> bool:
        """Whether a store was laid out in the database."""
        FLEET.point(self._url)
        with translated(self.home):
            found = FLEET.execute_sql("SELECT to_regclass(?)", (f"{SCHEMA}.{APPLIED}",))
            return found.fetchone()[0] is not None

    def check_place(self) -> None:
        """Nothing: the server answers for its disk, and the folder may be one that hosts share."""

    def lay_out(self) -> None:
        """Nothing: the schema is made with the tables, in one transaction."""

    def bind(self) -> None:
        """Point every table at the server.

        Raises:
            StoreUnsupported: it is too old, or does not know letters beyond ASCII.
        """
        FLEET.point(self._url)
        with translated(self.home):
            new_enough, knows_letters = FLEET.execute_sql(_SUITS).fetchone()
        if not new_enough:
            raise StoreUnsupported(why="The server is older than PostgreSQL 15.")
        if not knows_letters:
            raise StoreUnsupported(
                why="The database does not know letters beyond ASCII; make it with "
                "ENCODING UTF8 and a UTF-8 locale (docs/fleet.md)."
            )
        ledger.initialize(FLEET)

    def abandon(self) -> None:
        """Forget the parent's connection; a child closes every handle it has not made."""
        state = vars(FLEET)["_state"]
        if state.conn is not None:
            _inherited.append(state.conn)
        state.reset()
        FLEET.init(None)

    def check(self) -> None:
        """Nothing: the server answers for its files."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """READ COMMITTED behind the lock of those who write."""
        with FLEET.atomic("writing"):
            yield

    @contextmanager
    def reading(self) -> Iterator[None]:
        """REPEATABLE READ, READ ONLY; a statement that failed there, and was passed over, wrote."""
        with FLEET.atomic("reading"):
            yield
            if FLEET.connection().has_failed:
                raise StoreReadOnly(home=self.home)

    @contextmanager
    def unhurried(self) -> Iterator[None]:
        """Commits are answered before they are flushed."""
        FLEET.execute_sql("SET synchronous_commit = off")
        try:
            yield
        finally:
            FLEET.execute_sql("SET synchronous_commit = on")

    def hold(self, name: str) -> "Named | None":
        """By a lock of a connection of its own, which falls when the connection does."""
        with as_peewee:
            connection = connect(self._url)
            got = connection.execute("SELECT pg_try_advisory_lock(?)", (_key(name),)).fetchone()
        if got == (True,):
            return Named(connection)
        connection.close()
        return None

    def is_held(self, name: str) -> bool:
        """Whether such a lock is held, on whatever host."""
        return FLEET.execute_sql(_HELD, (_key(name),)).fetchone() is not None

    def data_version(self) -> int:
        """Of which transactions are over: another whenever anybody has committed."""
        return hash(FLEET.execute_sql("SELECT pg_current_snapshot()::text").fetchone()[0])

    def schema_number(self) -> int:
        """How many migrations it has."""
        return int(FLEET.execute_sql(f"SELECT count(*) FROM {APPLIED}").fetchone()[0])

    def form(self) -> str:
        """Over names, columns and what triggers do, in no words that a server's version decides."""
        rows = FLEET.execute_sql(FORM, {"schema": SCHEMA}).fetchall()
        return sha256_hex(canonical_json([list(row) for row in rows]))

    def applied(self) -> set[str]:
        """As migrating notes them."""
        return {row[0] for row in FLEET.execute_sql(f"SELECT name FROM {APPLIED}").fetchall()}

    def migrate(self, before: Callable[[], object]) -> list[str]:
        """Lay the schema out or bring it up. `before` is not called: backups are the server's."""
        with FLEET.atomic("writing"):
            done = bring_up(FLEET, self.applied() if self.exists() else set())
            note(self.form())
        return done

    def tidy(self) -> None:
        """Nothing: the server does its own."""

    def quick_check(self) -> list[str]:
        """Nothing: `pg_amcheck` is its administrator's (docs/fleet.md)."""
        return []

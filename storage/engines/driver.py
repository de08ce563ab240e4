"""psycopg as the store needs it: statements of the house dialect, SQLite's count of changes.

A connection tells the server to give up a lost client soon, because the locks of a host that lost
its power fall only when its connections do.
"""

import sys
from collections.abc import Iterable, Sequence
from typing import Any, cast

import peewee

if sys.modules.get("psycopg", sys) is None:  # what `storage` says of it to peewee
    del sys.modules["psycopg"]

import psycopg
from psycopg import abc, pq
from psycopg.adapt import Dumper, Loader

from storage.engines.dialect import query as said
from storage.errors import StoreUnsupported

SCHEMA = "eightbells"
LOCK_TIMEOUT_S = 5.0
WRITER_IDLE_S = 60
"""How long one who writes may do nothing before the server ends it: frozen, it would stop all."""

as_peewee: Any = vars(peewee)["__exception_wrapper__"]
"""Inside, what the driver raises comes out as peewee's own error."""

SETTINGS = {
    "search_path": SCHEMA,
    "timezone": "UTC",
    "client_min_messages": "warning",
    "default_transaction_isolation": "read committed",
    "synchronous_commit": "on",
    "lock_timeout": f"{int(LOCK_TIMEOUT_S * 1000)}ms",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
    "tcp_user_timeout": "25000",
}
_CHANGES = ("INSERT", "UPDATE", "DELETE")


class _YesOrNo(Dumper):
    """A truth as the number that a column of the house dialect holds."""

    oid = 20  # bigint

    def dump(self, obj: bool) -> abc.Buffer:
        return b"1" if obj else b"0"


class _Number(Loader):
    """A sum of whole numbers is a whole number."""

    def load(self, data: abc.Buffer) -> int | float:
        text = bytes(data).decode()
        return float(text) if "." in text else int(text)


class Cursor(psycopg.Cursor[Any]):
    """Takes statements of the house dialect, and counts what they change."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        """One statement; `?` and `:name` stand for values."""
        super().execute(said(query), params or (), **options)
        self._count()
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> None:
        """One statement for each row of values."""
        super().executemany(said(query), params_seq, **options)
        self._count()

    def at_once(self, sql: str) -> "Cursor":
        """Several statements without values, in one journey."""
        super().execute(cast(Any, sql))
        return self

    def _count(self) -> None:
        if (self.statusmessage or "").startswith(_CHANGES):
            cast(Connection, self.connection).total_changes += self.rowcount


class Connection(psycopg.Connection[Any]):
    """A connection whose changed rows are counted, as SQLite counts its own."""

    total_changes = 0

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """One statement for each row of values."""
        with as_peewee:
            self.cursor().executemany(sql, rows)

    @property
    def has_failed(self) -> bool:
        """Whether a statement failed in the transaction it is in."""
        return bool(self.info.transaction_status is pq.TransactionStatus.INERROR)

    def has_table(self, name: str) -> bool:
        """Whether the store has a table of this name."""
        found = self.execute("SELECT to_regclass(?) IS NOT NULL", (f"{SCHEMA}.{name}",))
        return bool(found.fetchone() == (True,))


def connect(url: str) -> Connection:
    """A connection to the store that a URL names, in autocommit.

    Raises:
        StoreUnsupported: that is no URL of a database; it is not repeated, it may hold a password.
    """
    try:
        given = psycopg.conninfo.conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        raise StoreUnsupported(
            why="EIGHTBELLS_DATABASE_URL cannot be read; it is like "
            "postgresql://user@host/database."
        ) from None
    options: Any = {"connect_timeout": 10, "application_name": "eightbells"} | given
    connection = Connection.connect(**options, autocommit=True, cursor_factory=Cursor)
    connection.adapters.register_dumper(bool, _YesOrNo)
    connection.adapters.register_loader("numeric", _Number)
    cursor = cast(Cursor, connection.cursor())
    cursor.at_once("; ".join(f"SET {name} = '{value}'" for name, value in SETTINGS.items()))
    return connection

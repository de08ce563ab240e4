"""What every table is built from, and the database under them: SQLite until a store says else."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import peewee

from storage import clock as clocks
from storage.canonical import canonical_json, sha256_hex

BUSY_TIMEOUT_S = 5.0

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": 1,
    "recursive_triggers": 1,  # else INSERT OR REPLACE walks through a DELETE trigger
    "trusted_schema": 0,
    "mmap_size": 0,
    "cell_size_check": 1,
    "busy_timeout": int(BUSY_TIMEOUT_S * 1000),
    "temp_store": "memory",
}

SQLITE = peewee.SqliteDatabase(None, pragmas=PRAGMAS, lock_type="IMMEDIATE")

ledger = peewee.DatabaseProxy()
"""The database every table and every statement is of, whichever engine the open store is on."""
ledger.initialize(SQLITE)


class Table(peewee.Model):
    """The base of every table; tables are private to `storage`."""

    class Meta:
        database = ledger
        legacy_table_names = False


class UtcField(peewee.TextField):
    """An aware UTC time, kept as sortable ISO text."""

    def db_value(self, value: Any) -> Any:
        """The text of a time; anything else passes through for peewee to compare."""
        return clocks.to_text(value) if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        """The time a text names."""
        return clocks.from_text(value) if isinstance(value, str) else value


class JsonField(peewee.TextField):
    """A JSON value as canonical text, so equal values are equal bytes."""

    def db_value(self, value: Any) -> Any:
        """Canonical text of a value."""
        return None if value is None else canonical_json(value).decode()

    def python_value(self, value: Any) -> Any:
        """The value of the text."""
        return json.loads(value) if isinstance(value, str) else value


def tuples(query: Any) -> list[tuple[Any, ...]]:
    """The rows of a query as plain tuples."""
    return list(query.tuples())


def insert_rows(table: type[Table], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows of one shape at once, inside the caller's transaction."""
    if not rows:
        return
    fields = [table._meta.fields[name] for name in rows[0]]
    columns = ", ".join(field.column_name for field in fields)
    marks = ", ".join("?" * len(fields))
    execute_many(
        f"INSERT INTO {table._meta.table_name} ({columns}) VALUES ({marks})",
        ([field.db_value(row[field.name]) for field in fields] for row in rows),
    )


def execute_many(sql: str, rows: Iterable[Sequence[Any]]) -> None:
    """Run one statement for each row of values, inside the caller's transaction."""
    ledger.connection().executemany(sql, rows)


def schema_hash(execute: Callable[[str], Any]) -> str:
    """One hash for the tables, indexes and triggers of a database that `execute` reads."""
    rows = execute(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master "
        "WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).fetchall()
    return sha256_hex(canonical_json([list(row) for row in rows]))

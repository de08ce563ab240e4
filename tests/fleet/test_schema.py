"""Both engines have the same tables, columns, indexes and refusing triggers."""

import re
from pathlib import Path

import peewee
import pytest
from playhouse.migrations import Runner

from storage import database
from storage.engine import ledger
from storage.errors import StoreDamaged
from storage.schema import APPLIED, MIGRATIONS

FORM = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
OWN = {"rowid", "found"}
"""Columns that stand for what SQLite has without saying."""
THERE = "SELECT {columns} FROM {place} WHERE {schema} = 'eightbells'"


@pytest.fixture(scope="module")
def aboard() -> list[tuple[str, str, str, str]]:
    """The form of a new SQLite store."""
    laid_out = peewee.SqliteDatabase(":memory:")
    Runner(laid_out, str(MIGRATIONS), APPLIED).up()
    rows: list[tuple[str, str, str, str]] = laid_out.execute_sql(FORM).fetchall()
    return rows


def there(columns: str, place: str, schema: str) -> list[tuple[str, ...]]:
    rows = ledger.execute_sql(THERE.format(columns=columns, place=place, schema=schema))
    return [tuple(row) for row in rows.fetchall()]


def test_both_engines_have_the_same_form(
    store: Path, aboard: list[tuple[str, str, str, str]]
) -> None:
    searched = {name for _, name, _, sql in aboard if sql and sql.startswith("CREATE VIRTUAL")}
    shadows = tuple(f"{name}_" for name in searched)
    tables = {n: s for kind, n, _, s in aboard if kind == "table" and not n.startswith(shadows)}
    assert {name for (name,) in there("tablename", "pg_tables", "schemaname")} == tables.keys()

    indexes = {name for kind, name, _, sql in aboard if kind == "index" and sql}
    found = {name for (name,) in there("indexname", "pg_indexes", "schemaname")}
    assert indexes - found - {"schema_migration_name"} == set()

    triggers = {name for kind, name, _, _ in aboard if kind == "trigger"}
    have = {name for (name,) in there("trigger_name", "information_schema.triggers",
                                      "trigger_schema")}  # fmt: skip
    assert triggers - have == set()
    extra = {re.sub(r"_(is_numbered|at_once)$", "", name) for name in have - triggers}
    assert extra <= tables.keys() | triggers

    for table, sql in tables.items():
        if table in searched or table == APPLIED:
            continue
        columns = set(re.findall(r"(?:^|[(,])\s*(\w+) (?:TEXT|INTEGER)\b", sql, re.MULTILINE))
        rows = ledger.execute_sql(
            "SELECT column_name FROM information_schema.columns WHERE table_name = ?", (table,)
        )
        assert {name for (name,) in rows.fetchall()} - OWN == columns, table


def test_as_many_checks_stand_on_both(store: Path, aboard: list[tuple[str, str, str, str]]) -> None:
    written = sum(len(re.findall(r"\bCHECK \(", sql or "")) for _, _, _, sql in aboard)
    (counted,) = ledger.execute_sql(
        "SELECT count(*) FROM pg_constraint n JOIN pg_namespace s ON s.oid = n.connamespace "
        "WHERE s.nspname = 'eightbells' AND n.contype = 'c'"
    ).fetchone()
    assert counted == written


def test_a_store_whose_trigger_was_switched_off_is_not_opened(store: Path) -> None:
    with database.transaction():
        ledger.connection().cursor().at_once(
            "ALTER TABLE audit_event DISABLE TRIGGER audit_event_never_changes"
        )
    database.close()
    with pytest.raises(StoreDamaged, match="refusing triggers"):
        database.open_store(store)

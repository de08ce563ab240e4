"""`python -m storage.engines.baseline`: the schema of migration 0017 as PostgreSQL lays it out.

What it prints is kept in postgresql_0017.sql, which is frozen as the migrations are; a test
compares the two. Later migrations are translated statement by statement.
"""

import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from re import findall

import peewee
from playhouse.migrations import Runner

from storage.engines.dialect import statements
from storage.schema import APPLIED, MIGRATIONS

LAST = "0017_keys_and_service"
FILE = Path(__file__).with_name("postgresql_0017.sql")
FUNCTIONS = Path(__file__).with_name("functions.sql")

_FORM = """
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE sql IS NOT NULL AND tbl_name <> ? ORDER BY name
"""


def baseline() -> str:
    """Functions, tables before what refers to them, indexes, triggers, first rows."""
    laid_out = peewee.SqliteDatabase(":memory:")
    Runner(laid_out, str(MIGRATIONS), APPLIED).up(LAST)
    said = [f"{statement};\n" for statement in _statements(laid_out)]
    laid_out.close()
    return "\n".join([FUNCTIONS.read_text(), *said])


def _statements(laid_out: peewee.Database) -> Iterator[str]:
    form = laid_out.execute_sql(_FORM, (APPLIED,)).fetchall()
    searched = {name for kind, name, _, sql in form if sql.startswith("CREATE VIRTUAL")}
    own = [row for row in form if not _is_shadow(row[2], searched)]
    tables = {name: sql for kind, name, _, sql in own if kind == "table"}
    for name in _in_order(tables):
        yield from statements(tables[name])
    for wanted in ("index", "trigger"):
        for kind, _, table, sql in own:
            if kind == wanted and table in tables:
                yield from statements(sql)
    for name in sorted(tables.keys() - searched):
        yield from _rows(laid_out, name)


def _in_order(tables: dict[str, str]) -> Iterator[str]:
    """Each table after those it refers to."""
    sorter = TopologicalSorter(
        {name: set(findall(r"REFERENCES (\w+)", sql)) - {name} for name, sql in tables.items()}
    )
    sorter.prepare()
    while sorter.is_active():
        ready = sorted(sorter.get_ready())
        yield from ready
        sorter.done(*ready)


def _is_shadow(name: str, searched: set[str]) -> bool:
    return any(name.startswith(f"{table}_") for table in searched)


def _rows(laid_out: peewee.Database, table: str) -> Iterator[str]:
    found = laid_out.execute_sql(f"SELECT * FROM {table}")
    names = ", ".join(column[0] for column in found.description)
    for row in found.fetchall():
        values = ", ".join("NULL" if value is None else repr(value) for value in row)
        yield f"INSERT INTO {table} ({names}) VALUES ({values})"


if __name__ == "__main__":
    sys.stdout.write(baseline())

"""How the schema of a PostgreSQL store is laid out and grows: the same steps, in its words."""

from importlib import import_module
from typing import Any

import peewee

from storage.clock import SYSTEM_CLOCK, to_text
from storage.engines.baseline import FILE, LAST
from storage.engines.dialect import statements
from storage.engines.driver import SCHEMA
from storage.schema import APPLIED, lacking

_MIGRATIONS_TABLE = f"""
CREATE TABLE {APPLIED} (name TEXT COLLATE "C" PRIMARY KEY, applied TEXT NOT NULL)
"""

FORM = """
SELECT * FROM (
    SELECT 'column' AS kind, c.relname::text, a.attname::text, t.typname::text || a.attnotnull
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
    WHERE c.relnamespace = to_regnamespace(:schema) AND c.relkind = 'r' AND a.attnum > 0
        AND NOT a.attisdropped
    UNION ALL
    SELECT 'index', c.relname::text, i.relname::text,
        x.indisunique || ' ' || (x.indpred IS NOT NULL) || ' ' || (
            SELECT string_agg(a.attname, ',' ORDER BY a.attnum) FROM pg_attribute a
            WHERE a.attrelid = i.oid)
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    WHERE c.relnamespace = to_regnamespace(:schema)
    UNION ALL
    SELECT 'constraint', c.relname::text, n.conname::text, n.contype::text || n.convalidated
    FROM pg_constraint n JOIN pg_class c ON c.oid = n.conrelid
    WHERE c.relnamespace = to_regnamespace(:schema)
    UNION ALL
    SELECT 'trigger', c.relname::text, g.tgname::text,
        g.tgenabled::text || ' ' || g.tgtype || ' ' || g.tgattr::text || ' ' || p.prosrc
    FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid JOIN pg_proc p ON p.oid = g.tgfoid
    WHERE c.relnamespace = to_regnamespace(:schema) AND NOT g.tgisinternal
) AS form ORDER BY 1, 2, 3
"""
"""What is there, without the server's own spelling of expressions, which its versions change."""


class _Speaking:
    """What a migration is given: it takes statements of the house dialect."""

    def __init__(self, database: peewee.Database) -> None:
        self._database = database

    def execute_sql(self, sql: str, values: Any = None) -> Any:
        """One statement; one that lays something out is said in PostgreSQL's words."""
        if values is None and sql.lstrip().upper().startswith("CREATE"):
            for said in statements(sql):
                lay(self._database, said)
            return None
        return self._database.execute_sql(sql, values)


def bring_up(database: peewee.Database, applied: set[str]) -> list[str]:
    """Apply what is lacking inside the caller's transaction; the names of those."""
    wanted = lacking(applied)
    if not applied:
        lay(database, f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}; {_MIGRATIONS_TABLE}")
        lay(database, FILE.read_text())
    for name in wanted:
        if name > LAST:
            import_module(f"storage.migrations.{name}").up(None, _Speaking(database))
        database.execute_sql(
            f"INSERT INTO {APPLIED} (name, applied) VALUES (?, ?)",
            (name, to_text(SYSTEM_CLOCK.utcnow())),
        )
    return wanted


def lay(database: peewee.Database, sql: str) -> None:
    """Statements in PostgreSQL's own words, without values."""
    database.cursor().at_once(sql)

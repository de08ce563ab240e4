"""The form of the store: what it was noted to be, and what is newer than this program."""

from pathlib import Path

import peewee

from storage.engine import Table, ledger, schema_hash

NOTED, APPLIED = "schema_hash", "schema_migration"


class Meta(Table):
    """Facts about the store itself, by name."""

    name = peewee.TextField(primary_key=True)
    text = peewee.TextField()


def is_as_noted() -> bool:
    """Whether tables, indexes and triggers are those that were noted."""
    noted = Meta.get_or_none(Meta.name == NOTED)
    return noted is not None and bool(noted.text == schema_hash(ledger.execute_sql))


def schema_number() -> int:
    """The engine's own number of the schema: another whenever anything of it was changed."""
    return int(ledger.execute_sql("PRAGMA schema_version").fetchone()[0])


def unheard_of(migrations: Path) -> list[str]:
    """Migrations the store has and this program does not: a newer program has opened it."""
    return sorted(_applied() - _known(migrations))


def lacking(migrations: Path) -> list[str]:
    """Migrations this program has and the store has not, in their order."""
    return sorted(_known(migrations) - _applied())


def bring_up(migrations: Path) -> list[str]:
    """Apply what is lacking and note the form that results: all of it, or nothing."""
    from playhouse.migrations import Runner  # late: it is rarely needed, and large

    ledger.pragma("foreign_keys", 0)  # while tables are rebuilt; inside it cannot be switched
    try:
        with ledger.atomic("IMMEDIATE"):
            applied = list(Runner(ledger, str(migrations), APPLIED).up() or [])
            found = schema_hash(ledger.execute_sql)
            Meta.insert(name=NOTED, text=found).on_conflict_replace().execute()
    finally:
        ledger.pragma("foreign_keys", 1)
    return applied


def _applied() -> set[str]:
    rows = ledger.execute_sql(f"SELECT name FROM {APPLIED}") if ledger.table_exists(APPLIED) else ()
    return {row[0] for row in rows}


def _known(migrations: Path) -> set[str]:
    return {file.stem for file in migrations.glob("[0-9]*.py")}

"""The form of the store: what it was noted to be, and what is newer than this program."""

from collections.abc import Iterable
from pathlib import Path

import peewee

from storage.engine import Table

MIGRATIONS = Path(__file__).parent / "migrations"
NOTED, APPLIED = "schema_hash", "schema_migration"


class Meta(Table):
    """Facts about the store itself, by name."""

    name = peewee.TextField(primary_key=True)
    text = peewee.TextField()


def is_as_noted(form: str) -> bool:
    """Whether tables, indexes and triggers, as one hash, are those that were noted."""
    noted = Meta.get_or_none(Meta.name == NOTED)
    return noted is not None and bool(noted.text == form)


def note(form: str) -> None:
    """Take note of the hash of tables, indexes and triggers as they are from now on."""
    noted = Meta.insert(name=NOTED, text=form)
    noted.on_conflict(conflict_target=[Meta.name], preserve=[Meta.text]).execute()


def unheard_of(applied: Iterable[str]) -> list[str]:
    """Migrations the store has and this program does not: a newer program has opened it."""
    return sorted(set(applied) - _known())


def lacking(applied: Iterable[str]) -> list[str]:
    """Migrations this program has and the store has not, in their order."""
    return sorted(_known() - set(applied))


def _known() -> set[str]:
    return {file.stem for file in MIGRATIONS.glob("[0-9]*.py")}

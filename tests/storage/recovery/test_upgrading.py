"""A store of an earlier version is brought up only with a whole backup; a newer one is refused."""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import database
from storage.audit.views import AuditQuery, count_events, list_events, verify
from storage.entries.views import EntryQuery, count_entries
from storage.errors import NotUpgraded, StoreNewer
from storage.recovery.checking import check_backup
from storage.recovery.upgrading import open_upgraded
from tests.architecture.sources import name_of, nodes, python_files
from tests.builders import an_entry
from tests.clock import ShipClock
from tests.storage.tampering import raw
from tests.storage.test_previous_version import left_behind as left_behind
from tests.storage.test_previous_version import rows_of

A_LATER_ONE = """
CREATED = "CREATE TABLE later (id TEXT PRIMARY KEY) STRICT"

def up(migrator, database):
    database.execute_sql(CREATED)
    {then}
"""


@pytest.fixture
def later(tmp_path: Path) -> Iterator[Path]:
    """A folder of migrations that a test may add to, in the place of the program's own."""
    folder = Path(shutil.copytree(database.MIGRATIONS, tmp_path / "migrations"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("storage.schema.MIGRATIONS", folder)
        yield folder


def add_migration(folder: Path, then: str = "pass") -> None:
    """A migration that makes a table, and then does something else."""
    (folder / "9999_later.py").write_text(A_LATER_ONE.format(then=then))


def test_a_store_of_an_earlier_version_is_backed_up_as_it_was_before_it_changes(
    left_behind: Path,
) -> None:
    before = rows_of(left_behind)
    made = open_upgraded(left_behind)
    database.close()
    assert made is not None and made.path.name.endswith("-before-upgrade")
    assert made.record.schema_name.startswith("0006_") and not made.record.complaints
    assert check_backup(made.path).record == made.record
    assert rows_of(made.path) == before


def test_the_upgrade_is_an_event_that_names_the_backup(left_behind: Path) -> None:
    made = open_upgraded(left_behind)
    (event,) = list_events(AuditQuery(action="store.upgraded"), limit=9)
    assert made is not None and event.detail["fingerprint"] == made.fingerprint
    assert event.detail["from"] == made.record.schema_name
    assert verify().ok


def test_a_store_of_this_version_is_simply_opened(store: Path) -> None:
    database.close()
    assert open_upgraded(store) is None
    assert not list((store / "backups").iterdir())
    assert count_events(AuditQuery(action="store.upgraded")) == 0


def test_without_a_backup_there_is_no_upgrade(left_behind: Path) -> None:
    shutil.rmtree(left_behind / "backups", ignore_errors=True)
    (left_behind / "backups").write_text("in the way")
    before = rows_of(left_behind)
    with pytest.raises(NotUpgraded, match="stays as it was: No backup was made"):
        open_upgraded(left_behind)
    assert not database.is_open()
    assert rows_of(left_behind) == before


@pytest.mark.parametrize(
    "then",
    [
        "raise ValueError('the pump does not answer')",
        "database.execute_sql('INSERT INTO later VALUES (NULL), (NULL)')",
        "database.execute_sql('DROP TABLE entry'); database.execute_sql('SELECT 1 FROM entry')",
    ],
    ids=["it raises", "a row is refused", "it destroys something first"],
)
def test_a_migration_that_fails_leaves_the_store_as_it_was(
    store: Path, later: Path, then: str
) -> None:
    an_entry()
    database.close()
    before = rows_of(store)
    add_migration(later, then)
    with pytest.raises(NotUpgraded, match="A backup of it is"):
        open_upgraded(store)
    assert rows_of(store) == before
    (later / "9999_later.py").unlink()
    assert open_upgraded(store) is None
    assert count_entries(EntryQuery()) == 1


def test_a_store_that_a_newer_version_has_opened_is_refused_in_one_sentence(
    store: Path, later: Path
) -> None:
    database.close()
    add_migration(later)
    open_upgraded(store)
    database.close()
    (later / "9999_later.py").unlink()
    before = rows_of(store)
    with pytest.raises(StoreNewer, match=r"newer version \(9999_later\).*docs/installation.md"):
        open_upgraded(store)
    assert rows_of(store) == before


def test_a_program_that_has_it_open_writes_nothing_more_once_it_is_newer(store: Path) -> None:
    an_entry()
    with raw(store) as another_program:
        another_program.execute("CREATE TABLE later (id TEXT PRIMARY KEY) STRICT")
        another_program.execute(
            "INSERT INTO schema_migration (name, applied) VALUES ('9999_later', 'now')"
        )
    with pytest.raises(StoreNewer):
        an_entry()
    assert count_entries(EntryQuery()) == 1


def test_a_store_that_was_only_tidied_by_another_program_is_written_on(store: Path) -> None:
    an_entry()
    with raw(store) as another_program:
        another_program.execute("VACUUM")
    an_entry()
    assert count_entries(EntryQuery()) == 2


def test_the_backup_of_an_upgrade_carries_the_time_of_the_stores_clock(
    left_behind: Path, clock: ShipClock
) -> None:
    made = open_upgraded(left_behind, clock=clock)
    assert made is not None and made.record.made_at == clock.utcnow()


def test_no_program_opens_a_store_in_another_way() -> None:
    """Whoever called `open_store` by itself would bring a store up without a backup."""
    assert [
        name_of(path)
        for path in python_files("console", "worker")
        for node in nodes(path)
        if (isinstance(node, ast.Attribute) and node.attr == "open_store")
        or (isinstance(node, ast.ImportFrom) and any(a.name == "open_store" for a in node.names))
    ] == []

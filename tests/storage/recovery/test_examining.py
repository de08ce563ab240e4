"""Doctor: every finding has a code, a sentence and what to do; stores that do not open too."""

import tarfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage import database
from storage.audit.anchor import write_anchor
from storage.engine import ledger
from storage.errors import StoreMissing
from storage.evidence.actions import add_document
from storage.recovery.backing_up import backup
from storage.recovery.examining import examine, examine_log
from storage.recovery.findings import MEANINGS, Code
from tests.builders import a_second_officer, an_entry
from tests.clock import START, ShipClock
from tests.storage.test_previous_version import FIXTURE
from worker.station import Station


def found_in(home: Path, clock: ShipClock) -> set[Code]:
    """The codes of everything that was found."""
    return {finding.code for check in examine(home, clock=clock) for finding in check.findings}


def the_document(store: Path, folder: Path) -> Path:
    """A source document of the open store."""
    given = folder / "chart.txt"
    given.write_text("Wreck marked at 54 12 N")
    add_document(a_second_officer().actor, given)
    return next(store.glob("handover/*/sources/*/original"))


@pytest.fixture
def sound(store: Path, clock: ShipClock) -> Path:
    """A store with an anchor and a backup, where nothing is to be found."""
    an_entry()
    backup(store, clock=clock)
    write_anchor()
    return store


def test_every_code_says_what_to_do() -> None:
    assert set(MEANINGS) == set(Code)
    assert all(meaning.to_do.endswith(".") for meaning in MEANINGS.values())


def test_a_sound_store_has_nothing_to_be_found(sound: Path, clock: ShipClock) -> None:
    checks = examine(sound, clock=clock)
    assert all(check.ok and not check.findings for check in checks)


def no_anchor(store: Path) -> None:
    (store / "anchor.json").unlink()


def tail_cut(store: Path) -> None:
    ledger.execute_sql("DROP TRIGGER audit_event_never_goes")
    ledger.execute_sql("DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)")


def event_changed(store: Path) -> None:
    ledger.execute_sql("DROP TRIGGER audit_event_never_changes")
    ledger.execute_sql("UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")


def trigger_gone(store: Path) -> None:
    ledger.execute_sql("DROP TRIGGER audit_event_never_changes")


def of_the_future(store: Path) -> None:
    ledger.execute_sql("INSERT INTO schema_migration (name, applied) VALUES ('0999_x', '2030')")


def a_stray_file(store: Path) -> None:
    folder = store / "handover" / "v" / "signed" / "d"
    folder.mkdir(parents=True)
    (folder / "handover.pdf").write_text("whose?")


def a_leftover(store: Path) -> None:
    (store / "handover" / ".export.1.tmp").mkdir()


def backups_gone(store: Path) -> None:
    for path in (store / "backups").glob("[!.]*"):
        path.rename(store.parent / path.name)


def an_odd_backup(store: Path) -> None:
    (store / "backups" / "photos").mkdir()


@pytest.mark.parametrize(
    ("spoil", "codes"),
    [
        (no_anchor, {Code.NO_ANCHOR}),
        (tail_cut, {Code.TAIL_LOST, Code.SCHEMA_CHANGED}),
        (event_changed, {Code.CHAIN_BROKEN, Code.SCHEMA_CHANGED}),
        (trigger_gone, {Code.SCHEMA_CHANGED}),
        (of_the_future, {Code.SCHEMA_NEWER}),
        (a_stray_file, {Code.ORPHAN}),
        (a_leftover, {Code.LEFTOVER}),
        (backups_gone, {Code.NO_BACKUP}),
        (an_odd_backup, {Code.BACKUP_UNREADABLE}),
    ],
)
def test_what_is_wrong_is_found_and_nothing_else(
    sound: Path, clock: ShipClock, spoil: Callable[[Path], None], codes: set[Code]
) -> None:
    spoil(sound)
    assert found_in(sound, clock) == codes


def test_a_file_on_record_that_is_gone_or_changed_is_named(
    store: Path, clock: ShipClock, tmp_path: Path
) -> None:
    document = the_document(store, tmp_path)
    backup(store, clock=clock)
    write_anchor()
    document.write_text("Wreck marked at 54 12 S")
    assert found_in(store, clock) == {Code.FILE_CHANGED}
    document.unlink()
    assert found_in(store, clock) == {Code.FILE_MISSING}


def test_old_backups_and_a_clock_that_went_back_are_found(sound: Path, clock: ShipClock) -> None:
    clock.advance(hours=48)
    assert found_in(sound, clock) == set()
    clock.advance(hours=1)
    assert found_in(sound, clock) == {Code.BACKUP_OLD}
    clock.at = START - timedelta(hours=1)
    assert found_in(sound, clock) == {Code.CLOCK_BEHIND}


def test_a_living_worker_is_not_dead_and_a_dead_one_is(sound: Path, clock: ShipClock) -> None:
    station = Station("pool-1")
    backup(sound, clock=clock)
    write_anchor()
    assert found_in(sound, clock) == set()
    station.close()
    ledger.execute_sql("UPDATE job_worker SET stopped_at = NULL, stop_reason = NULL")
    assert Code.WORKER_DEAD in found_in(sound, clock)


def test_a_file_that_is_no_database_is_examined_all_the_same(sound: Path, clock: ShipClock) -> None:
    database.close()
    (sound / "ledger.db").write_bytes(b"not a database at all" * 500)
    assert found_in(sound, clock) == {Code.UNREADABLE}


def test_a_damaged_page_is_found(sound: Path, clock: ShipClock) -> None:
    ledger.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.close()
    data = bytearray((sound / "ledger.db").read_bytes())
    data[5 * 4096 : 6 * 4096] = b"\xff" * 4096
    (sound / "ledger.db").write_bytes(data)
    assert {Code.DAMAGED, Code.UNREADABLE} & found_in(sound, clock)


def test_a_store_of_an_earlier_version_is_examined_and_not_brought_up_to_date(
    tmp_path: Path, clock: ShipClock
) -> None:
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(tmp_path / "old", filter="data")
    before = (tmp_path / "old" / "ledger.db").read_bytes()
    clock.at = START.replace(year=2036)
    assert Code.SCHEMA_OLDER in found_in(tmp_path / "old", clock)
    assert (tmp_path / "old" / "ledger.db").read_bytes() == before


def test_the_log_alone_can_be_examined(sound: Path) -> None:
    assert examine_log(sound)[0] == []
    event_changed(sound)
    assert [finding.code for finding in examine_log(sound)[0]] == [Code.CHAIN_BROKEN]


def test_where_there_is_no_store_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        examine(tmp_path)

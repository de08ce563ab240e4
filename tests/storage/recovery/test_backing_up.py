"""A backup is whole under its final name, or not there; whatever it was made of is left alone."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.anchor import write_anchor
from storage.audit.views import checkpoint
from storage.engine import ledger
from storage.errors import BackupFailed, BackupUnusable, StoreMissing
from storage.evidence.actions import add_document
from storage.jobs import actions
from storage.jobs.kinds import KINDS, JobKind
from storage.recovery.backing_up import backup
from storage.recovery.checking import check_backup
from storage.recovery.copying import looked_at
from storage.recovery.layout import LEFT_OUT
from storage.recovery.manifest import FACTS, HASHES
from tests.builders import a_second_officer, an_entry
from tests.clock import START, ShipClock
from tests.storage.test_previous_version import FIXTURE


def a_document(folder: Path) -> Path:
    """A source document of the open store; where the store keeps it."""
    given = folder / "chart.txt"
    given.write_text("Wreck marked at 54 12 N")
    add_document(a_second_officer().actor, given)
    return next(database.home().glob("handover/*/sources/*/original"))


def test_a_backup_of_an_open_store_is_one_snapshot_that_can_be_checked_again(
    store: Path, clock: ShipClock
) -> None:
    an_entry()
    made = backup(store, clock=clock)
    an_entry("Written after the backup.")
    assert made.path.parent == store / "backups"
    assert made.record.made_at == START
    assert made.record.complaints == ()
    assert made.record.audit.size == checkpoint().size - 1
    assert check_backup(made.path) == made
    with looked_at(made.path / "ledger.db", alone=True) as copy:
        assert copy.execute("SELECT count(*) FROM entry").fetchone() == (1,)
    assert not list(made.path.glob("*-wal"))


def test_anybody_can_check_a_backup_without_this_program(store: Path, tmp_path: Path) -> None:
    a_document(tmp_path)
    made = backup(store)
    checked = subprocess.run(["sha256sum", "--check", "--strict", HASHES], cwd=made.path,
                             capture_output=True, text=True, check=False)  # fmt: skip
    assert checked.returncode == 0, checked.stdout


def test_everything_in_the_folder_is_in_a_backup_but_what_is_left_out_with_a_reason(
    store: Path, tmp_path: Path
) -> None:
    document = a_document(tmp_path)
    (store / "settings.toml").write_text("[backups]\ndays = 2\n")
    (store / "something new").write_text("kept too")
    (store / "logs" / "worker.jsonl").write_text("{}")
    unfinished = document.parent / ".original.1.tmp"
    unfinished.write_text("half")
    drafts = document.parents[2] / "drafts" / "d1"
    drafts.mkdir(parents=True)
    (drafts / "draft.html").write_text("not authoritative")
    write_anchor()
    made = backup(store)
    found = {str(p.relative_to(made.path)) for p in made.path.rglob("*") if p.is_file()}
    source = document.parent.relative_to(store)
    assert found == {
        "ledger.db", "anchor.json", "settings.toml", "something new", FACTS, HASHES,
        f"{source}/original", f"{source}/metadata.json",
    }  # fmt: skip
    beside = {path.name for path in store.iterdir()} - {p.partition("/")[0] for p in found}
    assert beside - {"manifests"} <= set(LEFT_OUT)


def test_a_store_of_an_earlier_version_is_backed_up_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "ship"
    home.mkdir()
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(home, filter="data")
    before = (home / "ledger.db").read_bytes()
    made = backup(home, label="before-0016")
    assert made.record.schema_name.startswith("0006_")
    assert made.record.complaints == ()
    assert made.path.name.endswith("-before-0016")
    assert (home / "ledger.db").read_bytes() == before
    check_backup(made.path)


def test_files_an_earlier_backup_has_are_not_copied_again(store: Path, tmp_path: Path) -> None:
    document = a_document(tmp_path).relative_to(store)
    first, second = backup(store), backup(store)
    assert (first.path / document).samefile(second.path / document)
    assert not (first.path / document).samefile(store / document)


def test_a_spoilt_file_of_an_earlier_backup_is_copied_anew(store: Path, tmp_path: Path) -> None:
    document = a_document(tmp_path).relative_to(store)
    first = backup(store)
    (first.path / document).write_text("Wreck marked at 54 12 S")
    second = backup(store)
    assert (second.path / document).read_bytes() == (store / document).read_bytes()
    check_backup(second.path)
    with pytest.raises(BackupUnusable, match="original is not what was written"):
        check_backup(first.path)


def test_what_is_wrong_with_the_store_is_said_and_stops_no_backup(
    store: Path, tmp_path: Path
) -> None:
    a_document(tmp_path).unlink()
    ledger.execute_sql("DROP TRIGGER audit_event_never_changes")
    ledger.execute_sql("UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")
    made = backup(store)
    broken, missing = made.record.complaints
    assert broken == "audit event 2: its content is not what was recorded"
    assert missing.endswith("is missing: the source document chart.txt")
    assert check_backup(made.path) == made


def test_a_store_that_lacks_what_its_anchor_vouches_for_is_not_backed_up_as_whole(
    store: Path,
) -> None:
    an_entry()
    write_anchor()
    anchor = (store / "anchor.json").read_text()
    ledger.execute_sql("DROP TRIGGER audit_event_never_goes")
    ledger.execute_sql("DELETE FROM audit_event WHERE seq = (SELECT max(seq) FROM audit_event)")
    made = backup(store)
    assert "its anchor knows" in made.record.complaints[0]
    assert (store / "anchor.json").read_text() == anchor


@pytest.mark.parametrize("name", ["ledger.db", "anchor.json", FACTS])
def test_one_changed_byte_of_a_backup_is_found(store: Path, name: str) -> None:
    path = backup(store).path / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(BackupUnusable, match=name.replace(".", r"\.")):
        check_backup(path.parent)


@pytest.mark.parametrize("name", ["ledger.db", FACTS, HASHES])
def test_a_backup_without_one_of_its_files_is_none(store: Path, name: str) -> None:
    path = backup(store).path / name
    path.unlink()
    with pytest.raises(BackupUnusable):
        check_backup(path.parent)


def test_a_folder_that_is_not_there_is_named_and_not_made(store: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="is the medium mounted"):
        backup(store, tmp_path / "usb")
    assert not (tmp_path / "usb").exists()


def test_a_file_in_place_of_the_folder_is_named(store: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").write_text("")
    with pytest.raises(BackupFailed, match="it is no folder"):
        backup(store, tmp_path / "usb")


def test_where_there_is_no_store_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        backup(tmp_path / "nowhere")
    assert list(tmp_path.iterdir()) == []


def test_two_backups_into_one_folder_do_not_mix(store: Path, tmp_path: Path) -> None:
    def another(phase: str, current: int, total: int) -> None:
        if phase == "copy":
            with pytest.raises(BackupFailed, match="another one is being made there"):
                backup(store, tmp_path / "usb")

    (tmp_path / "usb").mkdir()
    made = backup(store, tmp_path / "usb", report=another)
    assert check_backup(made.path) == made


def test_what_a_killed_backup_left_behind_is_cleared_away(store: Path) -> None:
    left = store / "backups" / f".{os.getpid() + 1}.tmp"
    left.mkdir()
    (left / "ledger.db").write_bytes(b"half")
    backup(store)
    assert not left.exists()


def test_a_backup_under_load_holds_one_moment(store: Path) -> None:
    def write_on(phase: str, current: int, total: int) -> None:
        actions.submit(SYSTEM, "debug", {"message": "x" * 5_000})

    size = checkpoint().size
    made = backup(store, report=write_on)
    assert made.record.audit.size == size < checkpoint().size
    assert made.record.complaints == ()


def test_it_tells_where_it_is(store: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    a_document(tmp_path)
    backup(store, report=lambda *where: told.append(where))
    assert list(dict.fromkeys(phase for phase, _, _ in told)) == list(KINDS[JobKind.BACKUP].phases)
    assert all(0 <= current <= total for _, current, total in told)


def test_a_backup_can_be_moved(store: Path, tmp_path: Path) -> None:
    made = backup(store)
    shutil.move(made.path, tmp_path / "elsewhere")
    assert check_backup(tmp_path / "elsewhere").record == made.record

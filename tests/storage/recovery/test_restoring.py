"""A store made again from a backup works, says so for ever, and hides nothing of what it lacks."""

import json
import shutil
from pathlib import Path

import pytest

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.anchor import check_anchor
from storage.audit.chain import Checkpoint
from storage.audit.views import AuditQuery, checkpoint, list_events, verify
from storage.entries.views import EntryQuery, list_entries
from storage.errors import BackupUnusable, BadInput, StoreDamaged
from storage.evidence.actions import add_document
from storage.recovery.backing_up import backup
from storage.recovery.restoring import Restored, restore
from storage.turn import is_held
from tests.builders import a_second_officer, an_entry
from tests.clock import ShipClock


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Where a store will be made again."""
    return tmp_path / "again"


def restored(given: Path, target: Path, present: Path | None, clock: ShipClock) -> Restored:
    """With no store open in this process, as on the command line."""
    database.close()
    return restore(SYSTEM, given, target, present, clock=clock)


def test_a_restored_store_holds_what_was_backed_up_and_goes_on(
    store: Path, target: Path, clock: ShipClock, tmp_path: Path
) -> None:
    before = an_entry().narrative
    chart = tmp_path / "chart.txt"
    chart.write_text("Wreck marked")
    add_document(a_second_officer().actor, chart)
    made = backup(store, clock=clock)
    clock.advance(days=3)
    found = restored(made.path, target, store, clock)
    assert (found.age_s, found.events) == (3 * 86_400, made.record.audit.size)
    database.open_store(target, clock=clock)
    check_anchor()
    assert verify().ok
    assert [row.narrative for row in list_entries(EntryQuery())] == [before]
    assert [p.read_text() for p in target.glob("handover/*/sources/*/original")] == ["Wreck marked"]
    an_entry("After the restoration.")
    assert verify([made.record.audit]).ok
    assert not is_held(target / database.LOCK_NAME)


def test_it_says_on_record_what_it_was_made_of_and_how_much_is_not_in_it(
    store: Path, target: Path, clock: ShipClock
) -> None:
    made = backup(store, clock=clock)
    an_entry()
    an_entry("And another.")
    lost = checkpoint().size - made.record.audit.size
    found = restored(made.path, target, store, clock)
    assert found.later is not None
    assert (found.later.events, found.later.acts) == (lost, {"entry.captured": 2})
    assert not found.later.parted
    database.open_store(target, clock=clock)
    (event,) = list_events(AuditQuery(action="store.restored"))
    assert event.seq == made.record.audit.size + 1
    assert event.detail["not_in_it"] == lost
    assert event.detail["fingerprint"] == made.fingerprint


def test_a_fingerprint_printed_after_the_backup_disagrees_and_the_reason_is_said(
    store: Path, target: Path, clock: ShipClock
) -> None:
    """I15: a cut tail shows, and that it was a restoration is said and not asked to be believed."""
    made = backup(store, clock=clock)
    an_entry()
    an_entry("And another.")
    printed = checkpoint()
    restored(made.path, target, store, clock)
    database.open_store(target, clock=clock)
    problem = verify([printed]).problem or ""
    assert "was once recorded (restored from a backup at event" in problem


def test_an_old_copy_put_in_place_without_a_restoration_is_refused_as_ever(
    store: Path, clock: ShipClock
) -> None:
    """I15: only `restore` gives a copy an anchor of its own."""
    made = backup(store, clock=clock)
    an_entry()
    mark = checkpoint()
    (store / "anchor.json").write_text(mark.model_dump_json())
    database.close()
    shutil.copyfile(made.path / "ledger.db", store / "ledger.db")
    for name in ("ledger.db-wal", "ledger.db-shm"):
        (store / name).unlink(missing_ok=True)
    database.open_store(store, clock=clock)
    with pytest.raises(StoreDamaged, match="older copy"):
        check_anchor()


def test_a_present_store_that_cannot_be_read_still_tells_by_its_anchor(
    store: Path, target: Path, clock: ShipClock
) -> None:
    made = backup(store, clock=clock)
    size = made.record.audit.size
    (store / "anchor.json").write_text(Checkpoint(size=size + 7, root="0" * 64).model_dump_json())
    database.close()
    (store / "ledger.db").write_bytes(b"\0" * 8192)
    found = restored(made.path, target, store, clock)
    assert found.later is not None and found.later.events == 7
    assert "cannot be read" in found.unknown_since


def test_without_a_present_store_that_is_said(store: Path, target: Path, clock: ShipClock) -> None:
    made = backup(store, clock=clock)
    found = restored(made.path, target, None, clock)
    assert found.later is None and "no present store" in found.unknown_since


def test_a_backup_of_a_store_that_went_another_way_is_told_apart(
    store: Path, target: Path, clock: ShipClock, tmp_path: Path
) -> None:
    early = backup(store, clock=clock)
    an_entry()
    late = backup(store, clock=clock)
    restored(early.path, target, store, clock)
    found = restored(late.path, tmp_path / "third", target, clock)
    assert found.later is not None and found.later.parted


@pytest.mark.parametrize("name", ["ledger.db", "anchor.json", "backup.json", "SHA256SUMS"])
def test_a_spoilt_backup_is_refused_and_nothing_is_left(
    store: Path, target: Path, clock: ShipClock, name: str
) -> None:
    path = backup(store, clock=clock).path / name
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(BackupUnusable):
        restored(path.parent, target, store, clock)
    assert sorted(p.name for p in target.parent.iterdir()) == ["ship"]


def test_a_list_of_hashes_that_leads_out_of_the_backup_is_refused(
    store: Path, target: Path, clock: ShipClock
) -> None:
    path = backup(store, clock=clock).path / "SHA256SUMS"
    path.write_text(path.read_text() + f"{'0' * 64}  ../../ship/ledger.db\n")
    with pytest.raises(BackupUnusable, match="cannot be understood"):
        restored(path.parent, target, store, clock)


def test_a_folder_that_holds_something_is_never_restored_to(store: Path, clock: ShipClock) -> None:
    made = backup(store, clock=clock)
    before = (store / "ledger.db").read_bytes()
    with pytest.raises(BadInput, match="there already"):
        restored(made.path, store, None, clock)
    assert (store / "ledger.db").read_bytes() == before


def test_a_backup_may_be_named_by_a_file_in_it(store: Path, target: Path, clock: ShipClock) -> None:
    made = backup(store, clock=clock)
    restored(made.path / "ledger.db", target, None, clock)
    assert json.loads((target / "anchor.json").read_text())["size"] == made.record.audit.size + 1


def test_what_was_wrong_when_it_was_copied_is_said_again(
    store: Path, target: Path, clock: ShipClock, tmp_path: Path
) -> None:
    chart = tmp_path / "chart.txt"
    chart.write_text("Wreck marked")
    add_document(a_second_officer().actor, chart)
    next(store.glob("handover/*/sources/*/original")).unlink()
    made = backup(store, clock=clock)
    (complaint,) = restored(made.path, target, store, clock).complaints
    assert "is missing" in complaint

"""When the store cannot be used, the right leaf says so in one sentence, and nothing is written."""

import fcntl
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import database, engine
from storage.audit.views import count_events
from storage.durable import write_durably, write_once
from storage.entries.views import count_entries
from storage.errors import (
    EightBellsError,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreExists,
    StoreFull,
    StoreMissing,
    StoreReadOnly,
    StoreUnsupported,
)
from storage.guard import check_file_system, check_library, file_system_of
from tests.builders import an_entry
from tests.clock import ShipClock
from tests.storage.tampering import raw

pytestmark = pytest.mark.aboard

AS_NOBODY = """
import os, sys
from pathlib import Path
from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.actions import act
from storage.errors import StoreReadOnly
home, elsewhere = map(Path, sys.argv[1:])
database.create(elsewhere)  # loads all that is needed while it may still be read
database.close()
if os.getuid() == 0:
    os.setuid(65534)
try:
    database.open_store(home)
    with act(SYSTEM, "test.written", "test"):
        pass
except StoreReadOnly as error:
    print(error)
"""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users of this machine may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def all_leaves(of: type[EightBellsError] = EightBellsError) -> list[type[EightBellsError]]:
    found = []
    for leaf in of.__subclasses__():
        found += [leaf, *all_leaves(leaf)]
    return found


def test_every_error_has_a_code_of_its_own() -> None:
    codes = [leaf.code for leaf in all_leaves()]
    assert len(codes) == len(set(codes))


def test_every_error_stands_in_the_tree_drawn_at_the_top() -> None:
    drawn = sys.modules["storage.errors"].__doc__ or ""
    assert [leaf.__name__ for leaf in all_leaves() if leaf.__name__ not in drawn] == []


def test_a_store_that_is_not_there_is_missing(home: Path) -> None:
    with pytest.raises(StoreMissing, match="eightbells init"):
        database.open_store(home)
    assert not home.exists(), "looking for a store makes nothing"


def test_a_second_store_is_not_made_over_the_first(store: Path, clock: ShipClock) -> None:
    before = (store / database.FILE_NAME).stat().st_ino
    with pytest.raises(StoreExists, match="nothing was changed"):
        database.create(store, clock=clock)
    assert (store / database.FILE_NAME).stat().st_ino == before


def test_without_an_open_store_nothing_pretends_to_work() -> None:
    with pytest.raises(StoreError, match="No store is open"):
        database.now()
    with pytest.raises(StoreError, match="No store is open"), database.transaction():
        pass


def test_a_file_that_is_no_database_is_damaged(home: Path) -> None:
    home.mkdir()
    (home / database.FILE_NAME).write_bytes(b"This is a letter to the owner." * 200)
    with pytest.raises(StoreDamaged, match="is damaged"):
        database.open_store(home)


def test_an_empty_file_left_by_a_power_cut_at_birth_becomes_a_store(home: Path) -> None:
    home.mkdir()
    (home / database.FILE_NAME).touch()
    database.open_store(home)
    assert count_entries() == 0


def test_torn_pages_are_found(store: Path, clock: ShipClock) -> None:
    database.close()
    path = store / database.FILE_NAME
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 64] = os.urandom(64)
    path.write_bytes(data)
    with pytest.raises(StoreDamaged):
        database.open_store(store, clock=clock)
        count_entries()
        count_events()


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER audit_event_never_changes",
        "DROP TRIGGER handover_never_goes",
        "DROP INDEX one_open_draft_per_vessel",
        "CREATE TRIGGER sly AFTER INSERT ON entry BEGIN SELECT 1; END",
        "ALTER TABLE entry ADD COLUMN owner TEXT",
    ],
)
def test_a_changed_schema_is_found_before_anything_is_done(
    store: Path, clock: ShipClock, change: str
) -> None:
    database.close()
    with raw(store) as connection:
        connection.execute(change)
    with pytest.raises(StoreDamaged, match="refusing triggers"):
        database.open_store(store, clock=clock)


def test_a_writer_who_holds_the_turn_too_long_makes_others_give_up(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.sqlite.BUSY_TIMEOUT_S", 0.05)
    with (store / database.LOCK_NAME).open("r+b") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(StoreBusy, match="nothing was written"):
            an_entry()
    assert count_entries() == 0
    an_entry("The turn is free again.")


def test_another_tool_that_locks_the_file_itself_is_busy_too(store: Path) -> None:
    engine.ledger.execute_sql("PRAGMA busy_timeout = 20")
    with raw(store) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            an_entry()
        connection.rollback()
    assert count_entries() == 0


def test_a_full_disk_writes_nothing_and_the_store_goes_on_when_there_is_room(store: Path) -> None:
    pages = engine.ledger.execute_sql("PRAGMA page_count").fetchone()[0]
    engine.ledger.execute_sql(f"PRAGMA max_page_count = {pages + 4}")
    events = count_events()
    with pytest.raises(StoreFull, match="is full; nothing was written"):
        for _ in range(50):
            written = count_entries()
            events = count_events()
            an_entry("The bilge is dry. " * 300)
    assert (count_entries(), count_events()) == (written, events)
    engine.ledger.execute_sql("PRAGMA max_page_count = 1000000")
    an_entry("There is room again.")
    assert count_entries() == written + 1


def test_a_full_disk_leaves_no_half_file(tmp_path: Path) -> None:
    target = tmp_path / "handover.json"
    (tmp_path / f".handover.json.{os.getpid()}.tmp").symlink_to("/dev/full")
    with pytest.raises(StoreFull):
        write_durably(target, b"x" * 10_000)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_written_once_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "original"
    write_once(target, b"first")
    write_once(target, b"first")
    with pytest.raises(FileExistsError):
        write_once(target, b"second")
    assert target.read_bytes() == b"first"
    assert target.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("file_mode", [0o644, 0o600])
@pytest.mark.parametrize("in_use", [False, True])
def test_a_store_that_may_not_be_written_is_read_only(
    open_folder: Path, tmp_path: Path, clock: ShipClock, file_mode: int, in_use: bool
) -> None:
    home = open_folder / "ship"
    database.create(home, clock=clock)
    if not in_use:
        database.close()
    mask = 0o777 if os.getuid() == 0 else 0o555
    for path in home.iterdir():
        path.chmod((0o755 if path.is_dir() else file_mode) & mask)
    home.chmod(0o755 & mask)
    said = subprocess.run(
        [sys.executable, "-c", AS_NOBODY, str(home), str(tmp_path / "elsewhere")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    home.chmod(0o700)
    assert said.stdout.strip() == str(StoreReadOnly(home=home))


def test_a_place_where_no_folder_can_be_made_is_read_only(home: Path) -> None:
    home.write_text("a file where the folder should be")
    with pytest.raises(StoreReadOnly):
        database.create(home)


def test_this_library_keeps_the_promises() -> None:
    check_library()


def test_a_local_disk_is_accepted_and_a_network_share_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check_file_system(tmp_path)
    monkeypatch.setattr("storage.guard.REMOTE_FILE_SYSTEMS", {_kind_of(tmp_path)})
    with pytest.raises(StoreUnsupported, match="network share"):
        check_file_system(tmp_path)
    with pytest.raises(StoreUnsupported, match="network share"):
        database.create(tmp_path / "ship")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/mnt/Büro am Hafen/ship", "nfs4"),
        ("/mnt/Büro am Hafen", "nfs4"),
        ("/mnt/Büro am Hafenbecken", "ext4"),
        ("/mnt/later", "cifs"),
    ],
)
def test_a_share_is_known_by_the_name_of_its_folder_in_any_language(folder: str, kind: str) -> None:
    mounts = (
        "/dev/sda1 / ext4 rw 0 0\nnas:/a /mnt/Büro\\040am\\040Hafen nfs4 rw 0 0\n"
        "systemd-1 /mnt/later autofs rw 0 0\n//nas/b /mnt/later cifs rw 0 0\n"
    )
    assert file_system_of(Path(folder), mounts) == kind


def _kind_of(folder: Path) -> str:
    """The file system a folder is on, as the machine itself names it."""
    lines = [line.split() for line in Path("/proc/self/mounts").read_text().splitlines()]
    inside = [(p, kind) for _, p, kind, *_ in lines if folder.resolve().is_relative_to(p)]
    return max(inside, key=lambda found: len(found[0]))[1]

"""A backup that is killed, or runs out of room, leaves the older ones and no half of itself."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM
from storage.database import quick_check
from storage.errors import BackupFailed
from storage.jobs import actions
from storage.recovery import media
from storage.recovery.backing_up import backup, newest_of
from storage.recovery.checking import check_backup
from storage.recovery.rotation import backups_in
from tests.crash.conftest import Extent
from tests.crash.test_full_disk import _fill, _mount

MEGABYTE = 1 << 20
ROUNDS_A_COPY = 2


def fill(store: Path, megabytes: int) -> None:
    """Make a backup take a while: a large database, and a file beside it."""
    for _ in range(megabytes):
        actions.submit_together(SYSTEM, "debug", {"message": "x" * 9_000}, 50)
    (store / "large").write_bytes(random.Random(7).randbytes(megabytes * MEGABYTE))


def in_a_process(store: Path, to: Path | None = None) -> "subprocess.Popen[str]":
    """The backup of a job, as the worker starts it."""
    given = json.dumps({"to": to and str(to)})
    words = [sys.executable, "-m", "worker.apart", "backup", str(store), given]
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_a_backup_killed_at_any_point_leaves_the_older_ones_whole(
    store: Path, chance: random.Random, extent: Extent, ending: signal.Signals
) -> None:
    fill(store, 4)
    first = backup(store)
    for _ in range(ROUNDS_A_COPY * extent.copies // 2):
        process = in_a_process(store)
        assert process.stdout is not None
        for _ in range(chance.randrange(1, 12)):  # so many steps it tells of, then no further
            process.stdout.readline()
        time.sleep(chance.random() / 50)
        process.send_signal(ending)
        process.communicate()
        for path, _ in backups_in(store / "backups"):
            check_backup(path)  # whole, whether it was made before or just in time
        left = list((store / "backups").glob(".*.tmp"))
        assert ending is signal.SIGKILL or left == []
    assert check_backup(first.path) == first
    last = backup(store)
    assert check_backup(last.path) == last
    assert list((store / "backups").glob(".*.tmp")) == []
    assert quick_check() == []


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Path]:
    """A medium of twelve megabytes, where this user may mount one."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mounted = _mount(folder, "size=12m")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def _no_reserve(monkeypatch: pytest.MonkeyPatch) -> None:
    """The room that is kept free is more than the whole of this medium."""
    monkeypatch.setattr(media, "RESERVE_BYTES", 0)


@pytest.mark.usefixtures("_no_reserve")
def test_a_medium_that_fills_up_keeps_the_older_backup_and_takes_the_next_one(
    store: Path, stick: Path
) -> None:
    first = backup(store, stick)

    def fill_up(phase: str, current: int, total: int) -> None:
        _fill(stick / "ballast")

    (store / "large").write_bytes(bytes(2 * MEGABYTE))
    with pytest.raises(BackupFailed, match="the disk is full"):
        backup(store, stick, report=fill_up)
    (stick / "ballast").unlink()
    assert newest_of(stick) == first.path
    assert check_backup(first.path) == first
    assert list(stick.glob(".*.tmp")) == []
    check_backup(backup(store, stick).path)


def test_what_would_not_fit_is_refused_before_it_fills_the_disk(store: Path, stick: Path) -> None:
    with pytest.raises(BackupFailed, match=r"it needs [\d.]+ MB, and [\d.]+ MB are free"):
        backup(store, stick)
    assert list(stick.glob("[!.]*")) == []


@pytest.mark.usefixtures("_no_reserve")
def test_a_medium_that_can_only_be_read_is_named(store: Path, stick: Path) -> None:
    first = backup(store, stick)
    assert _mount(stick, "remount,ro").returncode == 0
    with pytest.raises(BackupFailed, match="it can only be read"):
        backup(store, stick)
    assert check_backup(first.path) == first
    assert _mount(stick, "remount,rw").returncode == 0


@pytest.mark.usefixtures("_no_reserve")
def test_a_medium_that_is_pulled_out_is_named(store: Path, stick: Path) -> None:
    def pull(phase: str, current: int, total: int) -> None:
        if stick.exists() and phase == "files":
            for path in sorted(stick.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()

    (store / "note").write_text("one file more")
    with pytest.raises(BackupFailed):
        backup(store, stick, report=pull)
    assert quick_check() == []

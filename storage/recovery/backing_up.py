"""Making a backup: one folder that is whole under its final name, or not there at all.

The copy of the database comes first, the files after it: whatever a row names was durable before
the row was, so all of it is there to be copied. A store of any earlier version is backed up as it
is; nothing here asks for tables of the application, or for the store to be open.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.audit.chain import Checkpoint
from storage.clock import SYSTEM_CLOCK, Clock
from storage.database import FILE_NAME
from storage.durable import sync_folder, write_durably
from storage.errors import BackupFailed, BackupUnusable
from storage.guard import check_library, require_file
from storage.recovery.checking import check_bytes, complaints_of
from storage.recovery.copying import Report, copy_database, head_of, looked_at, silent
from storage.recovery.files import copy_file, files_of, hash_of, sync_folders
from storage.recovery.manifest import (
    FACTS,
    HASHES,
    Backup,
    BackupRecord,
    hashes_text,
    read_hashes,
)
from storage.recovery.media import plainly, require_room
from storage.recovery.on_server import refuse_on_a_server

BACKUPS = "backups"
ANCHOR = "anchor.json"
LOCK_NAME = ".lock"


def backup(
    home: Path,
    to: Path | None = None,
    *,
    label: str = "",
    clock: Clock = SYSTEM_CLOCK,
    report: Report = silent,
) -> Backup:
    """Back a store up into a new folder in `to`, or in its own `backups`, and read it all again.

    `to` must exist: a stick that is not mounted is not replaced by a folder on the ship's disk.
    What is wrong with the store itself (a broken log, a file gone) does not stop a backup; the
    record's `complaints` say it.

    Raises:
        BackupFailed: no room, no leave, the medium is gone, another backup is being made there, or
        what was read again is not what was written. StoreMissing. StoreDamaged: it cannot be read.
    """
    refuse_on_a_server()
    check_library()
    require_file(home / FILE_NAME)
    folder = to or home / BACKUPS
    with plainly(home, folder):
        if to is None:
            folder.mkdir(exist_ok=True, mode=0o700)
        with _alone_in(folder):
            return _made(home, folder, label, clock, report)


def _made(home: Path, folder: Path, label: str, clock: Clock, report: Report) -> Backup:
    earlier = newest_of(folder)
    require_room(home, folder, earlier)
    workshop = folder / f".{os.getpid()}.tmp"
    try:
        workshop.mkdir(mode=0o700)
        record = _filled(workshop, home, earlier, label, clock, report)
        sync_folders(workshop)
        fingerprint = _read_again(workshop, folder, report)
        place = _free_name(folder, record)
        workshop.rename(place)
        sync_folder(folder)
    except BaseException:
        shutil.rmtree(workshop, ignore_errors=True)
        raise
    return Backup(place, record, fingerprint)


def _read_again(workshop: Path, folder: Path, report: Report) -> str:
    """Every byte from the medium, against the hashes of what was opened and walked."""
    try:
        check_bytes(workshop, report)
    except BackupUnusable as error:
        raise BackupFailed(where=folder, why=error.facts["why"]) from error
    return hash_of(workshop / HASHES)


def _filled(
    workshop: Path, home: Path, earlier: Path | None, label: str, clock: Clock, report: Report
) -> BackupRecord:
    """Everything a backup consists of, and its hashes last."""
    vouched = vouched_for(home)
    copy_database(home / FILE_NAME, workshop / FILE_NAME, report)
    hashes = {FILE_NAME: hash_of(workshop / FILE_NAME)} | _files(workshop, home, earlier, report)
    with looked_at(workshop / FILE_NAME, alone=True) as connection:
        head, complaints = head_of(connection), complaints_of(connection, workshop, report)
    if vouched is not None and vouched.size > head.audit.size:
        complaints.append(
            f"the log ends at event {head.audit.size}, and its anchor knows {vouched.size}"
        )
    write_durably(workshop / ANCHOR, head.audit.model_dump_json().encode())
    record = BackupRecord(
        made_at=clock.utcnow(), **head.model_dump(), label=label, files=len(hashes),
        bytes=sum((workshop / name).stat().st_size for name in hashes),
        complaints=tuple(complaints),
    )  # fmt: skip
    write_durably(workshop / FACTS, record.model_dump_json(indent=2).encode() + b"\n")
    hashes |= {name: hash_of(workshop / name) for name in (ANCHOR, FACTS)}
    write_durably(workshop / HASHES, hashes_text(hashes).encode())
    return record


def _files(workshop: Path, home: Path, earlier: Path | None, report: Report) -> dict[str, str]:
    """The files beside the database, each with its hash.

    What an earlier backup has already is named once more instead of copied, where the medium can
    do that and its bytes are still those of the source.
    """
    names, hashes = [str(name) for name in files_of(home)], {}
    known: dict[str, str] = {}
    with suppress(BackupUnusable):
        known = read_hashes(earlier) if earlier else {}
    for number, name in enumerate(names, start=1):
        report("files", number, len(names))
        if earlier and _linked(home, earlier, workshop, name, known.get(name)):
            hashes[name] = known[name]
        elif (digest := copy_file(home / name, workshop / name)) is not None:
            hashes[name] = digest
    return hashes


def _linked(home: Path, earlier: Path, workshop: Path, name: str, digest: str | None) -> bool:
    try:
        if digest is None or hash_of(home / name) != digest or hash_of(earlier / name) != digest:
            return False
        (workshop / name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.link(earlier / name, workshop / name)
    except OSError:
        return False
    return True


def newest_of(folder: Path) -> Path | None:
    """The backup in a folder that was made last, by its name; None when there is none."""
    return max((path.parent for path in folder.glob(f"[!.]*/{FACTS}")), default=None)


def _free_name(folder: Path, record: BackupRecord) -> Path:
    """`20260301T040000Z-1234`: when it was made and how many events it holds."""
    label = f"-{record.label}" if record.label else ""
    stem = f"{record.made_at:%Y%m%dT%H%M%SZ}-{record.audit.size}{label}"
    names = (stem, *(f"{stem}-{n}" for n in range(2, 1000)))
    return next(folder / name for name in names if not (folder / name).exists())


def vouched_for(home: Path) -> Checkpoint | None:
    """What the anchor beside a store knows; None without one that can be read."""
    try:
        return Checkpoint.model_validate_json((home / ANCHOR).read_bytes())
    except (OSError, ValueError):
        return None


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Nobody else backs up into the same folder; what killed ones left behind is cleared away."""
    handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for left in folder.glob(".*.tmp"):
            shutil.rmtree(left, ignore_errors=True)
        yield
    except BlockingIOError:
        raise BackupFailed(where=folder, why="another one is being made there.") from None
    finally:
        os.close(handle)

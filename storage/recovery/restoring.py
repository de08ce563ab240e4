"""A store made again from a backup: in a new folder, whole or not there, and it says so for ever.

The restored store vouches for the events it holds and goes on from there; its next event tells what
it was made of. A fingerprint printed later than the backup still disagrees with it, as it should.
"""

import shutil
from datetime import datetime
from pathlib import Path

from storage.audit.actor import Actor
from storage.audit.anchor import write_anchor
from storage.clock import SYSTEM_CLOCK, Clock
from storage.database import FOLDERS, LOCK_NAME, close, open_store
from storage.errors import BackupUnusable, StoreError
from storage.recovery.actions import record_restoration
from storage.recovery.checking import DATABASE, check_backup
from storage.recovery.copying import Report, silent
from storage.recovery.files import copy_file
from storage.recovery.later import Later, recorded_since
from storage.recovery.manifest import FACTS, HASHES, Backup, read_hashes
from storage.recovery.on_server import refuse_on_a_server
from storage.recovery.shaping import require_new, taking_shape
from storage.value import Value


class Restored(Value):
    """A store that was made of a backup. `later`: what the present store has beyond it.

    `unknown_since` says why that could not be told.
    """

    home: Path
    backup: Path
    fingerprint: str
    made_at: datetime
    age_s: int
    events: int
    last_event_at: datetime | None
    complaints: tuple[str, ...]
    later: Later | None
    unknown_since: str = ""


def restore(
    actor: Actor, given: Path, target: Path, present: Path | None = None, *,
    clock: Clock = SYSTEM_CLOCK, report: Report = silent,
) -> Restored:  # fmt: skip
    """Make a store in the new folder `target` of a backup: its folder, or a file in it.

    `present` is the store used until now, if there is one: what it recorded since is counted.

    Raises:
        BadInput: the folder is not new. BackupUnusable: the backup is not what it was. Failed: no
        room or no leave; nothing is left behind. StoreError: what came of it cannot be opened.
    """
    refuse_on_a_server()
    folder = given if given.is_dir() else given.parent
    require_new(target)
    backup = check_backup(folder, report)
    if any(complaint.startswith(DATABASE) for complaint in backup.record.complaints):
        why = "its store was damaged when it was copied; `eightbells doctor --salvage` reads it."
        raise BackupUnusable(where=folder, why=why)
    later, unknown = recorded_since(present, backup.record)
    with taking_shape(target) as workshop:
        _fill(workshop, folder, report)
    _put_on_record(actor, target, backup, later, clock)
    record = backup.record
    return Restored(
        home=target, backup=folder, fingerprint=backup.fingerprint, made_at=record.made_at,
        age_s=int((clock.utcnow() - record.made_at).total_seconds()), events=record.audit.size,
        last_event_at=record.last_event_at, complaints=record.complaints,
        later=later, unknown_since=unknown,
    )  # fmt: skip


def _fill(workshop: Path, folder: Path, report: Report) -> None:
    """Every file but those about the backup itself, each held against its hash once more."""
    hashes = {name: h for name, h in read_hashes(folder).items() if name not in (FACTS, HASHES)}
    for number, (name, digest) in enumerate(hashes.items(), start=1):
        report("restore", number, len(hashes))
        if copy_file(folder / name, workshop / name) != digest:
            raise BackupUnusable(where=folder, why=f"{name} changed while it was read.")
    for name in FOLDERS:
        (workshop / name).mkdir(exist_ok=True, mode=0o700)
    (workshop / LOCK_NAME).touch(mode=0o600)


def _put_on_record(
    actor: Actor, target: Path, backup: Backup, later: Later | None, clock: Clock
) -> None:
    """Open it, as every later command will, and let its next event say what it is."""
    try:
        open_store(target, clock=clock)
        record_restoration(actor, backup, later.events if later else None)
        write_anchor()
    except StoreError:
        close()
        shutil.rmtree(target, ignore_errors=True)
        raise
    close()

"""Opening a store as programs do: one of an earlier version is backed up, then brought up."""

from pathlib import Path
from typing import TYPE_CHECKING

from storage.audit.actions import act
from storage.audit.actor import SYSTEM, Actor
from storage.clock import SYSTEM_CLOCK, Clock
from storage.database import close, open_store
from storage.errors import BackupFailed, NotUpgraded

if TYPE_CHECKING:
    from storage.recovery.manifest import Backup

LABEL = "before-upgrade"


def open_upgraded(home: Path, *, clock: Clock = SYSTEM_CLOCK) -> "Backup | None":
    """Open the store in `home`; the backup that was made of it if it was of an earlier version.

    No store is brought up without a whole backup beside it, which rotation leaves alone and which
    the way back of docs/installation.md starts from.

    Raises:
        NotUpgraded: the backup or a migration failed; the store is as it was. StoreError: as
        `open_store`.
    """
    made: list[Backup] = []
    try:
        open_store(home, clock=clock, before_migrating=lambda: made.append(_safe(home, clock)))
    except Exception as error:
        close()
        if made:
            why = f"{str(error).rstrip('.')}. A backup of it is {made[0].path}."
            raise NotUpgraded(home=home, why=why) from error
        raise
    for backup_made in made:
        record_upgrade(SYSTEM, backup_made)
    return made[0] if made else None


def record_upgrade(actor: Actor, made: "Backup") -> None:
    """Note in a store that was just brought up from which version, and what it was copied to."""
    with act(actor, "store.upgraded", "store", made.path.name) as deed:
        deed.detail = {
            "from": made.record.schema_name,
            "backup": str(made.path),
            "fingerprint": made.fingerprint,
        }


def _safe(home: Path, clock: Clock) -> "Backup":
    from storage.recovery.backing_up import backup  # late: a store is rarely brought up

    try:
        return backup(home, label=LABEL, clock=clock)
    except BackupFailed as error:
        raise NotUpgraded(home=home, why=str(error)) from error

"""What the store costs and what guards it: sizes, room on the disk, the anchor, backups."""

from datetime import UTC, datetime
from pathlib import Path

from storage.alerts.observing import free_bytes
from storage.alerts.states import DISK_LOW_BYTES
from storage.audit import anchor
from storage.audit.views import checkpoint
from storage.database import FILE_NAME, home, read_only
from storage.value import Value

BACKUPS = "backups"


class Backup(Value):
    """One file in the folder of backups."""

    name: str
    bytes: int
    made_at: datetime


class Upkeep(Value):
    """The store on the disk. `anchored`: how many events the anchor vouches for; None: no anchor.

    `log_bytes` is the write-ahead log, which is folded into the file from time to time.
    """

    store_bytes: int
    log_bytes: int
    free_bytes: int
    events: int
    anchored: int | None
    anchored_at: datetime | None
    backups: int
    last_backup: Backup | None

    @property
    def is_disk_low(self) -> bool:
        """Whether the disk is so full that an alert stands for it."""
        return self.free_bytes < DISK_LOW_BYTES


def take_upkeep() -> Upkeep:
    """The store as it lies on the disk now."""
    folder, mark = home(), anchor.read_anchor()
    with read_only():
        events = checkpoint().size
    backups = sorted(_backups(folder / BACKUPS), key=lambda one: one.made_at)
    return Upkeep(
        store_bytes=_size(folder / FILE_NAME),
        log_bytes=_size(folder / f"{FILE_NAME}-wal"),
        free_bytes=free_bytes(),
        events=events,
        anchored=mark.size if mark else None,
        anchored_at=_changed_at(folder / anchor.FILE_NAME) if mark else None,
        backups=len(backups),
        last_backup=backups[-1] if backups else None,
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _backups(folder: Path) -> list[Backup]:
    files = [path for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []
    return [Backup(name=p.name, bytes=_size(p), made_at=_changed_at(p)) for p in files]

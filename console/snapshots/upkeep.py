"""What the store costs and what guards it: sizes, room on the disk, the anchor, backups."""

from datetime import UTC, datetime
from pathlib import Path

from storage.alerts.observing import free_bytes
from storage.alerts.states import DISK_LOW_BYTES
from storage.audit import anchor
from storage.audit.views import AuditQuery, AuditRow, checkpoint, list_events
from storage.database import FILE_NAME, home, read_only
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery, JobRow
from storage.jobs.views import list_jobs
from storage.recovery.backing_up import BACKUPS
from storage.recovery.manifest import FACTS
from storage.value import Value

CHECKS = (JobKind.STORE_CHECK, JobKind.AUDIT_VERIFY)


class LastBackup(Value):
    """The newest backup on record. `whole`: nothing was wrong with the store it was made of."""

    path: str
    bytes: int
    made_at: datetime
    whole: bool


class Upkeep(Value):
    """The store on the disk. `anchored`: how many events the anchor vouches for; None: no anchor.

    `log_bytes` is the write-ahead log, which is folded into the file from time to time. `backups`:
    how many lie beside the store. `checks`: the newest job of each kind that checks.
    """

    store_bytes: int
    log_bytes: int
    free_bytes: int
    events: int
    anchored: int | None
    anchored_at: datetime | None
    backups: int
    last_backup: LastBackup | None
    checks: tuple[JobRow, ...] = ()

    @property
    def is_disk_low(self) -> bool:
        """Whether the disk is so full that an alert stands for it."""
        return self.free_bytes < DISK_LOW_BYTES


def take_upkeep() -> Upkeep:
    """The store as it lies on the disk now."""
    folder, mark = home(), anchor.read_anchor()
    with read_only():
        events = checkpoint().size
        last = list_events(AuditQuery(action="backup.made"), limit=1)
        checks = [row for kind in CHECKS for row in list_jobs(JobQuery(kind=kind), limit=1)]
    return Upkeep(
        store_bytes=_size(folder / FILE_NAME),
        log_bytes=_size(folder / f"{FILE_NAME}-wal"),
        free_bytes=free_bytes(),
        events=events,
        anchored=mark.size if mark else None,
        anchored_at=_changed_at(folder / anchor.FILE_NAME) if mark else None,
        backups=len(list((folder / BACKUPS).glob(f"[!.]*/{FACTS}"))),
        last_backup=_backup(last[0]) if last else None,
        checks=tuple(checks),
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _changed_at(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _backup(event: AuditRow) -> LastBackup:
    told = event.detail
    return LastBackup(
        path=told["path"], bytes=told["bytes"], made_at=event.at, whole=not told["complaints"]
    )

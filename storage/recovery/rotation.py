"""Which backups are kept: the newest few, and one of each of the last days, weeks and months."""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from storage.durable import sync_folder
from storage.errors import BackupUnusable
from storage.jobs.limits import Keep
from storage.recovery.manifest import FACTS, Backup, BackupRecord, read_record

PERIODS: dict[str, Callable[[datetime], str]] = {
    "newest": lambda at: at.isoformat(),
    "days": lambda at: f"{at:%Y-%m-%d}",
    "weeks": lambda at: f"{at:%G-%V}",
    "months": lambda at: f"{at:%Y-%m}",
}
"""The period a backup stands for, by the name of the rule that counts those."""

Dated = tuple[datetime, str]
"""When a backup was made, and its name."""


def kept(backups: Iterable[Dated], keep: Keep) -> set[str]:
    """The names that stay: of each of the newest periods its newest backup (pure)."""
    newest_first = sorted(backups, reverse=True)
    staying: set[str] = set()
    for rule, period in PERIODS.items():
        newest_of: dict[str, str] = {}
        for at, name in newest_first:
            newest_of.setdefault(period(at), name)
        staying.update(list(newest_of.values())[: getattr(keep, rule)])
    return staying


def rotate(made: Backup, keep: Keep) -> list[str]:
    """Remove what is kept no longer beside a backup that was just made; the names that went.

    Only backups of the same store go, none with a label, none whose store was not whole, and none
    at all after one whose store was not whole: it may be the others that are needed.
    """
    folder, record = made.path.parent, made.record
    if record.complaints:
        return []
    alike = {
        path.name: other
        for path, other in backups_in(folder)
        if other.origin == record.origin and not other.label and not other.complaints
    }
    staying = kept(((other.made_at, name) for name, other in alike.items()), keep)
    gone = sorted(set(alike) - staying - {made.path.name})
    for name in gone:
        _remove(folder / name)
    return gone


def backups_in(folder: Path) -> list[tuple[Path, BackupRecord]]:
    """Every backup in a folder that says what it is, by name."""
    found = []
    for path in sorted(path.parent for path in folder.glob(f"[!.]*/{FACTS}")):
        try:
            found.append((path, read_record(path)))
        except BackupUnusable:
            continue
    return found


def _remove(path: Path) -> None:
    """Take a backup away, first under a name that is no backup's: half of one is never seen."""
    going = path.with_name(f".{path.name}.tmp")
    path.rename(going)
    sync_folder(path.parent)
    shutil.rmtree(going, ignore_errors=True)

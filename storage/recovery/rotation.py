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


def to_go(made: Backup, keep: Keep) -> list[str]:
    """The names of the backups that are kept no longer beside one that was just made.

    Only backups of the same store go, none with a label, none whose store was not whole, and none
    at all after one whose store was not whole: it may be the others that are needed.
    """
    record = made.record
    if record.complaints:
        return []
    alike = {
        path.name: other.made_at
        for path, other in backups_in(made.path.parent)
        if other.origin == record.origin and not other.label and not other.complaints
    }
    staying = kept(((at, name) for name, at in alike.items()), keep)
    return sorted(set(alike) - staying - {made.path.name})


def remove(folder: Path, names: Iterable[str]) -> None:
    """Take backups away, each first under a name that is no backup's: half of one is never seen."""
    for name in names:
        going = folder / f".{name}.tmp"
        (folder / name).rename(going)
        sync_folder(folder)
        shutil.rmtree(going, ignore_errors=True)


def backups_in(folder: Path) -> list[tuple[Path, BackupRecord]]:
    """Every backup in a folder that says what it is, by name."""
    found = []
    for path in sorted(path.parent for path in folder.glob(f"[!.]*/{FACTS}")):
        try:
            found.append((path, read_record(path)))
        except BackupUnusable:
            continue
    return found

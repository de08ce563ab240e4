"""Everything an examination can find, on one page: how grave it is, and what a person does (pure).

A grave finding means that something is lost or will be; the others are to be known.
"""

from enum import StrEnum
from typing import NamedTuple

from storage.value import Value


class Code(StrEnum):
    """What programs go by."""

    UNREADABLE = "store_unreadable"
    DAMAGED = "store_damaged"
    SCHEMA_NEWER = "schema_newer"
    SCHEMA_OLDER = "schema_older"
    SCHEMA_CHANGED = "schema_changed"
    CHAIN_BROKEN = "chain_broken"
    TAIL_LOST = "tail_lost"
    NO_ANCHOR = "anchor_missing"
    RESTORED = "restored"
    FILE_MISSING = "file_missing"
    FILE_CHANGED = "file_changed"
    FILE_UNREADABLE = "file_unreadable"
    ORPHAN = "file_orphaned"
    LEFTOVER = "leftover"
    WORKER_DEAD = "worker_dead"
    JOBS_LEFT = "jobs_left_running"
    CLOCK_BEHIND = "clock_behind"
    DISK_LOW = "disk_low"
    NO_BACKUP = "backup_missing"
    BACKUP_OLD = "backup_old"
    BACKUP_UNREADABLE = "backup_unreadable"


class Meaning(NamedTuple):
    """How grave a finding is, and what to do."""

    grave: bool
    to_do: str


_SALVAGE = "`eightbells restore` a backup, or `eightbells doctor --salvage NEWDIR` what is left."
_KEEP = "Copy the whole folder away as it is first; then"

MEANINGS: dict[Code, Meaning] = {
    Code.UNREADABLE: Meaning(True, f"{_KEEP} {_SALVAGE}"),
    Code.DAMAGED: Meaning(True, f"{_KEEP} {_SALVAGE}"),
    Code.SCHEMA_NEWER: Meaning(True, "Use the version of Eight Bells that wrote it, or a later."),
    Code.SCHEMA_OLDER: Meaning(False, "Opening it brings it up to date; `backup` it before."),
    Code.SCHEMA_CHANGED: Meaning(True, f"{_KEEP} `eightbells restore` a backup."),
    Code.CHAIN_BROKEN: Meaning(True, f"{_KEEP} find out who could write the file; restore."),
    Code.TAIL_LOST: Meaning(True, f"{_KEEP} `eightbells restore` the newest backup that has it."),
    Code.NO_ANCHOR: Meaning(True, "A running worker, or any command that writes, makes one."),
    Code.RESTORED: Meaning(False, "What came after it is only in the earlier store, if kept."),
    Code.FILE_MISSING: Meaning(
        True, "`eightbells manifest plan gap_fill` makes exports again; else copy it from a backup."
    ),
    Code.FILE_CHANGED: Meaning(True, "Move it away, then fill the gap as if it were missing."),
    Code.FILE_UNREADABLE: Meaning(
        True, "Give the account that runs Eight Bells its folder back; or the disk is failing."
    ),
    Code.ORPHAN: Meaning(False, "No record names it: look at it, then move it out of the folder."),
    Code.LEFTOVER: Meaning(False, "Unfinished work of a process that ended; it may be removed."),
    Code.WORKER_DEAD: Meaning(False, "The next worker notes its end by itself."),
    Code.JOBS_LEFT: Meaning(False, "Start a worker: it takes them back, and says which it cannot."),
    Code.CLOCK_BEHIND: Meaning(
        True, "Set this machine's clock. Events keep the time it showed, and their order by number."
    ),
    Code.DISK_LOW: Meaning(True, "Move old backups and exports off this disk."),
    Code.NO_BACKUP: Meaning(False, "`eightbells backup`; a running worker makes one every day."),
    Code.BACKUP_OLD: Meaning(False, "`eightbells backup`, and see why the daily one did not run."),
    Code.BACKUP_UNREADABLE: Meaning(False, "Make another, then take this one away."),
}  # fmt: skip


class Finding(Value):
    """One thing that was found."""

    code: Code
    message: str

    @property
    def grave(self) -> bool:
        """Whether something is lost, or will be."""
        return MEANINGS[self.code].grave

    @property
    def to_do(self) -> str:
        """What a person does about it."""
        return MEANINGS[self.code].to_do


class Check(Value):
    """One thing that was looked at: what it is like, and what was found wrong with it."""

    name: str
    detail: str
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing grave was found."""
        return not any(finding.grave for finding in self.findings)

"""Examining what lies around a store: files, leftovers, workers, clock, disk, backups."""

import re
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import Any

from storage.alerts.states import BACKUP_WITHIN
from storage.clock import age_words
from storage.recovery.backing_up import BACKUPS
from storage.recovery.copying import Report, has_table, head_of
from storage.recovery.evidence import (
    DIFFERENT,
    MISSING,
    UNREADABLE,
    WHOLE,
    files_on_record,
    state_of,
)
from storage.recovery.findings import Check, Code, Finding
from storage.recovery.rotation import backups_in
from storage.turn import is_held

LEAST_FREE_BYTES = 200 * 2**20
MOST = 20
"""Findings of one sort that are spelt out; the rest is a number."""
CLOCK_TOLERANCE = timedelta(seconds=2)
WRITTEN_FOR = ("signed", "exports", "sources")
"""Folders of a vessel in which every file is named by a row."""
BESIDE = frozenset({"metadata.json"})
"""A file that stands beside a named one and is not named itself."""
_FILE_CODES = {
    MISSING: Code.FILE_MISSING, DIFFERENT: Code.FILE_CHANGED, UNREADABLE: Code.FILE_UNREADABLE
}  # fmt: skip
_WORK = re.compile(r"\..*\.tmp|\.workshop")


@dataclass(frozen=True)
class Case:
    """A store under examination; without a connection when it cannot be read."""

    home: Path
    connection: Any
    at: datetime
    report: Report


def files(case: Case) -> Check:
    """Every file on record against its hash."""
    named = list(files_on_record(case.connection))
    wrong = [(one, state) for one in named if (state := state_of(case.home, one)) != WHOLE]
    found = [
        Finding(
            code=_FILE_CODES[state],
            message=f"{one.path} is {state}: {one.what}.",
        )
        for one, state in wrong
    ]
    return Check(name="files", detail=f"{len(named)} on record", findings=_few(found))


def orphans(case: Case) -> Check:
    """Files no record names, and unfinished work nobody is at."""
    named = {PurePosixPath(one.path) for one in files_on_record(case.connection)}
    stray = [p for p in _written_files(case.home) if p not in named and p.name not in BESIDE]
    found = [Finding(code=Code.ORPHAN, message=f"{path} is named by no record.") for path in stray]
    if not any(is_held(path) for path in (case.home / "workers").glob("*.lock")):
        hidden = sorted(path.relative_to(case.home) for path in case.home.rglob(".*"))
        left = [path for path in hidden if _WORK.fullmatch(path.name)]
        found += [Finding(code=Code.LEFTOVER, message=f"{path} was left behind.") for path in left]
    return Check(
        name="orphans", detail=f"{len(found)} files" if found else "none", findings=_few(found)
    )


def workers(case: Case) -> Check:
    """Locks of the dead, and jobs that still run on record in their hands."""
    if not has_table(case.connection, "job_worker"):
        return Check(name="workers", detail="this version had none")
    open_ones = case.connection.execute(
        "SELECT worker_id, host, pid FROM job_worker WHERE stopped_at IS NULL"
    ).fetchall()
    dead = [row for row in open_ones if not is_held(case.home / "workers" / f"{row[0]}.lock")]
    found = [
        Finding(code=Code.WORKER_DEAD, message=f"{host}:{pid} died without a word.")
        for _, host, pid in dead
    ]
    marks = ", ".join("?" * len(dead))
    (left,) = case.connection.execute(
        "SELECT count(*) FROM job JOIN job_attempt a ON a.attempt_id = job.attempt_id "
        f"WHERE job.status = 'running' AND a.worker_id IN ({marks})",
        [row[0] for row in dead],
    ).fetchone()
    if left:
        found.append(Finding(code=Code.JOBS_LEFT, message=f"{left} jobs are in dead hands."))
    return Check(name="workers", detail=f"{len(open_ones) - len(dead)} alive", findings=_few(found))


def clock_check(case: Case) -> Check:
    """This machine's clock against the last thing that was recorded."""
    last = head_of(case.connection).last_event_at
    if last is None or case.at >= last - CLOCK_TOLERANCE:
        return Check(name="clock", detail=f"{case.at:%Y-%m-%d %H:%M} UTC")
    said = f"It shows {case.at:%Y-%m-%d %H:%M} UTC, before the last event of {last:%Y-%m-%d %H:%M}."
    return Check(
        name="clock", detail="behind", findings=(Finding(code=Code.CLOCK_BEHIND, message=said),)
    )


def disk(case: Case) -> Check:
    """Room beside the store."""
    free = shutil.disk_usage(case.home).free
    said = f"{free // 2**20:,} MiB free"
    low = Finding(code=Code.DISK_LOW, message=f"Only {said}.")
    return Check(name="disk", detail=said, findings=() if free >= LEAST_FREE_BYTES else (low,))


def backups(case: Case) -> Check:
    """The newest backup beside the store: there, whole when it was made, and not too old."""
    folder = case.home / BACKUPS
    known = backups_in(folder)
    readable = {path.name for path, _ in known}
    odd = [p for p in folder.glob("[!.]*") if p.is_dir() and p.name not in readable]
    found = [
        Finding(code=Code.BACKUP_UNREADABLE, message=f"{path.name} does not say what it is.")
        for path in odd
    ]
    newest = max((record for _, record in known), key=lambda r: r.made_at, default=None)
    if newest is None:
        found.append(Finding(code=Code.NO_BACKUP, message="No backup lies beside the store."))
        return Check(name="backups", detail="none", findings=_few(found))
    age = age_words((case.at - newest.made_at).total_seconds())
    if case.at - newest.made_at > BACKUP_WITHIN:
        found.append(Finding(code=Code.BACKUP_OLD, message=f"The newest was made {age}."))
    return Check(name="backups", detail=f"{len(known)}, the newest {age}", findings=_few(found))


def _written_files(home: Path) -> list[PurePosixPath]:
    """Files in the folders where every file has a row."""
    found = [
        path for folder in WRITTEN_FOR for path in home.glob(f"handover/*/{folder}/*/*")
    ] + list(home.glob("manifests/*.jsonl"))
    within = (PurePosixPath(path.relative_to(home)) for path in found if path.is_file())
    return sorted(path for path in within if not any(p.startswith(".") for p in path.parts))


def _few(found: list[Finding]) -> tuple[Finding, ...]:
    """The first ones, and for the rest how many there are."""
    if len(found) <= MOST:
        return tuple(found)
    more = f"{len(found) - MOST + 1} more of this sort."
    return (*found[: MOST - 1], found[-1].model_copy(update={"message": more}))

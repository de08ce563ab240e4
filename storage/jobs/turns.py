"""Who of a worker's claimed jobs has not begun: light jobs are claimed several at once.

The note is a file beside the worker's lock, so it outlives kill -9 at the price of one `truncate`
a job. It is written before the claim commits, and shortened by the job's own process before it
begins, so a job it names has certainly not begun. It is not synced, hence the boot id: after a
power cut it says nothing, and what was claimed counts as begun.
"""

import os
from collections.abc import Sequence
from pathlib import Path

from storage.clock import boot_id
from storage.jobs.liveness import workers_folder

_LINE = 37
"""Bytes of an attempt id and its line end."""


def line_up(worker_id: str, attempt_ids: Sequence[str]) -> None:
    """Note attempts that will begin one after the other, in this order."""
    workers_folder().mkdir(mode=0o700, exist_ok=True)
    lines = [boot_id(), *reversed(attempt_ids)]
    text = "".join(f"{line:<{_LINE - 1}}\n" for line in lines).encode()
    # Not emptied first: some file systems force what is rewritten like that to the disk.
    handle = os.open(note_of(worker_id), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(handle, os.write(handle, text))
    finally:
        os.close(handle)


def take_turn(note: Path, after: int) -> bool:
    """An attempt begins, with `after` of those lined up behind it; False when it was withdrawn."""
    if note.stat().st_size <= (1 + after) * _LINE:
        return False
    os.truncate(note, (1 + after) * _LINE)
    return True


def withdraw(worker_id: str) -> frozenset[str]:
    """Let nobody begin any more; the attempts that now never will."""
    waiting = not_begun(worker_id)
    os.truncate(note_of(worker_id), _LINE)
    return waiting


def not_begun(worker_id: str) -> frozenset[str]:
    """The attempts that a worker of this boot has lined up and not begun."""
    try:
        boot, *waiting = map(str.strip, note_of(worker_id).read_text().splitlines())
    except (FileNotFoundError, ValueError):
        return frozenset()
    return frozenset(waiting if boot == boot_id() else ())


def note_of(worker_id: str) -> Path:
    """Where a worker's note is."""
    return workers_folder() / f"{worker_id}.turns"

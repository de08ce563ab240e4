"""Who is alive: a worker holds a kernel lock on its own file, and any death frees it.

No decision looks at a heartbeat's age: clocks step and disks stall (RELIABILITY §1.9).
"""

import fcntl
import os
from pathlib import Path

from storage.database import home
from storage.turn import is_held

FOLDER = "workers"


def workers_folder() -> Path:
    """Where every worker keeps its lock and its doorbell."""
    return home() / FOLDER


def take_lock(worker_id: str) -> int:
    """Lock this worker's file and return the handle that holds it until the process ends.

    A child process must close the handle before anything else, or it would speak for its parent.
    """
    workers_folder().mkdir(mode=0o700, exist_ok=True)
    handle = os.open(_path(worker_id), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_EX)
    os.ftruncate(handle, 0)
    os.write(handle, str(os.getpid()).encode())
    return handle


def is_alive(worker_id: str) -> bool:
    """Whether the worker's lock is held."""
    return is_held(_path(worker_id))


def any_worker_alive() -> bool:
    """Whether some worker of this store is running on this machine."""
    return any(is_alive(path.stem) for path in workers_folder().glob("*.lock"))


def process_of(worker_id: str) -> int | None:
    """The process id of a live worker; None when its lock is free."""
    if not is_alive(worker_id):
        return None
    text = _path(worker_id).read_text()
    return int(text) if text.isdigit() else None


def forget(worker_id: str) -> None:
    """Remove the files of a worker that is gone."""
    for suffix in (".lock", ".bell", ".turns"):
        (workers_folder() / f"{worker_id}{suffix}").unlink(missing_ok=True)


def _path(worker_id: str) -> Path:
    return workers_folder() / f"{worker_id}.lock"

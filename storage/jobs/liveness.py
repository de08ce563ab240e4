"""Who is alive: a worker holds its own name among all that share the store; any death frees it.

No decision looks at a heartbeat's age: clocks step and disks stall (RELIABILITY §1.9).
"""

import os
import time
from pathlib import Path

from storage.clock import boot_id
from storage.database import hold, home, is_held
from storage.engine import ledger
from storage.engines.form import Hold

FOLDER = "workers"
_OPEN = "SELECT worker_id FROM job_worker WHERE stopped_at IS NULL"


def workers_folder() -> Path:
    """Where every worker keeps its lock and its doorbell."""
    return home() / FOLDER


def take_lock(worker_id: str) -> Hold:
    """Hold this worker's name until the process ends, and note which process that is."""
    workers_folder().mkdir(mode=0o700, exist_ok=True)
    while True:
        held = hold(_name(worker_id))
        if held is not None:
            break
        time.sleep(0.01)  # by a child of whoever had it, for a moment more
    handle = os.open(_path(worker_id), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(handle, os.write(handle, f"{os.getpid()} {boot_id()}".encode()))
    finally:
        os.close(handle)
    return held


def is_alive(worker_id: str) -> bool:
    """Whether the worker's name is held."""
    return is_held(_name(worker_id))


def any_worker_alive() -> bool:
    """Whether some worker of this store is running, on any of its machines."""
    return any(is_alive(worker_id) for (worker_id,) in ledger.execute_sql(_OPEN).fetchall())


def process_of(worker_id: str) -> int | None:
    """The process id of a live worker of this machine; None of a dead one, or another machine's."""
    if not is_alive(worker_id):
        return None
    number, _, boot = _path(worker_id).read_text().partition(" ")
    return int(number) if number.isdigit() and boot == boot_id() else None


def forget(worker_id: str) -> None:
    """Remove the files of a worker that is gone."""
    for suffix in (".lock", ".bell", ".turns"):
        (workers_folder() / f"{worker_id}{suffix}").unlink(missing_ok=True)


def _name(worker_id: str) -> str:
    return f"{FOLDER}/{worker_id}.lock"


def _path(worker_id: str) -> Path:
    return home() / _name(worker_id)

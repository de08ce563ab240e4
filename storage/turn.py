"""Taking turns at writing, by a kernel lock beside the store: fair, and freed by any death."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import StoreBusy


@contextmanager
def write_turn(path: Path, seconds: float) -> Iterator[None]:
    """Hold the lock; raises StoreBusy when somebody else has held it for `seconds`."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock_within(handle, seconds)
        yield
    finally:
        os.close(handle)


def _lock_within(handle: int, seconds: float) -> None:
    deadline, pause = time.monotonic() + seconds, 0.0005
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise StoreBusy(seconds=seconds) from None
        time.sleep(pause)
        pause = min(pause * 2, 0.01)


def is_held(path: Path) -> bool:
    """Whether some process holds the lock on a file; one that is not there, nobody does."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False

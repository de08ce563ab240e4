"""Kernel locks beside the store, freed by any death; by one of them writers take turns, fairly."""

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


class FileLock:
    """A kernel lock on a file of its own, held until it is closed or its process ends.

    A child process must close the handle before anything else, or it would speak for its parent.
    """

    def __init__(self, handle: int) -> None:
        self._handle = handle

    @classmethod
    def on(cls, path: Path) -> "FileLock | None":
        """Take it without waiting; None when it is taken."""
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        return cls(handle)

    def close(self) -> None:
        """Let go of it."""
        os.close(self._handle)

    def is_cut_off(self) -> bool:
        """Never: the kernel takes no lock back."""
        return False


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

"""The doorbell: after a commit that made work, every worker hears of it at once.

It is never needed for correctness: workers look for themselves every second. Sockets are reached
through an open folder handle, because a Unix socket's path may have 108 bytes and a home more.
"""

import contextlib
import os
import socket
from collections.abc import Iterator

from storage.jobs.liveness import workers_folder

SUFFIX = ".bell"


def ring() -> None:
    """Wake the workers; silent when there are none, never waits."""
    names = [path.name for path in workers_folder().glob(f"*{SUFFIX}")]
    if not names:
        return
    with _short_path() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as bell:
        bell.setblocking(False)
        for name in names:
            with contextlib.suppress(OSError):  # a worker that left, or has unheard rings already
                bell.sendto(b"1", f"{folder}/{name}")


def hang(worker_id: str) -> socket.socket:
    """The socket a worker listens on."""
    workers_folder().mkdir(mode=0o700, exist_ok=True)
    bell = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    with _short_path() as folder:
        bell.bind(f"{folder}/{worker_id}{SUFFIX}")
    bell.setblocking(False)
    return bell


def quieten(bell: socket.socket) -> None:
    """Take note of every ring so far."""
    with contextlib.suppress(BlockingIOError):
        while bell.recv(16):
            pass


@contextlib.contextmanager
def _short_path() -> Iterator[str]:
    handle = os.open(workers_folder(), os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield f"/proc/self/fd/{handle}"
    finally:
        os.close(handle)

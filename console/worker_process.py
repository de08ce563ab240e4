"""The worker as a process of its own: started beside a console, or once to do what waits.

The console never imports the worker; they meet in the store.
"""

import ctypes
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from subprocess import DEVNULL, Popen, TimeoutExpired
from threading import Thread, current_thread
from typing import IO

from storage.errors import Failed
from storage.jobs.liveness import any_worker_alive

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

START_S = 15.0
STOP_S = 70.0
"""Stopping lets the job in hand end, and the longest that makes content has a minute."""


@dataclass(frozen=True)
class WorkerProcess:
    """A worker started by this process, and what it said on stderr."""

    process: "Popen[bytes]"
    told: IO[bytes]
    started_by: Thread

    def has_ended(self) -> bool:
        """Whether it is gone, for whatever reason."""
        return self.process.poll() is not None

    def stop(self) -> None:
        """Ask it to finish the job in hand and stop; it is killed if it never does.

        Asked twice, a worker drops the job in hand; the end of the thread that started it was the
        first time.
        """
        if _LIBC is None or self.started_by.is_alive():
            self.process.terminate()
        try:
            self.process.wait(STOP_S)
        except TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def last_words(self) -> str:
        """The last line it said; how a worker that cannot run explains itself."""
        self.told.seek(0)
        lines = self.told.read().decode(errors="replace").strip().splitlines()
        return lines[-1].removeprefix("error: ") if lines else "It said nothing."


def become_worker(home: Path, options: list[str]) -> None:
    """Turn this very process into the worker, so that signals reach it and nobody else."""
    words = _command(home, *options)
    os.execv(words[0], words)


def start(home: Path) -> WorkerProcess:
    """Start a worker on the store in `home` that ends with this process, however that ends.

    It keeps its log in the store's `logs` folder.
    """
    return _started(_command(home, "--log-level", "WARNING"), before=_end_with_parent)


def drain(home: Path) -> None:
    """Run a worker until nothing is left that can run now.

    Raises:
        Failed: the worker could not run.
    """
    _run(home, "--drain")


def run_until(home: Path, job_id: str) -> None:
    """Run a worker until one job has ended, or nothing is left that can run now.

    Raises:
        Failed: the worker could not run.
    """
    _run(home, "--until", job_id)


def _run(home: Path, *goal: str) -> None:
    worker = _started(_command(home, *goal, "--log-level", "WARNING"))
    if worker.process.wait():
        raise Failed(why=f"The worker could not run: {worker.last_words()}")


def wait_until_alive(worker: WorkerProcess) -> None:
    """Return as soon as a worker of the open store holds its lock.

    Raises:
        Failed: it ended, or never came alive.
    """
    deadline = time.monotonic() + START_S
    while not any_worker_alive():
        if worker.has_ended():
            raise Failed(why=f"The worker ended at once: {worker.last_words()}")
        if time.monotonic() > deadline:
            raise Failed(why=f"The worker did not come alive within {START_S:.0f} s.")
        time.sleep(0.02)


@contextmanager
def running(home: Path) -> Iterator[WorkerProcess]:
    """A worker for the length of a block; the store must be open.

    Raises:
        Failed: it ended at once, or never came alive.
    """
    worker = start(home)
    try:
        wait_until_alive(worker)
        yield worker
    finally:
        worker.stop()


def _command(home: Path, *options: str) -> list[str]:
    return [sys.executable, "-P", "-m", "worker", "--home", str(home), *options]


def _started(words: list[str], before: Callable[[], None] | None = None) -> WorkerProcess:
    told = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the worker lives
    process = Popen(
        words, stdin=DEVNULL, stdout=DEVNULL, stderr=told, preexec_fn=before,
        start_new_session=True,  # a ctrl-C in the console is not meant for the worker
    )  # fmt: skip
    return WorkerProcess(process, told, current_thread())


def _end_with_parent() -> None:
    """In the child: be told to end when the thread that started it does (Linux)."""
    if _LIBC is not None:
        _LIBC.prctl(PR_SET_PDEATHSIG, SIGTERM)

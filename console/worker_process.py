"""The worker as a process of its own: started beside a console, or once to do what waits.

The console never imports the worker; they meet in the store.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired

from storage.errors import Failed
from storage.jobs.liveness import any_worker_alive

LAST_WORDS = Path("logs", "worker.stderr")
START_S = 15.0
STOP_S = 70.0
"""Stopping lets the job in hand end, and the longest that makes content has a minute."""


def become_worker(home: Path, options: list[str]) -> None:
    """Turn this very process into the worker, so that signals reach it and nobody else."""
    words = _command(home, *options)
    os.execv(words[0], words)


def start_worker(home: Path) -> "Popen[bytes]":
    """Start a worker on the store in `home`; it keeps its log in the store's `logs` folder."""
    return _started(home)


def drain(home: Path) -> None:
    """Run a worker until nothing is left that can run now.

    Raises:
        Failed: the worker could not run.
    """
    if _started(home, "--drain").wait():
        raise Failed(why=f"The worker could not run: {_last_words(home)}")


@contextmanager
def running(home: Path) -> Iterator[None]:
    """A worker for the length of a block; the store must be open.

    Raises:
        Failed: it ended at once, or never came alive.
    """
    worker = start_worker(home)
    try:
        _wait_until_alive(worker, home)
        yield
    finally:
        stop(worker)


def stop(worker: "Popen[bytes]") -> None:
    """Ask a worker to finish the job in hand and stop; it is killed if it never does."""
    worker.terminate()
    try:
        worker.wait(STOP_S)
    except TimeoutExpired:
        worker.kill()
        worker.wait()


def _wait_until_alive(worker: "Popen[bytes]", home: Path) -> None:
    deadline = time.monotonic() + START_S
    while not any_worker_alive():
        if worker.poll() is not None:
            raise Failed(why=f"The worker ended at once: {_last_words(home)}")
        if time.monotonic() > deadline:
            raise Failed(why=f"The worker did not come alive within {START_S:.0f} s.")
        time.sleep(0.02)


def _command(home: Path, *options: str) -> list[str]:
    return [sys.executable, "-m", "worker", "--home", str(home), *options]


def _started(home: Path, *options: str) -> "Popen[bytes]":
    with (home / LAST_WORDS).open("wb") as told:
        return Popen(
            _command(home, *options, "--log-level", "WARNING"),
            stdin=DEVNULL, stdout=DEVNULL, stderr=told,
            start_new_session=True,  # a ctrl-C in the console is not meant for the worker
        )  # fmt: skip


def _last_words(home: Path) -> str:
    """The last line it said; how a worker that cannot run explains itself."""
    lines = (home / LAST_WORDS).read_text(errors="replace").strip().splitlines()
    return lines[-1].removeprefix("error: ") if lines else "It said nothing."

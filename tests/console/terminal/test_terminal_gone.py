"""The real program when its terminal vanishes: it ends, keeps the text, and leaves no worker."""

import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fcntl import ioctl
from pathlib import Path
from struct import pack
from termios import TIOCSCTTY, TIOCSWINSZ

import pytest

from console.local_drafts import LocalDraft
from storage import database
from storage.jobs.liveness import any_worker_alive
from tests.builders import CREW

PATIENCE_S = 60.0
PIN = CREW["Anna Lindqvist"][1]


class Window:
    """A terminal window: a pseudo terminal, and the console in it."""

    def __init__(self, home: Path, program: "subprocess.Popen[bytes]", master: int) -> None:
        self.home, self.program, self._master = home, program, master
        self._drawn = b""

    def sees(self, words: str) -> None:
        """Read until words have been drawn since the last ones."""
        deadline = time.monotonic() + PATIENCE_S
        while words.encode() not in self._drawn:
            assert time.monotonic() < deadline, f"{words!r} never appeared: {self._drawn!r}"
            if select.select([self._master], [], [], 0.1)[0]:
                self._drawn += os.read(self._master, 65536)
        self._drawn = self._drawn.partition(words.encode())[2]

    def type(self, text: str) -> None:
        """Type it."""
        self.send(text.encode())

    def send(self, keys: bytes) -> None:
        """Send bytes as they are."""
        os.write(self._master, keys)

    def close(self) -> int:
        """Close the window, as a lost connection does; how the program ended."""
        os.close(self._master)
        return self.program.wait(PATIENCE_S)


@contextmanager
def a_window(home: Path, before: Callable[[], object] | None) -> Iterator[Window]:
    """The console in a window, with the sheet "No worker" in front."""
    database.close()
    master, terminal = pty.openpty()
    ioctl(terminal, TIOCSWINSZ, pack("HHHH", 24, 80, 0, 0))
    program = subprocess.Popen(
        [sys.executable, "-m", "console", "--home", str(home)],
        stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True,
        preexec_fn=before, env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    os.close(terminal)
    try:
        window = Window(home, program, master)
        window.sees("not now")
        yield window
    finally:
        program.kill()
        program.wait()


def its_own_terminal() -> None:
    """In the child: the window is its terminal, so that it is told of a hang-up."""
    ioctl(0, TIOCSCTTY, 0)


@pytest.mark.parametrize("before", [its_own_terminal, None], ids=["told", "not-told"])
def test_a_console_ends_with_its_terminal(store: Path, before: Callable[[], object] | None) -> None:
    with a_window(store, before) as window:
        window.type("n")
        assert window.close() == 0


def test_half_written_text_outlives_bytes_that_are_no_text_and_the_terminal(store: Path) -> None:
    with a_window(store, its_own_terminal) as window:
        window.type("nn")
        window.sees("PIN")
        window.type(f"{PIN}\r")
        window.sees("New entry")
        window.type("Emergency fire pump ")
        window.sees("Fire Detection")
        window.send(b"No\xeb ")
        window.sees("Noë")
        window.type("Z")
        window.sees("Z")
        assert window.close() == 0
    assert LocalDraft(store, "capture").text() == "Emergency fire pump Noë Z"


def test_the_worker_of_a_console_ends_with_its_terminal(store: Path) -> None:
    with a_window(store, its_own_terminal) as window:
        window.type("y")
        window.sees("A worker is running")
        assert window.close() == 0
    database.open_store(store)
    assert not any_worker_alive()

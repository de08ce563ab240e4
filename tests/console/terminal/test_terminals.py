"""The real program on terminals that can do less: it adapts by itself, and says the same."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from storage import database
from tests.console.terminal.tmux import Terminal

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")


@contextmanager
def on(home: Path, folder: Path, **environment: str) -> Iterator[Terminal]:
    """The console on a terminal that says this of itself, the first question answered with no."""
    database.close()
    terminal = Terminal(folder / "tmux", 80, 24)
    terminal.start(sys.executable, "-m", "console", "--home", str(home), **environment)
    try:
        terminal.sees("No worker is running")
        terminal.press("n")
        yield terminal
    finally:
        terminal.stop()


@pytest.mark.parametrize(
    "says",
    [
        {"TERM": "linux", "LC_ALL": "C.UTF-8"},
        {"TERM": "vt100", "LC_ALL": "C.UTF-8"},
        {"TERM": "xterm", "LC_ALL": "C"},
    ],
    ids=["linux", "vt100", "no-utf8"],
)
def test_an_old_terminal_gets_ascii_and_a_person_can_leave(
    store: Path, tmp_path: Path, says: dict[str, str]
) -> None:
    with on(store, tmp_path, **says) as terminal:
        terminal.sees("Needs attention")
        terminal.press("?")
        terminal.sees("Keys that work here")
        assert terminal.screen.isascii(), terminal.screen
        assert "+-" in terminal.screen and "| Keys" in terminal.screen
        terminal.press("Escape")
        terminal.sees("None so far.")
        terminal.press_until("2", "[2 Entries]")
        terminal.press("q")
        assert terminal.exit_code() == 0


def test_a_terminal_of_today_gets_its_glyphs(store: Path, tmp_path: Path) -> None:
    says = {"TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    with on(store, tmp_path, **says) as terminal:
        terminal.press("?")
        terminal.sees("Keys that work here")
        assert "╭─" in terminal.screen

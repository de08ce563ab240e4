"""The real program in a real terminal: keys go in, the screen is read as a person sees it."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE_S = 60.0
NO_BORDERS = {ord(line): " " for line in "│╭╮╰╯─"}


class Terminal:
    """One tmux session of its own server, so that no other is touched."""

    def __init__(self, socket: Path, width: int, height: int) -> None:
        self._socket, self._size = socket, (str(width), str(height))
        self._ended = socket.with_suffix(".exit")

    def start(self, *program: str, **environment: str) -> None:
        """Run a program in it, in a shell that outlives the terminal to tell how it ended."""
        settings = [f"{name}={value}" for name, value in environment.items()]
        command = shlex.join(["env", *settings, *program])
        command = f"trap '' HUP; {command}; echo $? > {shlex.quote(str(self._ended))}"
        width, height = self._size
        self._tmux("-f", os.devnull, "new-session", "-d", "-x", width, "-y", height, command)
        self._tmux("set-option", "-g", "remain-on-exit", "on")

    def stop(self) -> None:
        """End the server, and wait for the end of what runs in it."""
        self._tmux("kill-server", check=False)
        self.exit_code()

    def press(self, *keys: str) -> None:
        """Press keys by name, such as `Enter` or `C-p`; a letter is a key."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text as it is."""
        self._tmux("send-keys", "-l", text)

    @property
    def screen(self) -> str:
        """What stands on the screen now."""
        return self._tmux("capture-pane", "-p", check=False)

    def sees(self, words: str) -> str:
        """Wait until words stand on the screen, wherever its lines break; the screen then."""
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            if self._shows(words):
                return self.screen
            time.sleep(0.05)
        raise AssertionError(f"{words!r} never appeared:\n{self.screen}")

    def press_until(self, key: str, words: str) -> str:
        """Press a key, look, and press again until words stand on the screen."""
        deadline = time.monotonic() + PATIENCE_S
        while not self._shows(words):
            assert time.monotonic() < deadline, f"{words!r} never appeared:\n{self.screen}"
            self.press(key)
            self._settle()
        return self.screen

    def exit_code(self) -> int:
        """Wait until the program has ended; how it did.

        The shell writes it down, because tmux sometimes sees a pane end and never learns how.
        """
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            code = self._ended.read_text() if self._ended.exists() else ""
            if code:
                return int(code)
            time.sleep(0.05)
        raise AssertionError(f"it never ended:\n{self.screen}")

    def _shows(self, words: str) -> bool:
        """Whether words stand there, wherever lines break and borders run."""
        return words in " ".join(self.screen.translate(NO_BORDERS).split())

    def _settle(self) -> None:
        """Wait until two looks at the screen see the same."""
        before, after = "", self.screen
        while before != after:
            time.sleep(0.1)
            before, after = after, self.screen

    def _tmux(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            ["tmux", "-S", str(self._socket), *words], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0 or not check, done.stderr
        return done.stdout.rstrip("\n")


@contextmanager
def a_console(home: Path, folder: Path, width: int = 80, height: int = 24) -> Iterator[Terminal]:
    """The console on a store, in a terminal of this size."""
    terminal = Terminal(folder / "tmux", width, height)
    terminal.start(sys.executable, "-m", "console", "--home", str(home), TERM="xterm-256color")
    try:
        yield terminal
    finally:
        terminal.stop()

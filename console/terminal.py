"""The terminal may vanish under the console, or send bytes that are no text.

Textual survives neither: its writer dies with a closed window, and whoever draws next waits for
ever; one byte that is not UTF-8 (an old keyboard, a cut paste) ends the program; and escapes in
a paste become keys.
"""

import asyncio
import codecs
import os
import select
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread
from typing import IO, Any, cast

from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Paste
from textual.message import Message

from console.pasting import Pasted, Pastes

LOOK_S = 0.1
"""How long the reader of keys waits before it looks whether the console is leaving."""
CHUNK_BYTES = 4096


class OutlivingDriver(LinuxDriver):
    """Draws on a terminal, and does without when there is none any more."""

    def __init__(self, app: App[Any], **given: Any) -> None:
        super().__init__(app, **given)
        self._file = cast(Any, Unbreakable(cast(IO[str], self._file)))
        self._watch: Thread | None = None

    def start_application_mode(self) -> None:
        """Begin to draw and to read keys, and to watch for the end of the terminal.

        A terminal that ends says "continue" as well, to a console that was not suspended: the keys
        must not get a second reader, for whom nobody would wait.
        """
        if self._key_thread is not None and self._key_thread.is_alive():
            return
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._watch is None:
            loop = asyncio.get_running_loop()
            self._watch = Thread(target=self._leave_with_it, args=(loop,), daemon=True)
            self._watch.start()

    def run_input_thread(self) -> None:
        """Read keys; a terminal that is gone has none to give."""
        with suppress(OSError):
            self._read_keys()

    def _read_keys(self) -> None:
        """As Textual does it, but no byte stops it, and a paste is never taken for keys."""
        parser, decode, pastes = XTermParser(self._debug), forgiving_decoder(), Pastes()
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], LOOK_S)[0]:
                for part in pastes.feed(decode(os.read(self.fileno, CHUNK_BYTES))):
                    pasted = isinstance(part, Pasted)
                    self._report([Paste(part.text)] if pasted else parser.feed(part.text))
            self._report(parser.tick())

    def _report(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)

    def _leave_with_it(self, loop: asyncio.AbstractEventLoop) -> None:
        poll = select.poll()
        poll.register(self.fileno, 0)  # nothing but that the other side hung up
        poll.poll()
        with suppress(RuntimeError):  # the console had left before
            loop.call_soon_threadsafe(self._app.exit, 0)


class Unbreakable:
    """What is written to a terminal that is gone is lost, and nobody minds."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> None:
        """Write, if there is still a terminal."""
        with suppress(OSError):
            self._file.write(text)

    def flush(self) -> None:
        """Let it appear, if there is still a terminal."""
        with suppress(OSError):
            self._file.flush()

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()


def forgiving_decoder() -> Callable[[bytes], str]:
    """What turns a terminal's bytes into text: UTF-8, and what is none as Latin-1 has it.

    A character whose bytes have not all arrived waits for the rest.
    """
    return codecs.getincrementaldecoder("utf-8")("latin-1-instead").decode


def _as_latin_1(problem: UnicodeError) -> tuple[str, int]:
    assert isinstance(problem, UnicodeDecodeError)
    said = problem.object[problem.start : problem.end].decode("latin-1")
    return "".join(char if char >= "\xa0" else "\ufffd" for char in said), problem.end


codecs.register_error("latin-1-instead", _as_latin_1)


def outliving(driver: type[Driver]) -> type[Driver]:
    """The driver for a terminal that may vanish; one for anything else (a browser) as it is."""
    return OutlivingDriver if driver is LinuxDriver else driver

"""One thread reads for all screens, so that no screen ever waits for the store.

It asks SQLite whether anything was committed (a number, no query), and only then takes a frozen
picture for the screen in front. One question is in flight at a time; when nothing changes nothing
is read, except the bridge, in a slow pulse, for what time alone changes: watches, dead workers.
"""

import contextvars
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from loguru import logger
from textual.message_pump import MessagePump

from console.messages import StoreRead, StoreUnreadable
from console.snapshots.bridge import Bridge, take_bridge
from storage.database import data_version, disconnect, read_only
from storage.errors import EightBellsError

BUSY_S = 0.1
IDLE_S = 0.2
PULSE_S = 10.0

Ask = Callable[[], Any]


@dataclass(frozen=True)
class Question:
    """What one screen wants to know; asking again is another question."""

    asker: MessagePump
    ask: Ask


@dataclass(frozen=True)
class Picture:
    """What the store said, at which version of it."""

    question: Question
    version: int
    bridge: Bridge
    answer: Any

    def looks_like(self, other: "Picture") -> bool:
        """Whether the same screen would show the same."""
        same = self.question is other.question and self.bridge == other.bridge
        return same and bool(self.answer == other.answer)


class Background:
    """The reader thread. Screens call `ask`; answers arrive as `StoreRead` messages."""

    def __init__(self) -> None:
        self._question: Question | None = None
        self._followed: frozenset[str] = frozenset()
        self._last: Picture | None = None
        self._taken_at = 0.0
        self._wake, self._stopping = threading.Event(), threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin reading, in the context of the running app."""
        context = contextvars.copy_context()
        self._thread = threading.Thread(
            target=context.run, args=(self._run,), name="background reader", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Stop reading and wait for the question in flight to end."""
        self._stopping.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=5)

    def ask(self, asker: MessagePump, ask: Ask) -> None:
        """From now on answer this question, at once and whenever the store changes."""
        self._question = Question(asker, ask)
        self._wake.set()

    def follow(self, job_id: str) -> None:
        """Report this job in every picture from now on."""
        self._followed |= {job_id}
        self._wake.set()

    def forget(self, job_id: str) -> None:
        """Report this job no longer."""
        self._followed -= {job_id}

    def _run(self) -> None:
        while not self._stopping.is_set():
            question = self._question
            if question is not None:
                self._look(question)
            busy = self._last is not None and self._last.bridge.is_busy
            self._wake.wait(BUSY_S if busy else IDLE_S)
            self._wake.clear()
        disconnect()

    def _look(self, question: Question) -> None:
        try:
            picture = self._picture(question)
        except EightBellsError as error:
            self._complain(question, str(error))
        except Exception:
            logger.exception("the background reader could not answer")
            self._complain(question, "The store could not be read; the log file says why.")
        else:
            self._post(picture)

    def _picture(self, question: Question) -> Picture | None:
        version, last = data_version(), self._last
        known = last is not None and last.question is question and last.version == version
        if known and time.monotonic() - self._taken_at < PULSE_S:
            return None
        with read_only():
            bridge = take_bridge(self._followed)
            answer = last.answer if last and known else question.ask()
        self._taken_at = time.monotonic()
        return Picture(question, version, bridge, answer)

    def _post(self, picture: Picture | None) -> None:
        if picture is None:
            return
        last, self._last = self._last, picture
        if last is None or not picture.looks_like(last):
            picture.question.asker.post_message(StoreRead(picture.bridge, picture.answer))

    def _complain(self, question: Question, sentence: str) -> None:
        self._last = None
        question.asker.post_message(StoreUnreadable(sentence))
        self._wake.wait(1.0)

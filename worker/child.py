"""A job's child process, from the inside: it has the input, its pipes and nothing else.

It never opens the store, so it can be stopped at any instant and leave nothing behind.
"""

import fcntl
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NoReturn

from loguru import logger

from storage.database import abandon
from storage.jobs.record import LogEntry, Progress
from worker.frames import FAILURE, LINE, PROGRESS, RESULT, receive, send
from worker.outcome import failure_of
from worker.process import die_with

TELL_EVERY_S = 0.1
PIPE, REQUESTS = 3, 4
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM)

Level = Literal["INFO", "WARN", "ERROR"]


class PipeReporter:
    """The reporter a child is given: frames on the pipe, at most ten a second."""

    def __init__(self) -> None:
        self._progress = Progress(phase="start")
        self._counters: dict[str, int] = {}
        self._told_at = 0.0
        self._untold = False

    def phase(self, name: str, current: int = 0, total: int | None = None, unit: str = "") -> None:
        """Where the work is; told when the phase changes or ends, else now and then."""
        changed = name != self._progress.phase or current == total
        self._untold = True
        if changed or time.monotonic() - self._told_at > TELL_EVERY_S:
            self._progress = Progress(phase=name, current=current, total=total, unit=unit)
            self.tell()

    def count(self, **counters: int) -> None:
        """Add to counters."""
        for name, n in counters.items():
            self._counters[name] = self._counters.get(name, 0) + n
        self._untold = True

    def log(self, message: str, level: Level = "INFO", **context: Any) -> None:
        """A line for the job's log."""
        send(PIPE, LINE, LogEntry(level=level, event="note", message=message, context=context))

    def issue(self, message: str, **context: Any) -> None:
        """A problem that leaves the result usable."""
        send(PIPE, LINE, LogEntry(level="WARN", event="issue", message=message, context=context))

    def tell(self) -> None:
        """Send where the work is, with the counters so far, unless that is told."""
        if not self._untold:
            return
        self._told_at, self._untold = time.monotonic(), False
        counters = dict(self._counters)
        send(PIPE, PROGRESS, self._progress.model_copy(update={"counters": counters}))


def be_child(
    perform: Callable[[Any, Any], Any], given: Any, parent: int, pipes: tuple[int, int, int]
) -> NoReturn:
    """Do the work, and more of it if asked, and leave; the only way out is `os._exit`.

    `pipes`: where requests come from, where frames go to, where prints go to.
    """
    try:
        _cut_off(parent, *pipes)
        request = (perform, given)
        while _work(*request, os.getpid()):
            request = receive(REQUESTS)
            if request is None:
                break
    finally:
        os._exit(0)


def _work(perform: Callable[[Any, Any], Any], given: Any, me: int) -> bool:
    """Run one body and send what came of it; whether this process may run another."""
    reporter = PipeReporter()
    try:
        output = perform(given, reporter)
        if os.getpid() != me:
            return False  # a process the handler forked and let run on into here
        reporter.tell()
        clean = _is_clean()
        _flush()
        send(PIPE, RESULT, (output, clean))
        return clean
    except BaseException as error:
        if os.getpid() == me:
            _flush()
            send(PIPE, FAILURE, failure_of(error))
        return False


def _is_clean() -> bool:
    """Whether the body left no thread and no process behind."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    return threading.active_count() == 1 and not children


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def _cut_off(parent: int, requests: int, frames: int, prints: int) -> None:
    """Leave behind everything of the parent's but the pipes: locks, store, signals, terminal."""
    os.setsid()
    die_with(parent)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    abandon()
    logger.remove()
    nothing = os.open(os.devnull, os.O_RDONLY)
    sources = [
        fcntl.fcntl(handle, fcntl.F_DUPFD, 10)
        for handle in (nothing, prints, prints, frames, requests)
    ]
    for target, source in enumerate(sources):
        os.dup2(source, target, inheritable=target < PIPE)
    os.closerange(len(sources), os.sysconf("SC_OPEN_MAX"))
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - it lives as long as the process
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115

"""A job's child process, from the inside: it has the input, two pipes and nothing else.

It never opens the store, so it can be stopped at any instant and leave nothing behind.
"""

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any, Literal, NoReturn

from loguru import logger

from storage.database import abandon
from storage.jobs.record import LogEntry, Progress
from worker.frames import FAILURE, LINE, PROGRESS, RESULT, send
from worker.outcome import failure_of
from worker.process import die_with

TELL_EVERY_S = 0.1
PIPE = 3
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1, signal.SIGALRM)

Level = Literal["INFO", "WARN", "ERROR"]


class PipeReporter:
    """The reporter a child is given: frames on the pipe, at most ten a second."""

    def __init__(self) -> None:
        self._progress = Progress(phase="start")
        self._counters: dict[str, int] = {}
        self._told_at = 0.0

    def phase(self, name: str, current: int = 0, total: int | None = None, unit: str = "") -> None:
        """Where the work is; told when the phase changes or ends, else now and then."""
        changed = name != self._progress.phase or current == total
        if changed or time.monotonic() - self._told_at > TELL_EVERY_S:
            self._progress = Progress(phase=name, current=current, total=total, unit=unit)
            self.tell()

    def count(self, **counters: int) -> None:
        """Add to counters."""
        for name, n in counters.items():
            self._counters[name] = self._counters.get(name, 0) + n

    def log(self, message: str, level: Level = "INFO", **context: Any) -> None:
        """A line for the job's log."""
        send(PIPE, LINE, LogEntry(level=level, event="note", message=message, context=context))

    def issue(self, message: str, **context: Any) -> None:
        """A problem that leaves the result usable."""
        send(PIPE, LINE, LogEntry(level="WARN", event="issue", message=message, context=context))

    def tell(self) -> None:
        """Send where the work is, with the counters so far."""
        self._told_at = time.monotonic()
        counters = dict(self._counters)
        send(PIPE, PROGRESS, self._progress.model_copy(update={"counters": counters}))


def be_child(
    perform: Callable[[Any, Any], Any], given: Any, parent: int, frames: int, prints: int
) -> NoReturn:
    """Do the work and leave; the only way out is `os._exit`.

    `frames` and `prints` are the writing ends of the pipes to the supervisor.
    """
    try:
        _cut_off(parent, frames, prints)
        _work(perform, given, os.getpid())
    finally:
        os._exit(0)


def _work(perform: Callable[[Any, Any], Any], given: Any, me: int) -> None:
    reporter = PipeReporter()
    try:
        output = perform(given, reporter)
        if os.getpid() == me:  # else a process the handler forked and let run on into here
            reporter.tell()
            send(PIPE, RESULT, output)
    except BaseException as error:
        if os.getpid() == me:
            send(PIPE, FAILURE, failure_of(error))
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def _cut_off(parent: int, frames: int, prints: int) -> None:
    """Leave behind everything of the parent's but the pipes: locks, store, signals, terminal."""
    os.setsid()
    die_with(parent)
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    abandon()
    logger.remove()
    pipes = [fcntl.fcntl(handle, fcntl.F_DUPFD, 10) for handle in (frames, prints)]
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for target, source in ((1, pipes[1]), (2, pipes[1]), (PIPE, pipes[0])):
        os.dup2(source, target)
    os.closerange(PIPE + 1, os.sysconf("SC_OPEN_MAX"))
    os.set_inheritable(PIPE, False)
    sys.stdout = open(1, "w", closefd=False)  # noqa: SIM115 - it lives as long as the process
    sys.stderr = open(2, "w", closefd=False)  # noqa: SIM115

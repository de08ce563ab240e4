"""One piece of work on every core: forks of a job's child, which have its input and end with it.

Whatever the cores are, the shares put together again are the same; only the time is not.
"""

import os
import pickle
import signal
from collections.abc import Callable
from contextlib import closing
from typing import Any, Generic, NoReturn, TypeVar

from storage.errors import Failed
from worker.process import die_with

Result = TypeVar("Result")

MOST = 4
"""Cores that one piece of work takes, so that others get a turn on a larger machine."""

NICE = 5
"""How far the others step back: a console on the same machine comes first."""


def on_every_core(work: Callable[[int, int], Result]) -> list[Result]:
    """What `work(share, of)` came to for every share, one a core; the first is done here.

    Raises:
        Failed: the process of a share was ended. Exception: what the work itself raised.
    """
    cores = min(MOST, len(os.sched_getaffinity(0)))
    others: list[_Beside[Result]] = []
    try:
        others += (_Beside(work, share, cores) for share in range(1, cores))
        return [work(0, cores), *[other.result() for other in others]]
    finally:
        for other in others:
            other.end()


class _Beside(Generic[Result]):
    """A fork that does one share and tells what it came to."""

    def __init__(self, work: Callable[[int, int], Result], share: int, of: int) -> None:
        parent = os.getpid()
        told, telling = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            _do(lambda: work(share, of), parent, telling)
        os.close(telling)
        self._told = os.fdopen(told, "rb")

    def result(self) -> Result:
        """Wait for what it came to."""
        try:
            found, error = pickle.load(self._told)
        except (EOFError, pickle.UnpicklingError):
            raise Failed(why="A process that did a share of the work was ended.") from None
        if error is not None:
            raise error
        done: Result = found
        return done

    def end(self) -> None:
        """Make sure it is gone."""
        with closing(self._told):
            os.kill(self._pid, signal.SIGKILL)  # unreaped, its id is still its own
            os.waitpid(self._pid, 0)


def _do(work: Callable[[], Any], parent: int, telling: int) -> NoReturn:
    """In the fork: the work, what came of it into the pipe, and out; nothing else of it is left."""
    try:
        die_with(parent)
        os.nice(NICE)
        with os.fdopen(telling, "wb") as pipe:
            pickle.dump(_outcome(work), pipe, protocol=pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)


def _outcome(work: Callable[[], Any]) -> tuple[Any, Exception | None]:
    try:
        return work(), None
    except Exception as error:
        return None, error

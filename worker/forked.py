"""A job's child as its parent holds it; and the one that may be kept for the next light job.

A fork costs milliseconds, more than a light job itself. A kind that says `shares_child` may run in
the process of the job before it, within one chain; what makes content always gets a fresh one.
"""

import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any

from worker.child import be_child
from worker.frames import HEADER, REQUEST

Perform = Callable[[Any, Any], Any]

SERVES = 100
SMALL = 60_000
"""Bytes that fit into a pipe at once, so that handing over a job never waits for the child."""


class Forked:
    """A child process and the ends of its pipes. `exited` becomes readable when it has."""

    def __init__(self, perform: Perform, given: Any) -> None:
        parent = os.getpid()
        requests, self._requests = os.pipe()
        self.frames, frames = os.pipe()
        self.prints, prints = os.pipe()
        sys.stdout.flush()
        self._pid = os.fork()
        if self._pid == 0:
            be_child(perform, given, parent, (requests, frames, prints))
        self.exited = os.pidfd_open(self._pid)
        self._served = 1
        for handle in (requests, frames, prints):
            os.close(handle)
        for handle in (self.frames, self.prints):
            os.set_blocking(handle, False)

    def give(self, perform: Perform, given: Any) -> bool:
        """Hand it another job; False when it cannot take this one."""
        if self._served >= SERVES:
            return False
        try:
            body = pickle.dumps((perform, given))
            if len(body) > SMALL:
                return False
            os.write(self._requests, HEADER.pack(REQUEST, len(body)) + body)
        except Exception:  # not picklable, or the child has gone
            return False
        self._served += 1
        return True

    def kill(self, number: int) -> None:
        """Signal the child and every process it made; unreaped, its id is still its own."""
        for send in (os.killpg, os.kill):
            with contextlib.suppress(ProcessLookupError):
                send(self._pid, number)

    def end(self) -> int:
        """Make sure it is gone, with all it made; its wait status."""
        self.kill(signal.SIGKILL)
        _, status = os.waitpid(self._pid, 0)
        for handle in (self._requests, self.frames, self.prints, self.exited):
            os.close(handle)
        return status


class Nest:
    """Where at most one idle child is kept between two jobs."""

    def __init__(self) -> None:
        self._kept: Forked | None = None

    def child_for(self, perform: Perform, given: Any, *, may_share: bool) -> Forked:
        """A child that has begun this job: the kept one if both allow it, else a fresh one."""
        kept, self._kept = self._kept, None
        if kept is not None:
            if may_share and kept.give(perform, given):
                return kept
            kept.end()
        return Forked(perform, given)

    def keep(self, child: Forked) -> None:
        """Keep a child that has ended its job cleanly."""
        self._kept = child

    def clear(self) -> None:
        """Let go of the kept child."""
        if self._kept is not None:
            self._kept.end()
            self._kept = None

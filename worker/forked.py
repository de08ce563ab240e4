"""A job's child as its parent holds it; and the one that may be kept for the next light job.

A fork costs milliseconds, more than a light job itself. A kind that says `shares_child` may run in
the process of the job before it, within one chain; what makes content always gets a fresh one.
"""

import contextlib
import os
import pickle
import signal
import sys
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

from worker.child import be_child
from worker.frames import HEADER, REQUEST, FrameReader

Perform = Callable[[Any, Any], Any]
Request = tuple[Perform, Any]

SERVES = 100
SMALL = 60_000
"""Bytes that fit into a pipe at once, so that handing over jobs never waits for the child."""


class Forked:
    """A child process and the ends of its pipes. `exited` becomes readable when it has.

    Jobs may be given ahead: it does them in order, and what it says of one not yet asked about
    stays in `reader`.
    """

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
        self.reader = FrameReader()
        self._ahead: deque[tuple[Any, int]] = deque()
        for handle in (requests, frames, prints):
            os.close(handle)
        for handle in (self.frames, self.prints):
            os.set_blocking(handle, False)

    def begin(self, request: Request) -> bool:
        """Let it do another job now, perhaps one given ahead; False when it cannot."""
        if not self._ahead and not self.give(request):
            return False
        given, _ = self._ahead.popleft()
        return given is request[1]

    def give_all(self, requests: Sequence[Request]) -> None:
        """Give it jobs ahead, those that it was not given before, as many as it takes."""
        for request in requests[len(self._ahead) :]:
            if not self.give(request):
                break

    def give(self, request: Request) -> bool:
        """Give it another job to do in its turn; False when it cannot take this one."""
        if self._served >= SERVES:
            return False
        try:
            body = pickle.dumps(request)
            if len(body) + sum(size for _, size in self._ahead) > SMALL:
                return False
            os.write(self._requests, HEADER.pack(REQUEST, len(body)) + body)
        except Exception:  # not picklable, or the child has gone
            return False
        self._served += 1
        self._ahead.append((request[1], len(body)))
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

    def child_for(
        self, request: Request, *, may_share: bool, ahead: Sequence[Request] = ()
    ) -> Forked:
        """A child that has begun this job: the kept one if both allow it, else a fresh one.

        Those `ahead` are to come after it; the child has them at hand when it is done.
        """
        child, self._kept = self._kept, None
        if child is not None and not (may_share and child.begin(request)):
            child.end()
            child = None
        child = child or Forked(*request)
        child.give_all(ahead)
        return child

    def keep(self, child: Forked) -> None:
        """Keep a child that has ended its job cleanly."""
        self._kept = child

    def clear(self) -> None:
        """Let go of the kept child."""
        if self._kept is not None:
            self._kept.end()
            self._kept = None

"""The parent's side of a job's child: a deadline that really stops it, and an honest ending.

Huey's own time-out is an exception a handler can swallow and C code never sees; this one is a
signal the kernel delivers (RELIABILITY §2).
"""

import math
import os
import select
import signal
import time
from collections.abc import Callable, Sequence

from storage.jobs.endings import Failure
from storage.jobs.record import LogEntry
from storage.jobs.states import Reason
from worker.forked import Nest, Request
from worker.frames import LINE, PROGRESS, RESULT
from worker.outcome import Outcome, Produced, Stopped, failure_of
from worker.telling import Telling

GRACE_S = 2.0
TICK_S = 0.5
READ_SIZE = 1 << 20
PRINTS_KEPT = 4_000


class Supervisor:
    """Watches a child through one job.

    `tick` is called every half second; when it returns True a person wants the child to stop.
    """

    def __init__(self, timeout_s: float, telling: Telling, tick: Callable[[], bool]) -> None:
        self._timeout_s, self._telling, self._tick = timeout_s, telling, tick
        self._outcome: Outcome | None = None
        self._why_killed: Outcome | None = None
        self._termed = self._clean = False
        self._printed, self._prints = 0, b""

    def run(
        self,
        request: Request,
        nest: Nest,
        *,
        may_share: bool = False,
        ahead: Sequence[Request] = (),
    ) -> Outcome:
        """Run `perform(given, reporter)` in a child and say what became of it.

        `ahead`: what the same child may do next without being asked again.
        """
        self._child = nest.child_for(request, may_share=may_share, ahead=ahead)
        self._pipes = {self._child.frames: self._hear, self._child.prints: self._overhear}
        status = 0
        try:
            self._watch()
        finally:  # also when this process is told to stop at once
            if self._clean and may_share and not self._termed:
                nest.keep(self._child)
            else:
                status = self._child.end()
        self._note_prints()
        return self._why_killed or self._outcome or _unexplained(status)

    def _watch(self) -> None:
        """Until there is a verdict, or the child has left without one."""
        self._hear(b"")  # it may have done a job given ahead already
        if self._outcome:
            return
        poller = select.poll()
        for handle in (*self._pipes, self._child.exited):
            poller.register(handle, select.POLLIN)
        now = time.monotonic()
        press_at, tick_at = now + self._timeout_s, now + TICK_S
        while True:
            ready = poller.poll(max(0.0, min(press_at, tick_at) - now) * 1000)
            for handle in self._listen():
                poller.unregister(handle)
            if self._outcome or any(handle == self._child.exited for handle, _ in ready):
                self._listen()
                return
            now = time.monotonic()
            if now >= tick_at:
                tick_at = now + TICK_S
                press_at = now if self._asked_to_stop() else press_at
            if now >= press_at:
                press_at = self._press(now)

    def _asked_to_stop(self) -> bool:
        if not self._tick() or self._termed:
            return False
        self._why_killed = Stopped()
        return True

    def _press(self, now: float) -> float:
        """End the child: ask first, then insist; returns when the next step is due."""
        if self._termed:
            self._child.kill(signal.SIGKILL)
            return math.inf
        self._why_killed = self._why_killed or _timed_out(self._timeout_s)
        self._termed = True
        self._child.kill(signal.SIGTERM)
        return now + GRACE_S

    def _listen(self) -> list[int]:
        """Read each pipe once, which is all it can hold; returns those that have closed."""
        closed = []
        for handle, hear in self._pipes.items():
            data = _available(handle)
            if data:
                hear(data)
            elif data is not None:
                closed.append(handle)
        for handle in closed:
            del self._pipes[handle]
        return closed

    def _hear(self, data: bytes) -> None:
        try:
            frames = self._child.reader.feed(data)
            while self._outcome is None and (frame := next(frames, None)):
                kind, value = frame
                if kind == PROGRESS:
                    self._telling.progress = value
                elif kind == LINE:
                    self._telling.hear_line(value)
                elif kind == RESULT:
                    output, self._clean = value
                    self._outcome = Produced(output)
                else:
                    self._outcome = value
        except Exception as error:
            self._outcome = failure_of(error)

    def _overhear(self, data: bytes) -> None:
        self._printed += len(data)
        self._prints += data[: PRINTS_KEPT - len(self._prints)]

    def _note_prints(self) -> None:
        if self._printed:
            text = self._prints.decode(errors="replace")
            message = f"printed {self._printed} bytes: {text}"
            self._telling.hear_line(LogEntry(level="WARN", event="printed", message=message))


def _available(handle: int) -> bytes | None:
    try:
        return os.read(handle, READ_SIZE)
    except BlockingIOError:
        return None


def _timed_out(seconds: float) -> Failure:
    return Failure(
        Reason.TIMED_OUT, "TimedOut", f"It ran longer than {seconds:g} s and was stopped."
    )


def _unexplained(status: int) -> Failure:
    """A child that left without a word: its exit code or signal is all there is to say."""
    code = os.waitstatus_to_exitcode(status)
    if code < 0:
        message = f"Its process was ended by signal {-code} ({signal.Signals(-code).name})."
    else:
        message = f"Its process left with exit code {code} and no result."
    return Failure(Reason.CRASHED, "ProcessDied", message)

"""The same claims and settlements in one process, without Huey: `--no-huey`."""

import signal
import time
from types import FrameType

from storage.identity import new_id
from storage.jobs.actions import claim
from worker.clock import Clock
from worker.registry import HANDLERS, Handlers
from worker.runner import Runner
from worker.station import Station

WAIT_S = 1.0


class Loop:
    """One worker that is its own clock. SIGTERM lets the job in hand end."""

    def __init__(self, handlers: Handlers = HANDLERS) -> None:
        self._handlers = handlers
        self._stopping = False

    def run(self, *, drain: bool = False) -> None:
        """Claim and run until told to stop; with `drain`, until nothing is runnable."""
        signal.signal(signal.SIGTERM, self._stop)
        station, clock = Station(new_id()), Clock()
        runner = Runner(station, self._handlers, lambda: not self._stopping)
        ticked = time.monotonic()
        while not self._stopping:
            jobs = claim(station.worker_id)
            if jobs:
                runner.run_chain(jobs)
            elif drain:
                break
            else:
                station.wait(WAIT_S)
            if time.monotonic() - ticked >= WAIT_S:
                ticked = time.monotonic()
                clock.tick()
                station.beat_if_due()
        clock.keep_books()
        station.close()

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

"""The same claims and settlements in one process, without Huey: `--no-huey`."""

import signal
import time
from types import FrameType

from storage.identity import new_id
from storage.jobs.actions import claim
from storage.jobs.states import FINAL
from storage.jobs.views import find_job
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

    def run(self, *, drain: bool = False, until: str | None = None) -> None:
        """Claim and run until told to stop; with `drain`, until nothing is runnable.

        With `until`, the id of a job, until that has ended or nothing is runnable.
        """
        signal.signal(signal.SIGTERM, self._stop)
        station, clock = Station(new_id()), Clock()

        def may_go_on() -> bool:
            if self._stopping or station.is_cut_off():
                return False
            return not (until and find_job(until).status in FINAL)

        runner = Runner(station, self._handlers, may_go_on)
        ticked = time.monotonic()
        while may_go_on():
            jobs = claim(station.worker_id)
            if jobs:
                runner.run_chain(jobs)
            elif drain or until:
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

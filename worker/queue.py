"""Huey over the jobs table: the only file that imports huey.

Huey brings the process pool, its health check, signals and graceful shutdown. What is queued,
claimed, retried or scheduled is in our table alone: Huey's own storage loses work when killed
(RELIABILITY §1.1–1.2), so its storage here is empty and refuses to be written.
"""

# mypy: disable-error-code="no-untyped-call"

import contextlib
import logging
import os
import signal
from collections.abc import Sequence
from types import FrameType
from typing import Any

from huey.api import Huey, Task
from huey.constants import EmptyData
from huey.consumer import (
    Consumer,
    ConsumerStopped,
    ProcessEnvironment,
    Scheduler,
    Worker,
    WorkerRecycle,
)
from huey.storage import BaseStorage
from loguru import logger

from storage.database import disconnect, home
from storage.errors import StoreError
from storage.identity import new_id
from storage.jobs import doorbell
from storage.jobs.actions import begin_draining, claim
from storage.jobs.kinds import KINDS
from storage.jobs.limits import effective
from storage.jobs.record import ClaimedJob
from storage.jobs.waiting import is_drained
from storage.taxonomy.reading import read
from storage.translation import translated
from worker.clock import Clock
from worker.logs import in_words
from worker.process import die_with
from worker.registry import HANDLERS, Handlers
from worker.runner import Runner
from worker.station import DRAINED, Station
from worker.tenure import Tenure

WAIT_S = 1.0
ENDING_S = 10
CUT_OFF = "cut off: the server ended its connection"


class Storage(BaseStorage):
    """Nothing is kept here, and nothing gets past the jobs table."""

    blocking = True  # `dequeue` waits for the doorbell itself

    def close(self) -> None:
        """Before the pool forks: no process may use another's connection."""
        disconnect()

    def enqueue(self, data: bytes, priority: float | None = None) -> None:
        """Refused: work is submitted as a job."""
        raise NotImplementedError("work is queued by submitting a job")

    def peek_data(self, key: str) -> Any:
        """No revocations: a job is cancelled in its own table."""
        return EmptyData

    def pop_data(self, key: str) -> Any:
        """No results: a job's result is written as it is settled."""
        return EmptyData


class JobTask(Task):
    """Claimed jobs in Huey's hands: one, or a few light ones."""

    def __init__(self, jobs: Sequence[ClaimedJob], runner: Runner) -> None:
        super().__init__(id=jobs[0].attempt_id)
        self._jobs, self._runner = jobs, runner

    def execute(self) -> None:
        """Run them, and those claimed with their end."""
        self._runner.run_chain(self._jobs)


class JobHuey(Huey):
    """Huey whose queue is the jobs table. One copy lives in each process of the pool."""

    storage_class = Storage

    def __init__(self, handlers: Handlers, tenure: Tenure) -> None:
        super().__init__("eightbells", results=False)
        self.pool_id = new_id()
        self.handlers, self.tenure = handlers, tenure
        self._clock: Clock | None = None
        self._complaint: StoreError | None = None
        self._on_leaving = contextlib.ExitStack()

    def take_up(self, stop_flag: Any) -> None:
        """Become a worker, in its own process."""
        self._station = Station(self.pool_id)
        self._on_leaving.callback(lambda: self._station.close(self.why_leave() or DRAINED))
        self._runner = Runner(
            self._station, self.handlers, lambda: not (stop_flag.is_set() or self.why_leave())
        )

    def why_leave(self) -> str | None:
        """Why this worker makes room for a fresh one; asked between two jobs."""
        if self._station.is_cut_off():
            return CUT_OFF
        return self.tenure.why_over(self._station.jobs_begun)

    def lay_down(self) -> None:
        """Stop being one, when it had become one."""
        self._on_leaving.close()

    def dequeue(self) -> JobTask | None:
        """Claim what is next; when there is nothing, wait for the doorbell at most a second."""
        with translated(home()):
            jobs = [] if self._station.is_cut_off() else claim(self._station.worker_id)
            if jobs:
                return JobTask(jobs, self._runner)
            self._station.wait(WAIT_S)
            self._station.beat_if_due()
        return None

    def read_schedule(self, timestamp: Any = None) -> list[Task]:
        """Called every second by Huey's scheduler: our clock ticks, nothing is scheduled there.

        That the store cannot be used is said once, and once that it can be again.
        """
        self._clock = self._clock or Clock()
        try:
            with translated(home()):
                self._clock.tick()
        except StoreError as error:
            if str(error) != str(self._complaint):
                logger.critical("nothing is done until the store can be used: {}", in_words(error))
            self._complaint = error
        else:
            if self._complaint is not None:
                logger.info("the store can be used again")
            self._complaint = None
        return []


class PoolWorker(Worker):
    """A worker process: bound to its parent's life, with its own connection and lock."""

    def __init__(self, **options: Any) -> None:
        self._parent = os.getpid()
        super().__init__(**options)

    def initialize(self) -> None:
        """First thing after the fork; where the store cannot be used, wait until it can."""
        _settle_in(self._parent)
        while not self.stop_flag.is_set():
            try:
                with translated(home()):
                    self.huey.take_up(self.stop_flag)
                break
            except StoreError as error:
                logger.debug("not at work yet: {}", in_words(error))
                self.stop_flag.wait(WAIT_S)

    def loop(self, now: Any = None) -> None:
        """One round; a worker whose tenure is over leaves, and the pool replaces it."""
        super().loop(now)
        why = self.huey.why_leave()
        if why is not None:
            logger.info("this worker leaves and a fresh one takes its place: {}", why)
            raise WorkerRecycle

    def shutdown(self) -> None:
        """Last thing before the process ends; what cannot be written down now, a pool notes."""
        with contextlib.suppress(StoreError):
            self.huey.lay_down()


class PoolClock(Scheduler):
    """Huey's scheduler process, which only keeps our clock."""

    def __init__(self, **options: Any) -> None:
        self._parent = os.getpid()
        super().__init__(**options)

    def initialize(self) -> None:
        """First thing after the fork."""
        _settle_in(self._parent)


class Pool(Consumer):
    """Worker processes and a clock. SIGTERM lets running jobs end; a second one stops at once."""

    worker_class: Any = PoolWorker
    scheduler_class: Any = PoolClock

    def __init__(self, workers: int, *, drain: bool, handlers: Handlers, tenure: Tenure) -> None:
        super().__init__(
            JobHuey(handlers, tenure),
            workers=workers,
            worker_type="process",
            periodic=False,
            health_check_interval=1,
            shutdown_timeout=max(effective(kind).timeout_s for kind in KINDS) + ENDING_S,
            graceful_signal="TERM",
        )
        self._drain = drain
        self._logger.addFilter(_said_plainly)
        stops = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
        self._signal_actions = dict.fromkeys(stops, (False, True))

    def get_environment(self, worker_type: str) -> ProcessEnvironment:
        """Workers are interrupted by a signal no terminal sends, so Ctrl-C drains them too."""
        return ProcessEnvironment(signal.SIGTERM, signal.SIGUSR1)

    def loop(self, health_check_ts: float | None = None) -> float | None:
        """Huey's main loop, every tenth of a second; a draining pool ends when all is done."""
        checked: float | None = super().loop(health_check_ts)
        if self._drain and is_drained():
            self.stop(graceful=True)
            raise ConsumerStopped
        return checked

    def run(self) -> None:
        """Until told to stop; told twice, wherever that arrives, workers stop at once."""
        try:
            super().run()
        except KeyboardInterrupt:
            self._interrupt_workers()

    def check_worker_health(self) -> Any:
        """Replace what has died; forked from a process that has no connection open."""
        disconnect()
        return super().check_worker_health()

    def stop(self, graceful: bool = False) -> None:
        """Set the flag, then ring, so that waiting workers look at it now."""
        self.stop_flag.set()
        with contextlib.suppress(StoreError):
            begin_draining(self.huey.pool_id)
        disconnect()
        doorbell.ring()
        logger.info("draining: running jobs end, no other starts; told again, all stop at once")
        super().stop(graceful)

    def _handle_signal(self, signum: int, frame: FrameType | None) -> None:
        super()._handle_signal(signum, frame)
        for number in self._signal_actions:
            signal.signal(number, signal.default_int_handler)


def run_pool(
    workers: int,
    *,
    drain: bool = False,
    handlers: Handlers = HANDLERS,
    tenure: Tenure = Tenure(),  # noqa: B008 - a frozen value
) -> None:
    """Run a pool in this process until it is told to stop or, with `drain`, all is done."""
    read("pump leaks")  # the tables of the text work are loaded once here, not again in every child
    logger.info("{} workers, waiting for jobs", workers)
    Pool(workers, drain=drain, handlers=handlers, tenure=tenure).run()
    Clock().keep_books()


def _said_plainly(record: logging.LogRecord) -> bool:
    """Huey calls every worker it replaces dead; why one ended stands in its own record."""
    if record.msg == "Worker %d died, restarting.":
        record.msg = "worker %d has ended, a fresh one takes its place"
    return True


def _settle_in(parent: int) -> None:
    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)

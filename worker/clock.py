"""What happens by itself: every second the rescue, every ten the books and a look at it all."""

import contextlib
import os
import signal
import time

from loguru import logger

from storage.audit.anchor import write_anchor
from storage.audit.views import checkpoint
from storage.database import tidy
from storage.errors import StoreDamaged, StoreError
from storage.jobs.actions import bury_dead_workers, rescue_lost
from storage.jobs.limits import effective
from storage.jobs.liveness import process_of
from storage.jobs.rescue import running_attempts
from storage.jobs.search import keep_up
from storage.schedules.timekeeper import Timekeeper
from worker.logs import in_words
from worker.waiting import WAITING
from worker.watch import Watch

BOOKS_S = 10.0
PATIENCE_S = 30.0
"""How long past its time-out an attempt may run before its worker counts as frozen."""


class Clock:
    """Kept by one process of a pool; several pools may each keep one."""

    def __init__(self) -> None:
        self._books_at = time.monotonic()
        self._anchored = -1
        self._first_seen: dict[str, float] = {}
        self._watch = Watch()
        self._timekeeper = Timekeeper(waiting=WAITING)

    def tick(self) -> None:
        """Once a second."""
        books_are_due = time.monotonic() >= self._books_at
        if books_are_due:
            self._books_at = time.monotonic() + BOOKS_S
            self._look()
        for job_id in rescue_lost():
            logger.warning("job {} was left by a dead worker and has been rescued", job_id)
        if books_are_due:
            self.keep_books()
        self.end_frozen_workers()
        self._watch.tell()
        self._start_what_is_due()
        keep_up()

    def _start_what_is_due(self) -> None:
        """What cannot be written now is tried again at the next tick."""
        try:
            started = self._timekeeper.tick()
        except StoreError as error:
            logger.error("what is due by the clock cannot be started: {}", error)
            return
        for schedule, job in started:
            logger.info("schedule {} was due: job {} ({})", schedule.name, job.job_id, job.reason)

    def _look(self) -> None:
        """Before anything is written: what cannot be written any more is to be seen first."""
        try:
            self._watch.look()
        except StoreError as error:
            logger.critical("the store cannot be used: {}", in_words(error))

    def end_frozen_workers(self, patience_s: float = PATIENCE_S) -> None:
        """Kill a live worker whose attempt should have been timed out long ago.

        Its lock is then free and the next tick rescues: kill first, rescue second. Time is counted
        from when this clock first saw the attempt, so a stepped wall clock kills nobody.
        """
        now, running = time.monotonic(), running_attempts()
        self._first_seen = {a: self._first_seen.get(a, now) for a in running}
        for attempt_id, (worker_id, kind) in running.items():
            if now - self._first_seen[attempt_id] > effective(kind).timeout_s + patience_s:
                logger.error("worker {} is frozen and is ended", worker_id)
                _kill(process_of(worker_id))

    def keep_books(self) -> None:
        """Note dead workers, fold the write-ahead log back, and anchor the audit log's end."""
        for worker_id in bury_dead_workers():
            logger.warning("worker {} died", worker_id)
        size = checkpoint().size
        if size != self._anchored:
            self._anchored = size
            tidy()
            self._anchor()

    def _anchor(self) -> None:
        try:
            write_anchor()
        except StoreDamaged as error:
            logger.critical("the audit log is not anchored: {}", error)


def _kill(pid: int | None) -> None:
    if pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

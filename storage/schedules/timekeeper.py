"""The look at the clock a worker pool takes each second.

A look that finds nothing costs two index seeks: when the next run is due is kept in memory, and
looked up anew when ship's time or the watch bill was changed or the machine's clock went back.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from loguru import logger

from storage.audit.actor import WORKER
from storage.database import now, read_only
from storage.errors import Refused
from storage.jobs.kinds import JobKind
from storage.jobs.record import Submitted
from storage.schedules.actions import run_due
from storage.schedules.outlook import look
from storage.schedules.ships_clock import posted
from storage.schedules.timetable import Scheduled, timetable


class Timekeeper:
    """Kept by one process of each pool; several of them start each run once.

    `waiting` says of the kinds that only run when work waits whether it does.
    """

    def __init__(
        self,
        schedules: Sequence[Scheduled] | None = None,
        waiting: Mapping[JobKind, Callable[[], bool]] | None = None,
    ) -> None:
        self._schedules = timetable() if schedules is None else schedules
        self._waiting = waiting or {}
        self._posted: object = None
        self._looked_at: datetime | None = None
        self._look_at: datetime | None = None

    def tick(self) -> list[tuple[Scheduled, Submitted]]:
        """Start what is due; what was started."""
        at, posted_now = now(), posted()
        went_back = self._looked_at is None or at < self._looked_at
        due = self._look_at is not None and at >= self._look_at
        if went_back or due or posted_now != self._posted:
            found = [(schedule, self._attend(schedule)) for schedule in self._schedules]
            self._look_at, self._posted = self._next_look(at), posted_now
        else:
            found = []
        self._looked_at = at
        return [(schedule, job) for schedule, job in found if job is not None]

    def _attend(self, schedule: Scheduled) -> Submitted | None:
        """One schedule that cannot start must not hold up the others."""
        try:
            waits = self._waiting.get(schedule.kind, lambda: True)
            return run_due(WORKER, schedule) if waits() else None
        except Refused as refusal:
            logger.error("schedule {} did not start: {}", schedule.name, refusal)
            return None

    def _next_look(self, at: datetime) -> datetime | None:
        with read_only():
            coming = [look(schedule, at).next for schedule in self._schedules]
        return min((due.at for due in coming if due is not None), default=None)

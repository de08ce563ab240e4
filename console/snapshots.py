"""What each screen is told, as pure questions to the store: frozen values in, frozen values out.

They run in the background thread inside one read-only transaction; nothing here is shared with it
but the arguments and the answer.
"""

from datetime import datetime

from storage.database import now
from storage.errors import NotFound
from storage.jobs.liveness import any_worker_alive
from storage.jobs.record import JobRow
from storage.jobs.states import JobStatus
from storage.jobs.views import active_jobs, find_job
from storage.value import Value
from storage.vessel.views import VesselView, the_vessel


class Bridge(Value):
    """What every screen shows: whose ship, what time, what runs. `at` is cut to the minute."""

    at: datetime
    vessel: VesselView | None
    active: tuple[JobRow, ...]
    followed: tuple[JobRow, ...]
    worker_alive: bool

    @property
    def is_busy(self) -> bool:
        """Whether something runs, so that the display has to keep up with it."""
        return any(job.status is JobStatus.RUNNING for job in self.active)

    def times(self, moment: datetime) -> str:
        """A moment in ship's time and UTC (CONSOLE rule 10)."""
        return self.vessel.both_times(moment) if self.vessel else f"{moment:%Y-%m-%d %H:%M} UTC"


def take_bridge(followed: frozenset[str]) -> Bridge:
    """The facts of the bridge now; `followed` are the ids of jobs this person waits for."""
    at = now().replace(second=0, microsecond=0)
    return Bridge(
        at=at,
        vessel=_vessel(at),
        active=tuple(active_jobs()),
        followed=tuple(job for job in map(_job, sorted(followed)) if job),
        worker_alive=any_worker_alive(),
    )


def _vessel(at: datetime) -> VesselView | None:
    try:
        return the_vessel(at)
    except NotFound:
        return None


def _job(job_id: str) -> JobRow | None:
    try:
        return find_job(job_id)
    except NotFound:
        return None

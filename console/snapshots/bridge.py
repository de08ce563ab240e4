"""What every screen shows of the ship: her time, what runs and waits, what is wrong."""

from collections.abc import Sequence
from datetime import datetime

from storage.alerts.views import AlertView, standing
from storage.database import now
from storage.errors import NotFound
from storage.jobs.explain import explain
from storage.jobs.forecast import typical_s
from storage.jobs.kind_spec import Queue
from storage.jobs.liveness import any_worker_alive
from storage.jobs.queue_views import Pause, pauses
from storage.jobs.record import JobRow, WorkerRecord
from storage.jobs.states import JobStatus
from storage.jobs.views import active_jobs, find_job, workers
from storage.value import Value
from storage.vessel.views import VesselView, the_vessel

SHOWS_PROGRESS = ("draft", "handover")
"""What a screen shows the progress of; a job on one is explained, this many of a status at most."""
TOLD = 8


class Run(Value):
    """How long a job has run, and how long the last runs of its kind took, in seconds."""

    so_far_s: int
    typical_s: float | None


class Bridge(Value):
    """What every screen shows: whose ship, what time, what runs. `at` is cut to the minute.

    Of jobs that work on a draft or a handover, by id: `waits`, why they are not running, and
    `runs`, how long they have been. `workers`: those that have not signed off, with their ages;
    `pauses`: the queues nothing starts on, None for the whole engine; `alerts`: what stands wrong.
    """

    at: datetime
    vessel: VesselView | None
    active: tuple[JobRow, ...]
    followed: tuple[JobRow, ...]
    waits: dict[str, str]
    runs: dict[str, Run]
    worker_alive: bool
    workers: tuple[WorkerRecord, ...]
    pauses: tuple[tuple[Queue | None, Pause], ...]
    alerts: tuple[AlertView, ...]

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
    active = tuple(active_jobs())
    return Bridge(
        at=at,
        vessel=_vessel(at),
        active=active,
        followed=tuple(job for job in map(_job, sorted(followed)) if job),
        waits={job.job_id: explain(job) for job in _shown(active, JobStatus.QUEUED)},
        runs={job.job_id: _run(job) for job in _shown(active, JobStatus.RUNNING)},
        worker_alive=any_worker_alive(),
        workers=tuple(workers()),
        pauses=pauses(),
        alerts=tuple(standing()),
    )


def _shown(active: Sequence[JobRow], status: JobStatus) -> list[JobRow]:
    """The first of those in a status that work on what a screen shows the progress of."""
    shown = (job for job in active if job.resource_type in SHOWS_PROGRESS)
    return [job for job in shown if job.status is status][:TOLD]


def _run(job: JobRow) -> Run:
    so_far = now() - (job.started_at or now())
    return Run(so_far_s=max(0, int(so_far.total_seconds())), typical_s=typical_s(job.kind))


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

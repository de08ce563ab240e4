"""JOBS §1 and §4 as a small model: what each verb does to a job, and which say no."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from storage.jobs.record import ClaimedJob
from storage.jobs.states import LEGAL_MOVES, JobStatus, Reason

QUEUED, RUNNING, FAILED = JobStatus.QUEUED, JobStatus.RUNNING, JobStatus.FAILED
CANCELLED = JobStatus.CANCELLED
RETRIES = 3


@dataclass
class ModelGroup:
    """What the model knows of a group."""

    sealed: bool = False
    cancelled: bool = False
    closed: bool = False


@dataclass
class ModelJob:
    """What the model knows of a job."""

    priority: int
    waits_since: datetime
    idempotent: bool
    group_id: str | None = None
    status: JobStatus = QUEUED
    reason: str = Reason.QUEUED
    attempts: int = 0
    requeues: int = 0
    stop_asked: bool = False
    holder: ClaimedJob | None = None

    @property
    def facts(self) -> tuple[str, str, int, int]:
        """What the store's row says of it."""
        return (self.status.value, str(self.reason), self.attempts, self.requeues)

    def move(self, status: JobStatus, reason: str) -> None:
        """Only along the table."""
        assert status in LEGAL_MOVES[self.status]
        self.status, self.reason = status, reason
        if status is not RUNNING:
            self.holder = None

    def lose(self, group: ModelGroup | None, at: datetime) -> None:
        """Its worker is gone: run again where that is safe, else a person decides.

        It keeps its place in the queue, or comes before it when the clock was put back.
        """
        reason = Reason.WORKER_LOST if self.idempotent else Reason.OUTCOME_UNKNOWN
        self.move(FAILED, reason)
        if self.idempotent and self.requeues < RETRIES and not (group and group.cancelled):
            self.requeues += 1
            self.move(QUEUED, Reason.REQUEUED)
            self.stop_asked, self.waits_since = False, min(self.waits_since, at)

    def wait_again(self, at: datetime) -> None:
        """Queued by a person, with a new place in the queue."""
        self.move(QUEUED, Reason.RETRY)
        self.waits_since, self.stop_asked = at, False

    def may_cancel(self) -> bool:
        """All the kinds here may be stopped while they run."""
        return self.status in (QUEUED, FAILED) or (self.status is RUNNING and not self.stop_asked)


@dataclass
class Model:
    """All jobs and groups, and whether the engine is paused."""

    jobs: dict[str, ModelJob] = field(default_factory=dict)
    groups: dict[str, ModelGroup] = field(default_factory=dict)
    paused: bool = False

    def next_up(self) -> str | None:
        """The job a free worker takes: the highest priority, then the longest wait."""
        waiting = [] if self.paused else [i for i, j in self.jobs.items() if j.status is QUEUED]
        return min(waiting, key=self._turn, default=None)

    def may_retry(self, job: ModelJob) -> bool:
        """Failed, neither poisoned nor of unknown outcome, its group not cancelled."""
        held = job.reason.startswith("poisoned:") or job.reason == Reason.OUTCOME_UNKNOWN
        return job.status is FAILED and not held and not self.group_is_cancelled(job)

    def may_decide(self, job: ModelJob, answer: str) -> bool:
        """Only an unknown outcome is decided; nothing runs again in a cancelled group."""
        unknown = job.status is FAILED and job.reason == Reason.OUTCOME_UNKNOWN
        return unknown and not (answer == "rerun" and self.group_is_cancelled(job))

    def copy(self) -> "Model":
        """Another one that moves by itself; what a worker holds is a value and is shared."""
        return Model(
            jobs={job_id: replace(job) for job_id, job in self.jobs.items()},
            groups={group_id: replace(group) for group_id, group in self.groups.items()},
            paused=self.paused,
        )

    def group_is_cancelled(self, job: ModelJob) -> bool:
        """Whether a person cancelled the group it belongs to."""
        return job.group_id is not None and self.groups[job.group_id].cancelled

    def children(self, group_id: str) -> list[ModelJob]:
        """The jobs of a group."""
        return [job for job in self.jobs.values() if job.group_id == group_id]

    def has_closed(self, group_id: str) -> bool:
        """Whether there was a moment when nothing was added any more, queued or running."""
        group = self.groups[group_id]
        active = any(job.status in (QUEUED, RUNNING) for job in self.children(group_id))
        group.closed = group.closed or (group.sealed and not active)
        return group.closed

    def _turn(self, job_id: str) -> tuple[int, datetime, str]:
        return (-self.jobs[job_id].priority, self.jobs[job_id].waits_since, job_id)

"""What others see of jobs: frozen values, no rows (pure). The record is that of JOBS §2."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeVar

from pydantic import Field, computed_field

from storage.filtering import Expression
from storage.jobs.access import AccessMode
from storage.jobs.kind_spec import KindSpec
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.states import JobStatus, JobView, job_view
from storage.value import Value

A = TypeVar("A", bound=Value)


class Origin(StrEnum):
    """What made the job."""

    USER = "user"
    SYSTEM = "system"
    SCHEDULED = "scheduled"
    GROUP = "group"


class SafetyMode(StrEnum):
    """How careful a job has to be."""

    STRICT = "strict"
    NORMAL = "normal"
    EXPERIMENTAL = "experimental"


class Operation(Value):
    """One thing a job plans to do."""

    op: Literal["read", "write", "plan", "execute"]
    target: str
    description: str = ""


class Scope(Value):
    """What a job is allowed to do, and what it says it will do.

    Left out, the mode and the entities are those of its kind; given, they may only be less.
    """

    access_mode: AccessMode | None = None
    safety_mode: SafetyMode = SafetyMode.NORMAL
    entity_refs: tuple[str, ...] = ()
    planned_operations: tuple[Operation, ...] = ()


class Metrics(Value):
    """What an attempt cost; never absent, never negative, zero at creation."""

    duration_ms: int = Field(default=0, ge=0)
    total_tokens: int = Field(default=0, ge=0)
    input_tokens: int = Field(default=0, ge=0)
    output_tokens: int = Field(default=0, ge=0)
    tokens_planner: int = Field(default=0, ge=0)
    tokens_executor: int = Field(default=0, ge=0)
    entities_read: int = Field(default=0, ge=0)
    entities_written: int = Field(default=0, ge=0)
    validators_run_count: int = Field(default=0, ge=0)


class Progress(Value):
    """Telemetry of a run: where it is, never part of its result."""

    phase: str
    current: int = Field(default=0, ge=0)
    total: int | None = Field(default=None, ge=0)
    unit: str = ""
    counters: dict[str, int] = Field(default_factory=dict)
    at: datetime | None = None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def percent(self) -> int | None:
        """Whole percent of the phase; None when its size is not known."""
        return min(100, self.current * 100 // self.total) if self.total else None


class LogEntry(Value):
    """One line of a job's log."""

    level: Literal["INFO", "WARN", "ERROR"]
    event: str
    message: str
    context: dict[str, Any] = Field(default_factory=dict)
    at: datetime | None = None
    attempt_id: str | None = None


class AttemptRecord(Value):
    """One run of a job. Once it has ended it never changes (I4)."""

    attempt_id: str
    number: int
    worker_id: str
    host: str
    pid: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reason: str | None
    error_type: str | None
    error_message: str | None
    traceback: str | None
    metrics: Metrics
    receipt: dict[str, Any] | None


class JobRow(Value):
    """A job as a list shows it. `error` is the last attempt's, verbatim."""

    job_id: str
    trace_id: str
    kind: JobKind
    status: JobStatus
    status_reason: str
    attempt: int
    requeues: int
    queue: str
    priority: int
    lock_key: str
    duplicate_key: str | None
    origin: Origin
    requested_by: str
    requested_by_name: str
    vessel_id: str | None
    subject: str
    parent_id: str | None
    group_id: str | None
    created_at: datetime
    queued_at: datetime
    available_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    last_activity_at: datetime
    cancel_requested_at: datetime | None
    error: str | None = None
    progress: Progress | None = None

    @property
    def spec(self) -> KindSpec:
        """The entry of its kind in the registry."""
        return KINDS[self.kind]

    @property
    def view(self) -> JobView:
        """Its place in the nine-state view."""
        return job_view(self.status, self.status_reason)

    @property
    def resource_type(self) -> str | None:
        """What sort of thing `subject` names."""
        return self.spec.resource_type


class JobDetail(JobRow):
    """The whole record of JOBS §2, with its attempts and log."""

    workflow_run_id: str | None
    arguments: dict[str, Any]
    protocol_id: str
    profile_id: str
    capability_profile_id: str
    access_mode: AccessMode
    safety_mode: SafetyMode
    entity_refs: list[str]
    planned_operations: list[Operation]
    idempotency_key: str | None
    metrics: Metrics
    result: dict[str, Any] | None
    attempts: list[AttemptRecord]
    log: list[LogEntry]
    """The newest lines, oldest first; `log_total` says how many there are in all."""
    log_total: int = 0


class Forecast(Value):
    """Where a queued job stands in its queue (1 is next) and when it will probably start.

    `at_least`: there are more before it than are counted. `typical_s` is the median time of the
    last runs of its kind; None when there were none.
    """

    position: int
    at_least: bool
    typical_s: float | None
    expected_start: datetime | None


class JobOrder(StrEnum):
    """The orders a list of jobs can have: those an index gives at any size."""

    NEWEST = "newest first"
    OLDEST = "oldest first"


class JobQuery(Value):
    """Which jobs: the same value drives a list, its count and a bulk action."""

    status: JobStatus | None = None
    kind: JobKind | None = None
    group: str | None = None
    text: str | None = None
    since: datetime | None = None
    ids: tuple[str, ...] | None = None
    where: Expression | None = None
    order: JobOrder = JobOrder.NEWEST


class Cursor(Value):
    """Where a page ended: the created time and id of its last job."""

    created_at: datetime
    job_id: str


class WorkerRecord(Value):
    """A worker as its lock and its heartbeat show it. Ages are seconds."""

    worker_id: str
    pool_id: str
    host: str
    pid: int
    version: str
    registered_at: datetime
    heartbeat_age_s: float
    alive: bool
    draining: bool
    job_id: str | None

    @property
    def state(self) -> Literal["alive", "draining", "dead"]:
        """What its lock says, and whether it still takes jobs."""
        if not self.alive:
            return "dead"
        return "draining" if self.draining else "alive"

    @property
    def freshness(self) -> Literal["ok", "late", "stale"]:
        """The age in one word: ok up to 30 s, stale over 60 s (JOBS §5)."""
        if self.heartbeat_age_s <= 30:
            return "ok"
        return "late" if self.heartbeat_age_s <= 60 else "stale"


class ClaimedJob(Value):
    """A job in a worker's hands. `attempt_id` is the fence: without it nothing can be settled."""

    job_id: str
    attempt_id: str
    number: int
    kind: JobKind
    arguments: dict[str, Any]
    trace_id: str
    vessel_id: str | None
    subject: str
    requested_by: str
    requested_by_name: str
    access_mode: AccessMode = AccessMode.ANALYSIS_ONLY
    entity_refs: tuple[str, ...] = ()
    timeout_s: int

    @property
    def spec(self) -> KindSpec:
        """The entry of its kind in the registry."""
        return KINDS[self.kind]

    def arguments_as(self, model: type[A]) -> A:
        """The arguments as the kind's own model."""
        return model.model_validate(self.arguments)


class Submitted(Value):
    """What a submission led to: a new job, or the one that already does this work.

    `reason`: `created`, `dry_run`, `same_key`, `already_active` or `cooldown`.
    """

    job_id: str
    created: bool
    reason: str

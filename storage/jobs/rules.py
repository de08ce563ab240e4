"""The rules of jobs (pure): what may be done now, which job is next, and why not."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storage.jobs.kinds import KindSpec
from storage.jobs.states import JobStatus, Reason, is_poisoned


@dataclass(frozen=True, slots=True)
class Head:
    """The first waiting job of one (queue, lock, priority)."""

    job_id: str
    queue: str
    lock_key: str
    priority: int
    available_at: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds jobs back now. `running` counts per queue; times are sortable text."""

    now: str
    engine_paused: bool
    paused: Collection[str]
    max_concurrent: Mapping[str, int | None]
    running: Mapping[str, int]
    locks: Collection[str]


def why_not_cancel(status: JobStatus, reason: str, spec: KindSpec, requested: bool) -> str | None:
    """The sentence that refuses a cancel; None when it is legal (JOBS §1)."""
    if status in (JobStatus.QUEUED, JobStatus.FAILED):
        return None
    if status is not JobStatus.RUNNING:
        return f"The job is {status}; there is nothing left to cancel."
    if not spec.cancel_running:
        return (
            f"{spec.label} is atomic: it ends by itself or at its time-out of {spec.timeout_s} s."
        )
    return "Its cancel is already requested; it stops within seconds." if requested else None


def why_not_retry(status: JobStatus, reason: str, spec: KindSpec) -> str | None:
    """The sentence that refuses a retry; None when it is legal (JOBS §1)."""
    if status is not JobStatus.FAILED:
        return f"The job is {status}; only a failed job is retried."
    if is_poisoned(reason):
        return f"The job is {reason}: a retry would only repeat it."
    if reason == Reason.OUTCOME_UNKNOWN:
        return "Nobody knows whether it took effect; decide `rerun` or `close` instead."
    return None if spec.may_retry else f"{spec.label} is never retried; submit a new one."


def why_not_decide(status: JobStatus, reason: str) -> str | None:
    """The sentence that refuses a decision; None when the outcome is unknown."""
    if status is JobStatus.FAILED and reason == Reason.OUTCOME_UNKNOWN:
        return None
    return f"The job is {status} ({reason}); only an unknown outcome needs a decision."


def why_waiting(head: Head, limits: Limits) -> str | None:
    """The word for what holds a waiting job back; None when a worker may take it now."""
    limit = limits.max_concurrent.get(head.queue)
    if limits.engine_paused:
        return "engine_paused"
    if head.queue in limits.paused:
        return "queue_paused"
    if head.available_at > limits.now:
        return "not_due"
    if head.lock_key and head.lock_key in limits.locks:
        return "lock"
    if limit is not None and limits.running.get(head.queue, 0) >= limit:
        return "limit"
    return None


def choose(heads: Sequence[Head], limits: Limits) -> Head | None:
    """The next job: highest priority first, then the one that waits longest.

    A head that is held back is passed over, so it never holds up those behind it.
    """
    free = [head for head in heads if why_waiting(head, limits) is None]
    return min(free, key=lambda h: (-h.priority, h.available_at, h.job_id), default=None)

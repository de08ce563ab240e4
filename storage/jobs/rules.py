"""The rules of jobs (pure): what may be done now, which job is next, and why not."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storage.clock import span_words
from storage.jobs.kind_spec import Colour, KindSpec
from storage.jobs.states import GroupState, JobStatus, Reason, is_poisoned


@dataclass(frozen=True, slots=True)
class Head:
    """The first waiting job of one (queue, lock, priority).

    `not_before` is the time a delayed job waits for; empty for one that was due when it was queued,
    so a clock that is put back holds up nothing that was due already.
    """

    job_id: str
    queue: str
    lock_key: str
    priority: int
    available_at: str
    not_before: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds jobs back now. `running` counts per queue; times are sortable text."""

    now: str
    engine_paused: bool
    paused: Collection[str]
    max_concurrent: Mapping[str, int | None]
    running: Mapping[str, int]
    locks: Collection[str]


def why_not_cancel(status: JobStatus, spec: KindSpec, requested: bool, left_s: float) -> str | None:
    """The sentence that refuses a cancel; None when it is legal (JOBS §1).

    `left_s`: seconds until the time-out of a running job.
    """
    if status in (JobStatus.QUEUED, JobStatus.FAILED):
        return None
    if status is not JobStatus.RUNNING:
        return f"The job is {status}; there is nothing left to cancel."
    if not spec.cancel_running:
        left = span_words(left_s)
        return f"{spec.label} is atomic: it ends by itself or at its time-out (in {left})."
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


RAISED = 4
"""The priority of a job a person has raised."""


def why_not_boost(status: JobStatus, priority: int) -> str | None:
    """The sentence that refuses to raise a job; None when it is legal (JOBS §3)."""
    if status is not JobStatus.QUEUED:
        return f"The job is {status}; only a queued job is raised."
    return "It has the highest priority already." if priority == RAISED else None


GROUP_CANCELLED = "Its group was cancelled; submit it again as a job of its own."
"""The sentence that refuses a retry of, or a new decision about, a child of such a group."""


def why_not_decide(status: JobStatus, reason: str) -> str | None:
    """The sentence that refuses a decision; None when the outcome is unknown."""
    if status is JobStatus.FAILED and reason == Reason.OUTCOME_UNKNOWN:
        return None
    why = reason.replace("_", " ")
    return f"The job is {status} ({why}); only an unknown outcome needs a decision."


def why_waiting(head: Head, limits: Limits) -> str | None:
    """The word for what holds a waiting job back; None when a worker may take it now."""
    limit = limits.max_concurrent.get(head.queue)
    if limits.engine_paused:
        return "engine_paused"
    if head.queue in limits.paused:
        return "queue_paused"
    if head.not_before > limits.now:
        return "not_due"
    if head.lock_key and head.lock_key in limits.locks:
        return "lock"
    if limit is not None and limits.running.get(head.queue, 0) >= limit:
        return "limit"
    return None


def runnable(heads: Sequence[Head], limits: Limits) -> list[Head]:
    """The heads a worker may take now, the next one first.

    A head that is held back is passed over, so it never holds up those behind it.
    """
    return sorted((head for head in heads if why_waiting(head, limits) is None), key=turn)


def turn(head: Head) -> tuple[int, str, str]:
    """What jobs are ordered by: the highest priority, then the one that waits longest."""
    return (-head.priority, head.available_at, head.job_id)


def room(queue: str, limits: Limits, wanted: int) -> int:
    """How many jobs of a queue may be taken at once, at most `wanted`."""
    limit = limits.max_concurrent.get(queue)
    return wanted if limit is None else min(wanted, limit - limits.running.get(queue, 0))


@dataclass(frozen=True, slots=True)
class Tally:
    """How many children of a group are in each state."""

    queued: int = 0
    running: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.queued + self.running + self.ended

    @property
    def ended(self) -> int:
        """Those in a final state; cancelled and timed-out ones count."""
        return self.completed + self.failed + self.cancelled


def group_state(children: Tally, sealed: bool, cancel_asked: bool) -> GroupState:
    """What a group is: open until its parent has stopped adding and every child has ended.

    A group a person cancelled is cancelled whatever its last children came to, so that nothing
    follows it (JOBS §4). An empty group completed: there was nothing to do.
    """
    if not sealed or children.ended < children.total:
        return GroupState.OPEN
    if cancel_asked or 0 < children.cancelled == children.total:
        return GroupState.CANCELLED
    if children.completed == children.total:
        return GroupState.COMPLETED
    return GroupState.PARTIAL if children.completed else GroupState.FAILED


def why_not_cancel_group(state: GroupState, cancel_asked: bool, running: int) -> str | None:
    """The sentence that refuses to cancel a group; None when it can be cancelled."""
    if state is not GroupState.OPEN:
        return f"The group has closed as {state}."
    if cancel_asked:
        return f"It is cancelled already; {running} of its jobs still run."
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """One of the lines a waiting job stands in: for a worker, its queue's limit, or its lock.

    `slots` run at once; `remaining_s` is what each running one probably still takes; `ahead` jobs
    go before, and together they probably take `ahead_s` seconds.
    """

    slots: int
    remaining_s: Sequence[float]
    ahead: int
    ahead_s: float


def line_wait_s(line: Line) -> float:
    """Seconds until the line probably comes to a job; endless when nothing moves it."""
    if line.slots <= 0:
        return math.inf
    free = line.slots - len(line.remaining_s)
    if line.ahead < free:
        return 0.0
    first = 0.0 if free > 0 else sorted(line.remaining_s)[-free]
    if not line.ahead:
        return first
    return max(first, (sum(line.remaining_s) + line.ahead_s) / line.slots)


def why_not_follow(spec: KindSpec) -> str | None:
    """The sentence that refuses a kind as a follow-up; None when it may follow (JOBS §4)."""
    if spec.colour is Colour.DOCUMENT:
        return f"{spec.label} is asked for by a person; a follow-up never publishes."
    return None

"""What there is to say of a kind of job, and where its jobs wait (pure)."""

from dataclasses import dataclass
from enum import StrEnum

from storage.jobs.access import AccessMode, default_mode
from storage.jobs.cadence import MANUAL, Schedule
from storage.jobs.states import Reason
from storage.value import Value


class Queue(StrEnum):
    """Where a job waits; a full queue never holds up another."""

    HANDOVER = "handover"
    EXPORT = "export"
    ORDERS = "orders"
    INSIGHTS = "insights"
    UPKEEP = "upkeep"
    DIAGNOSTICS = "diagnostics"


class Duplicate(StrEnum):
    """What a second submission means while the first is still queued or running (JOBS §3)."""

    ALLOWED = "allowed"
    SAME_SUBJECT = "same_subject"  # one active job of this kind per subject
    SAME_REQUEST = "same_request"  # … per subject and arguments


class Colour(StrEnum):
    """What the colour of a kind means; the console's stylesheet gives it a hue."""

    CONTENT = "content"
    DOCUMENT = "document"
    INSIGHT = "insight"
    DIAGNOSTIC = "diagnostic"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """All there is to know about a kind. Times are seconds."""

    label: str
    sentence: str
    glyph: str
    colour: Colour
    phases: tuple[str, ...]
    arguments: type[Value]
    queue: Queue
    timeout_s: int
    priority: int = 3
    may_retry: bool = True
    cancel_running: bool = False  # false for all kinds that make content: they are atomic
    shares_child: bool = False  # light: may run in the process of the job before it
    batch: int = 1  # light and short: how many may be claimed and settled with one commit each
    idempotent: bool = True  # safe to run again after a crash
    auto_retry_limit: int = 3  # attempts the rescue may add by itself
    duplicate: Duplicate = Duplicate.ALLOWED
    cooldown_s: int = 0  # after success, the same request gives the finished job back
    lock: str | None = None  # one running job of this lock per vessel
    schedule: Schedule = MANUAL  # when it starts without a person asking
    resource_type: str | None = None
    subject: str = ""  # the argument that names what a job works on
    completed_as: Reason = Reason.COMPLETED
    writes: tuple[str, ...] = ()  # entities it may touch, with its arguments' names in braces

    @property
    def access_mode(self) -> AccessMode:
        """What its jobs may write; a request may ask for less."""
        return default_mode(self.writes)


@dataclass(frozen=True, slots=True)
class QueueSpec:
    """How many jobs of a queue may run at once, over all pools; None is no limit."""

    sentence: str
    max_concurrent: int | None = None


QUEUES: dict[Queue, QueueSpec] = {
    Queue.HANDOVER: QueueSpec("Drafting; one at a time per vessel by its lock."),
    Queue.EXPORT: QueueSpec("Documents of signed handovers; heavy, so two at a time.", 2),
    Queue.ORDERS: QueueSpec("Planning and verifying work orders; what they send waits elsewhere."),
    Queue.INSIGHTS: QueueSpec("Counting, signals and regenerations; one at a time.", 1),
    Queue.UPKEEP: QueueSpec("Backups and checks of the store; they read all of it, so one.", 1),
    Queue.DIAGNOSTICS: QueueSpec("Jobs that test the job system itself."),
}

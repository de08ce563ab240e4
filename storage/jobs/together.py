"""What others see of jobs taken together: groups, and failures that are alike (pure)."""

from datetime import datetime
from typing import Any

from pydantic import Field

from storage.jobs.kinds import JobKind
from storage.jobs.states import GroupState
from storage.value import Value


class FollowUp(Value):
    """The job that is submitted when a group has closed as completed or partial."""

    kind: JobKind
    arguments: dict[str, Any] = Field(default_factory=dict)
    subject: str = ""
    vessel_id: str | None = None


class GroupRecord(Value):
    """A group and how its children stand. Once it has closed it never changes.

    `retried_since` counts children that were queued again after it had closed; what became of
    them stands on them alone.
    """

    group_id: str
    trace_id: str
    label: str
    parent_id: str | None
    opened_by: str
    opened_by_name: str
    state: GroupState
    total: int
    queued: int
    running: int
    completed: int
    failed: int
    cancelled: int
    percent: int
    opened_at: datetime
    sealed_at: datetime | None
    cancel_requested_at: datetime | None
    closed_at: datetime | None
    follow_up: FollowUp | None
    follow_up_job_id: str | None
    retried_since: int


class Acknowledgement(Value):
    """Who answers for a failure. `count`: how often it had happened by then."""

    reason: str
    owner: str
    count: int
    acknowledged_by: str
    acknowledged_by_name: str
    at: datetime


class FailureRecord(Value):
    """Failures that are alike (CONSOLE rule 12). `last_message` is the last one's, verbatim."""

    failure_id: str
    kind: JobKind
    error_type: str
    pattern: str
    count: int
    first_at: datetime
    last_at: datetime
    last_job_id: str
    last_message: str
    acknowledged: Acknowledgement | None

    @property
    def unanswered(self) -> int:
        """How often it has happened since somebody acknowledged it."""
        return self.count - (self.acknowledged.count if self.acknowledged else 0)

"""The life of a job (pure): five states, the one table of legal moves, and what is derived.

queued → running → completed          queued → cancelled
                 ↘ failed             failed → queued (retry, rescue) | cancelled
                 ↘ cancelled          only kinds that declare `cancel_running`
"""

from enum import StrEnum


class JobStatus(StrEnum):
    """Exactly five; each says who moves a job out of it (JOBS §1)."""

    QUEUED = "queued"  # a worker claims it; a person cancels it
    RUNNING = "running"  # the worker that holds its attempt ends it; the rescue ends a lost one
    COMPLETED = "completed"  # final
    FAILED = "failed"  # a person retries or closes it; the rescue re-queues an idempotent one
    CANCELLED = "cancelled"  # final


class Reason(StrEnum):
    """Why a job is in its state, for programs; `explain` says it for people."""

    QUEUED = "queued"
    RETRY = "retry"
    REQUEUED = "requeued"
    RUNNING = "running"
    COMPLETED = "completed"
    COMPLETED_WITH_ISSUES = "completed_with_issues"
    AWAITING_USER = "awaiting_user"
    NOTHING_TO_DO = "nothing_to_do"
    DRY_RUN = "dry_run"
    ERROR = "error"
    REFUSED = "refused"
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"
    WORKER_LOST = "worker_lost"
    NOT_BEGUN = "not_begun"
    OUTCOME_UNKNOWN = "outcome_unknown"
    LOCK_UNAVAILABLE = "lock_unavailable"
    CANCELLED_BY_OPERATOR = "cancelled_by_operator"
    PARENT_CANCELLED = "parent_cancelled"


POISONED = "poisoned:"
"""The prefix of the reasons after which no retry is ever allowed (`poisoned:arguments`)."""


class JobView(StrEnum):
    """The normative nine-state view, derived from (status, reason) and stored nowhere."""

    QUEUED = "queued"
    RUNNING = "running"
    AWAITING_VALIDATION = "awaiting_validation"
    AWAITING_USER = "awaiting_user"
    COMPLETED = "completed"
    COMPLETED_WITH_ISSUES = "completed_with_issues"
    FAILED = "failed"
    CANCELLED = "cancelled"
    POISONED = "poisoned"


class GroupState(StrEnum):
    """Where a group stands: open, or closed once and for good (JOBS §4)."""

    OPEN = "open"
    COMPLETED = "completed"  # every child did
    PARTIAL = "partial"  # some children did
    FAILED = "failed"  # none did
    CANCELLED = "cancelled"  # a person cancelled the group, or every child of it


LEGAL_MOVES: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset({JobStatus.RUNNING, JobStatus.CANCELLED}),
    JobStatus.RUNNING: frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED}),
    JobStatus.FAILED: frozenset({JobStatus.QUEUED, JobStatus.CANCELLED}),
    JobStatus.COMPLETED: frozenset(),
    JobStatus.CANCELLED: frozenset(),
}
"""Every move there is; the store's trigger `job_moves` refuses any other."""

FINAL = frozenset({JobStatus.COMPLETED, JobStatus.FAILED, JobStatus.CANCELLED})
ACTIVE = frozenset({JobStatus.QUEUED, JobStatus.RUNNING})
FOLLOWED = frozenset({GroupState.COMPLETED, GroupState.PARTIAL})
"""The states of a closed group after which its follow-up runs."""

VIEW_OF_REASON: dict[str, JobView] = {
    Reason.AWAITING_USER: JobView.AWAITING_USER,
    Reason.OUTCOME_UNKNOWN: JobView.AWAITING_VALIDATION,
    Reason.COMPLETED_WITH_ISSUES: JobView.COMPLETED_WITH_ISSUES,
}
"""What a completed or failed job is called where its reason says more than its status."""


def is_poisoned(reason: str) -> bool:
    """Whether a job failed in a way that would only repeat itself."""
    return reason.startswith(POISONED)


def job_view(status: JobStatus, reason: str) -> JobView:
    """Where a job stands in the nine-state view: what a person has to know, in one word."""
    if is_poisoned(reason):
        return JobView.POISONED
    if status in (JobStatus.COMPLETED, JobStatus.FAILED):
        return VIEW_OF_REASON.get(reason, JobView(status.value))
    return JobView(status.value)

"""The words of the insights (pure; JOBS §8). Counts change; signals never do; people decide.

suggestion    OPEN ──▶ ACCEPTED | DISMISSED                an officer
regeneration  PENDING ──▶ COMPLETED | FAILED               the worker, oldest first
output        pending ──▶ approved | rejected              an officer
"""

from enum import StrEnum


class EventType(StrEnum):
    """What raw events there are; the only rows of the whole store that are ever pruned."""

    ENTRY_CAPTURED = "entry_captured"
    DRAFT_GENERATED = "draft_generated"
    ITEM_EDITED = "item_edited"
    ITEM_KEPT = "item_kept"
    ITEM_CARRIED = "item_carried"
    ITEM_RESOLVED = "item_resolved"
    HANDOVER_SIGNED = "handover_signed"
    HANDOVER_DECLINED = "handover_declined"
    WATCH_ENDED = "watch_ended"
    JOB_SETTLED = "job_settled"
    EVENTS_PRUNED = "events_pruned"  # its subject is the moment before which events went


class Metric(StrEnum):
    """What is counted for each UTC day; those with a base have a rate."""

    COMPLETION = "completion"  # handovers signed / watches ended
    ACCEPTANCE = "acceptance"  # items kept unedited / items drafted
    FOLLOW_THROUGH = "follow_through"  # carried items resolved / items carried
    RETRIES = "retries"  # of a kind: jobs retried / jobs
    FAULTS = "faults"  # of a domain and equipment: entries that say it is faulty
    ENTRIES = "entries"
    DRAFTS = "drafts"
    DECLINES = "declines"


class Rule(StrEnum):
    """The signals of JOBS §8."""

    LOW_COMPLETION_RATE = "LOW_COMPLETION_RATE"
    LOW_ACCEPTANCE_RATE = "LOW_ACCEPTANCE_RATE"
    LOW_FOLLOW_THROUGH = "LOW_FOLLOW_THROUGH"
    HIGH_RETRY = "HIGH_RETRY"
    RECURRING_FAULT = "RECURRING_FAULT"


class SignalSeverity(StrEnum):
    """How much a signal matters; a suggestion has that of its mapping."""

    CRITICAL = "CRITICAL"
    WARNING = "WARNING"


class Scope(StrEnum):
    """What part of the ship's work a suggestion is about."""

    HANDOVER = "handover"
    DRAFT = "draft"
    ENTRY = "entry"
    JOB = "job"


class SuggestionType(StrEnum):
    """What accepting it yields."""

    PROPOSE_ENTRY = "propose_entry"  # a proposal, which a person then makes an entry or not
    REGENERATE = "regenerate"  # an approved regeneration, whose output then waits for a person


class SuggestionStatus(StrEnum):
    """Whether an officer has decided; the one column of a suggestion that ever changes."""

    OPEN = "OPEN"
    ACCEPTED = "ACCEPTED"
    DISMISSED = "DISMISSED"


class RegenerationStatus(StrEnum):
    """Only a PENDING one is processed, and only once."""

    PENDING = "PENDING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"


class OutputStatus(StrEnum):
    """What a person decided about an output; `pending` is that nobody has."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"

"""What the audit log says, as a test compares it."""

from storage.audit.tables import AuditEvent


def events_of(subject_id: str) -> list[tuple[str, str]]:
    """(action, outcome) of every event about one subject, in order."""
    found = AuditEvent.select().where(AuditEvent.subject_id == subject_id)
    return [(event.action, event.outcome) for event in found.order_by(AuditEvent.seq)]


def event_count() -> int:
    """How many events there are."""
    return int(AuditEvent.select().count())

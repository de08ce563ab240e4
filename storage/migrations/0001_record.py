"""The record itself: facts about the store, and the audit log that refuses change."""

from typing import Any

STATEMENTS = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT",
    """
    CREATE TABLE audit_event (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        actor_kind TEXT NOT NULL CHECK (actor_kind IN ('human', 'service', 'system')),
        actor_id TEXT NOT NULL,
        actor_name TEXT NOT NULL,
        action TEXT NOT NULL,
        outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'dry_run')),
        subject_kind TEXT NOT NULL,
        subject_id TEXT NOT NULL,
        job_id TEXT,
        trace_id TEXT,
        detail TEXT NOT NULL,
        prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
        hash TEXT NOT NULL CHECK (length(hash) = 64)
    ) STRICT
    """,
    "CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject_id, seq)",
    "CREATE INDEX audit_event_actor ON audit_event (actor_id, seq)",
    "CREATE INDEX audit_event_action ON audit_event (action, seq)",
    "CREATE INDEX audit_event_job ON audit_event (job_id, seq) WHERE job_id IS NOT NULL",
    """
    CREATE TRIGGER audit_event_never_changes BEFORE UPDATE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log never changes'); END
    """,
    """
    CREATE TRIGGER audit_event_never_goes BEFORE DELETE ON audit_event
    BEGIN SELECT RAISE(ABORT, 'the audit log never shrinks'); END
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

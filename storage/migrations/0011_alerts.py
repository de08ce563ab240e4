"""Alerts: what was told and what stands, the router's tokens, and how far the log was read.

The log is read from its end at the time of this migration: old failures raise no alarm.
"""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE alert (
        alert_id TEXT PRIMARY KEY,
        source TEXT NOT NULL CHECK (source IN ('job', 'watch')),
        type TEXT CHECK (type IN (
            'store_unwritable', 'audit_chain_broken', 'disk_low', 'worker_lost', 'job_stuck',
            'failure_spike', 'worker_stale', 'queue_backlog', 'clock_stepped')),
        severity TEXT NOT NULL CHECK (severity IN ('info', 'warning', 'error', 'critical')),
        title TEXT NOT NULL,
        message TEXT NOT NULL,
        same TEXT,
        raised_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        resolved_at TEXT,
        suppressed INTEGER NOT NULL CHECK (suppressed >= 0),
        audit_seq INTEGER REFERENCES audit_event (seq),
        job_id TEXT REFERENCES job (job_id),
        acknowledged_at TEXT,
        acknowledged_by TEXT,
        acknowledged_why TEXT,
        CHECK ((source = 'watch') = (type IS NOT NULL)),
        CHECK ((source = 'job') = (audit_seq IS NOT NULL)),
        CHECK ((source = 'job') = (same IS NOT NULL)),
        CHECK (source = 'watch' OR resolved_at IS NULL),
        CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
        CHECK ((acknowledged_at IS NULL) = (acknowledged_why IS NULL))
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX alert_standing ON alert (type)
    WHERE type IS NOT NULL AND resolved_at IS NULL
    """,
    "CREATE UNIQUE INDEX alert_of_event ON alert (audit_seq) WHERE audit_seq IS NOT NULL",
    "CREATE INDEX alert_same ON alert (same, audit_seq) WHERE same IS NOT NULL",
    "CREATE INDEX alert_title ON alert (title, audit_seq) WHERE audit_seq IS NOT NULL",
    "CREATE INDEX alert_raised ON alert (raised_at, alert_id)",
    """
    CREATE TRIGGER alert_origin_never_changes BEFORE UPDATE OF
        alert_id, source, type, severity, title, same, raised_at, audit_seq, job_id ON alert
    BEGIN SELECT RAISE(ABORT, 'what an alert was raised for never changes'); END
    """,
    """
    CREATE TRIGGER alert_resolves_once BEFORE UPDATE OF resolved_at ON alert
    WHEN OLD.resolved_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a resolved alert stays resolved'); END
    """,
    """
    CREATE TRIGGER alert_acknowledged_once BEFORE UPDATE OF
        acknowledged_at, acknowledged_by, acknowledged_why ON alert
    WHEN OLD.acknowledged_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an acknowledgement never changes'); END
    """,
    """
    CREATE TRIGGER alert_never_goes BEFORE DELETE ON alert
    BEGIN SELECT RAISE(ABORT, 'alerts are kept'); END
    """,
    """
    CREATE TABLE alert_bucket (
        key TEXT PRIMARY KEY,
        milli INTEGER NOT NULL CHECK (milli BETWEEN 0 AND 5000),
        at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE alert_reader (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        seq INTEGER NOT NULL,
        looked_at TEXT
    ) STRICT
    """,
    """
    INSERT INTO alert_reader (id, seq, looked_at)
    SELECT 1, coalesce((SELECT max(seq) FROM audit_event), 0), NULL
    """,
    "CREATE INDEX job_worker_lost ON job_worker (stopped_at) WHERE stop_reason = 'lost'",
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables, indexes and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

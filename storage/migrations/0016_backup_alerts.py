"""Alerts know one more thing that can stand wrong: the last good backup is old.

The table is made anew, because its CHECK lists what can.
"""

from typing import Any

COLUMNS = (
    "alert_id, source, type, severity, title, message, same, raised_at, last_seen_at, resolved_at, "
    "suppressed, audit_seq, job_id, acknowledged_at, acknowledged_by, acknowledged_why"
)

STATEMENTS = (
    """
    CREATE TABLE alert_anew (
        alert_id TEXT PRIMARY KEY,
        source TEXT NOT NULL CHECK (source IN ('job', 'watch')),
        type TEXT CHECK (type IN (
            'store_unwritable', 'audit_chain_broken', 'disk_low', 'backup_old', 'worker_lost',
            'job_stuck', 'failure_spike', 'worker_stale', 'queue_backlog', 'clock_stepped')),
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
    f"INSERT INTO alert_anew ({COLUMNS}) SELECT {COLUMNS} FROM alert",
    "DROP TABLE alert",
    "ALTER TABLE alert_anew RENAME TO alert",
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
)


def up(migrator: Any, db: Any) -> None:
    """Make the table anew, with all there is in it."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

"""Jobs: the queue itself, their attempts, their telemetry, and the workers that run them.

`job_waiting` is the queue: one seek per (queue, lock, priority) finds the next job at any length.
`job_lock` is the vessel lock: it cannot leak, because ending the job is what frees it.
"""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE job (
        job_id TEXT PRIMARY KEY,
        trace_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        status TEXT NOT NULL
            CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
        status_reason TEXT NOT NULL CHECK (status_reason <> ''),
        attempt INTEGER NOT NULL CHECK (attempt >= 0),
        attempt_id TEXT,
        requeues INTEGER NOT NULL CHECK (requeues >= 0),
        queue TEXT NOT NULL,
        priority INTEGER NOT NULL CHECK (priority BETWEEN 0 AND 4),
        lock_key TEXT NOT NULL,
        duplicate_key TEXT,
        idempotency_key TEXT,
        origin TEXT NOT NULL CHECK (origin IN ('user', 'system', 'scheduled', 'group')),
        requested_by TEXT NOT NULL,
        requested_by_name TEXT NOT NULL,
        vessel_id TEXT,
        subject TEXT NOT NULL,
        arguments TEXT NOT NULL CHECK (json_valid(arguments)),
        protocol_id TEXT NOT NULL,
        profile_id TEXT NOT NULL,
        capability_profile_id TEXT NOT NULL,
        access_mode TEXT NOT NULL
            CHECK (access_mode IN ('analysis_only', 'preview_only', 'apply_scoped')),
        safety_mode TEXT NOT NULL CHECK (safety_mode IN ('strict', 'normal', 'experimental')),
        entity_refs TEXT NOT NULL CHECK (json_valid(entity_refs)),
        planned_operations TEXT NOT NULL CHECK (json_valid(planned_operations)),
        parent_id TEXT REFERENCES job (job_id),
        group_id TEXT,
        created_at TEXT NOT NULL,
        queued_at TEXT NOT NULL,
        available_at TEXT NOT NULL,
        started_at TEXT,
        finished_at TEXT,
        last_activity_at TEXT NOT NULL,
        cancel_requested_at TEXT,
        CHECK ((status IN ('completed', 'failed', 'cancelled')) = (finished_at IS NOT NULL)),
        CHECK ((status = 'running') = (attempt_id IS NOT NULL))
    ) STRICT
    """,
    """
    CREATE INDEX job_waiting ON job (queue, lock_key, priority, available_at, job_id)
    WHERE status = 'queued'
    """,
    "CREATE UNIQUE INDEX job_lock ON job (lock_key) WHERE status = 'running' AND lock_key <> ''",
    "CREATE INDEX job_running ON job (queue, lock_key) WHERE status = 'running'",
    """
    CREATE UNIQUE INDEX job_duplicate ON job (duplicate_key)
    WHERE status IN ('queued', 'running') AND duplicate_key IS NOT NULL
    """,
    """
    CREATE INDEX job_cooldown ON job (duplicate_key, finished_at)
    WHERE status = 'completed' AND duplicate_key IS NOT NULL
    """,
    """
    CREATE UNIQUE INDEX job_idempotency ON job (idempotency_key)
    WHERE idempotency_key IS NOT NULL
    """,
    "CREATE INDEX job_created ON job (created_at, job_id)",
    "CREATE INDEX job_status ON job (status, created_at, job_id)",
    "CREATE INDEX job_kind ON job (kind, created_at, job_id)",
    "CREATE INDEX job_subject ON job (subject, created_at) WHERE subject <> ''",
    "CREATE INDEX job_trace ON job (trace_id)",
    "CREATE INDEX job_group ON job (group_id, created_at, job_id) WHERE group_id IS NOT NULL",
    """
    CREATE TRIGGER job_moves BEFORE UPDATE OF status ON job
    WHEN OLD.status <> NEW.status AND OLD.status || '>' || NEW.status NOT IN (
        'queued>running', 'queued>cancelled', 'running>completed', 'running>failed',
        'running>cancelled', 'failed>queued', 'failed>cancelled')
    BEGIN SELECT RAISE(ABORT, 'that is not a legal move of a job'); END
    """,
    """
    CREATE TRIGGER job_request_never_changes BEFORE UPDATE OF
        job_id, trace_id, kind, lock_key, idempotency_key, origin, requested_by, vessel_id,
        subject, arguments, access_mode, entity_refs, planned_operations, created_at ON job
    BEGIN SELECT RAISE(ABORT, 'what was asked of a job never changes'); END
    """,
    """
    CREATE TRIGGER job_never_goes BEFORE DELETE ON job
    BEGIN SELECT RAISE(ABORT, 'jobs are kept'); END
    """,
    """
    CREATE TABLE job_count (
        status TEXT NOT NULL, kind TEXT NOT NULL, n INTEGER NOT NULL,
        PRIMARY KEY (status, kind)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TRIGGER job_counted AFTER INSERT ON job BEGIN
        INSERT INTO job_count (status, kind, n) VALUES (NEW.status, NEW.kind, 1)
        ON CONFLICT (status, kind) DO UPDATE SET n = n + 1;
    END
    """,
    """
    CREATE TRIGGER job_recounted AFTER UPDATE OF status ON job WHEN OLD.status <> NEW.status BEGIN
        UPDATE job_count SET n = n - 1 WHERE status = OLD.status AND kind = OLD.kind;
        INSERT INTO job_count (status, kind, n) VALUES (NEW.status, NEW.kind, 1)
        ON CONFLICT (status, kind) DO UPDATE SET n = n + 1;
    END
    """,
    """
    CREATE TABLE job_attempt (
        attempt_id TEXT PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES job (job_id),
        number INTEGER NOT NULL CHECK (number >= 1),
        worker_id TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        started_at TEXT NOT NULL,
        ended_at TEXT,
        outcome TEXT CHECK (outcome IN ('completed', 'failed', 'cancelled')),
        reason TEXT,
        error_type TEXT,
        error_message TEXT,
        traceback TEXT,
        metrics TEXT NOT NULL CHECK (json_valid(metrics)),
        receipt TEXT CHECK (receipt IS NULL OR json_valid(receipt)),
        UNIQUE (job_id, number),
        CHECK ((outcome IS NULL) = (ended_at IS NULL)),
        CHECK ((outcome IS NULL) = (reason IS NULL))
    ) STRICT
    """,
    "CREATE INDEX job_attempt_open ON job_attempt (worker_id) WHERE outcome IS NULL",
    """
    CREATE TRIGGER job_attempt_ends_once BEFORE UPDATE ON job_attempt
    WHEN OLD.outcome IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'an ended attempt never changes'); END
    """,
    """
    CREATE TRIGGER job_attempt_start_never_changes BEFORE UPDATE OF
        attempt_id, job_id, number, worker_id, host, pid, started_at ON job_attempt
    BEGIN SELECT RAISE(ABORT, 'how an attempt began never changes'); END
    """,
    """
    CREATE TRIGGER job_attempt_never_goes BEFORE DELETE ON job_attempt
    BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END
    """,
    """
    CREATE TABLE job_progress (
        job_id TEXT PRIMARY KEY REFERENCES job (job_id),
        attempt_id TEXT NOT NULL,
        at TEXT NOT NULL,
        phase TEXT NOT NULL,
        current INTEGER NOT NULL CHECK (current >= 0),
        total INTEGER CHECK (total >= 0),
        unit TEXT NOT NULL,
        counters TEXT NOT NULL CHECK (json_valid(counters))
    ) STRICT
    """,
    """
    CREATE TABLE job_log (
        seq INTEGER PRIMARY KEY,
        job_id TEXT NOT NULL REFERENCES job (job_id),
        attempt_id TEXT,
        at TEXT NOT NULL,
        level TEXT NOT NULL CHECK (level IN ('INFO', 'WARN', 'ERROR')),
        event TEXT NOT NULL,
        message TEXT NOT NULL,
        context TEXT NOT NULL CHECK (json_valid(context))
    ) STRICT
    """,
    "CREATE INDEX job_log_job ON job_log (job_id, seq)",
    """
    CREATE TABLE job_worker (
        worker_id TEXT PRIMARY KEY,
        pool_id TEXT NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        boot_id TEXT NOT NULL,
        version TEXT NOT NULL,
        registered_at TEXT NOT NULL,
        heartbeat_at TEXT NOT NULL,
        stopped_at TEXT,
        stop_reason TEXT,
        CHECK ((stopped_at IS NULL) = (stop_reason IS NULL))
    ) STRICT
    """,
    "CREATE INDEX job_worker_open ON job_worker (worker_id) WHERE stopped_at IS NULL",
    """
    CREATE TABLE job_queue (
        name TEXT PRIMARY KEY,
        max_concurrent INTEGER CHECK (max_concurrent >= 0),
        paused_at TEXT,
        paused_why TEXT
    ) STRICT
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables, indexes and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

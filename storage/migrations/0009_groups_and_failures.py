"""Groups of jobs, the pace of each kind, failures by their likeness, and the words of jobs.

A group is counted by triggers, closed once and never changed afterwards. The words are an index
that workers keep up afterwards: `job_words` by the rowid of `job`, which has no gaps because jobs
are never deleted, so it survives a VACUUM; `failure_words` by the number of the failure.
"""

from typing import Any

from storage.jobs.likeness import failure_id, pattern_of

COUNTED = ("queued", "running", "completed", "failed", "cancelled")
PACE_RUNS = 20
_ARRIVED = ", ".join(f"{state} = {state} + (NEW.status = '{state}')" for state in COUNTED)
_MOVED = ", ".join(
    f"{state} = {state} + (NEW.status = '{state}') - (OLD.status = '{state}')" for state in COUNTED
)

STATEMENTS = (
    "DROP INDEX job_group",
    "CREATE INDEX job_of_group ON job (group_id, created_at, job_id) WHERE group_id IS NOT NULL",
    """
    CREATE TABLE job_group (
        group_id TEXT PRIMARY KEY,
        trace_id TEXT NOT NULL,
        label TEXT NOT NULL CHECK (label <> ''),
        parent_id TEXT REFERENCES job (job_id),
        opened_by TEXT NOT NULL,
        opened_by_name TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('open', 'completed', 'failed', 'partial', 'cancelled')),
        total INTEGER NOT NULL,
        queued INTEGER NOT NULL CHECK (queued >= 0),
        running INTEGER NOT NULL CHECK (running >= 0),
        completed INTEGER NOT NULL CHECK (completed >= 0),
        failed INTEGER NOT NULL CHECK (failed >= 0),
        cancelled INTEGER NOT NULL CHECK (cancelled >= 0),
        opened_at TEXT NOT NULL,
        sealed_at TEXT,
        cancel_requested_at TEXT,
        closed_at TEXT,
        follow_up TEXT CHECK (follow_up IS NULL OR json_valid(follow_up)),
        follow_up_job_id TEXT REFERENCES job (job_id),
        CHECK (total = queued + running + completed + failed + cancelled),
        CHECK ((state = 'open') = (closed_at IS NULL)),
        CHECK (closed_at IS NULL OR (sealed_at IS NOT NULL AND queued = 0 AND running = 0)),
        CHECK (follow_up_job_id IS NULL OR state IN ('completed', 'partial'))
    ) STRICT
    """,
    "CREATE INDEX job_group_parent ON job_group (parent_id) WHERE sealed_at IS NULL",
    """
    CREATE TRIGGER job_group_closes_once BEFORE UPDATE ON job_group WHEN OLD.state <> 'open'
    BEGIN SELECT RAISE(ABORT, 'a closed group never changes'); END
    """,
    """
    CREATE TRIGGER job_group_request_never_changes BEFORE UPDATE OF
        group_id, trace_id, label, parent_id, opened_by, opened_by_name, opened_at, follow_up
    ON job_group
    BEGIN SELECT RAISE(ABORT, 'what was asked of a group never changes'); END
    """,
    """
    CREATE TRIGGER job_group_never_goes BEFORE DELETE ON job_group
    BEGIN SELECT RAISE(ABORT, 'groups are kept'); END
    """,
    """
    CREATE TRIGGER job_belongs_for_good BEFORE UPDATE OF parent_id, group_id ON job
    BEGIN SELECT RAISE(ABORT, 'a job never changes its group or its parent'); END
    """,
    """
    CREATE TRIGGER job_joins_an_open_group BEFORE INSERT ON job
    WHEN NEW.group_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM job_group WHERE group_id = NEW.group_id AND sealed_at IS NULL)
    BEGIN SELECT RAISE(ABORT, 'that group takes no more jobs'); END
    """,
    f"""
    CREATE TRIGGER job_group_counted AFTER INSERT ON job WHEN NEW.group_id IS NOT NULL BEGIN
        UPDATE job_group SET total = total + 1, {_ARRIVED} WHERE group_id = NEW.group_id;
    END
    """,
    f"""
    CREATE TRIGGER job_group_recounted AFTER UPDATE OF status ON job
    WHEN NEW.group_id IS NOT NULL AND OLD.status <> NEW.status BEGIN
        UPDATE job_group SET {_MOVED} WHERE group_id = NEW.group_id AND state = 'open';
    END
    """,
    """
    CREATE TABLE job_pace (
        kind TEXT NOT NULL,
        slot INTEGER NOT NULL CHECK (slot >= 0),
        ms INTEGER NOT NULL CHECK (ms >= 0),
        PRIMARY KEY (kind, slot)
    ) STRICT, WITHOUT ROWID
    """,
    f"""
    CREATE TRIGGER job_paced AFTER UPDATE OF status ON job
    WHEN NEW.status = 'completed' AND NEW.started_at IS NOT NULL BEGIN
        INSERT INTO job_pace (kind, slot, ms) VALUES (NEW.kind,
            coalesce((SELECT n FROM job_count WHERE status = 'completed' AND kind = NEW.kind), 0)
                % {PACE_RUNS},
            max(0, CAST(round(
                (julianday(NEW.finished_at) - julianday(NEW.started_at)) * 86400000) AS INTEGER)))
        ON CONFLICT (kind, slot) DO UPDATE SET ms = excluded.ms;
    END
    """,
    """
    CREATE TABLE failure_group (
        failure_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        error_type TEXT NOT NULL,
        pattern TEXT NOT NULL,
        count INTEGER NOT NULL CHECK (count >= 1),
        first_at TEXT NOT NULL,
        last_at TEXT NOT NULL,
        last_job_id TEXT NOT NULL REFERENCES job (job_id),
        last_message TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX failure_group_newest ON failure_group (last_at, failure_id)",
    """
    CREATE TABLE job_failure (
        seq INTEGER PRIMARY KEY,
        failure_id TEXT NOT NULL REFERENCES failure_group (failure_id),
        job_id TEXT NOT NULL REFERENCES job (job_id),
        attempt_id TEXT NOT NULL UNIQUE REFERENCES job_attempt (attempt_id),
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX job_failure_alike ON job_failure (failure_id, seq)",
    """
    CREATE TABLE failure_acknowledgement (
        seq INTEGER PRIMARY KEY,
        failure_id TEXT NOT NULL REFERENCES failure_group (failure_id),
        count INTEGER NOT NULL CHECK (count >= 1),
        reason TEXT NOT NULL CHECK (reason <> ''),
        owner TEXT NOT NULL CHECK (owner <> ''),
        acknowledged_by TEXT NOT NULL,
        acknowledged_by_name TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX failure_acknowledgement_of ON failure_acknowledgement (failure_id, seq)",
    *(
        f"""
        CREATE TRIGGER {table}_never_{verb} BEFORE {statement} ON {table}
        BEGIN SELECT RAISE(ABORT, '{what} are kept as they were'); END
        """
        for table, what in (
            ("job_failure", "failures"),
            ("failure_acknowledgement", "acknowledgements"),
        )
        for verb, statement in (("changes", "UPDATE"), ("goes", "DELETE"))
    ),
    *(
        f"""
        CREATE VIRTUAL TABLE {name}_words
        USING fts5 (words, content='', columnsize=0, detail=none, prefix='2 3 4')
        """
        for name in ("job", "failure")
    ),
    """
    CREATE TABLE search_mark (
        name TEXT PRIMARY KEY CHECK (name IN ('job', 'failure')),
        upto INTEGER NOT NULL CHECK (upto >= 0)
    ) STRICT
    """,
    "INSERT INTO search_mark (name, upto) VALUES ('job', 0), ('failure', 0)",
)


_COUNT = """
INSERT INTO failure_group VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)
ON CONFLICT (failure_id) DO UPDATE SET count = count + 1, last_at = excluded.last_at,
    last_job_id = excluded.last_job_id, last_message = excluded.last_message
"""
_FAILED = """
SELECT a.job_id, a.attempt_id, job.kind, coalesce(a.error_type, ''),
    coalesce(a.error_message, ''), a.ended_at
FROM job_attempt a JOIN job ON job.job_id = a.job_id
WHERE a.outcome = 'failed' ORDER BY a.ended_at, a.rowid
"""


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables, indexes and triggers, and sort the failures there are."""
    for statement in STATEMENTS:
        db.execute_sql(statement)
    for job_id, attempt_id, kind, error_type, message, at in db.execute_sql(_FAILED).fetchall():
        pattern = pattern_of(message)
        alike = failure_id(kind, error_type, pattern)
        db.execute_sql(_COUNT, (alike, kind, error_type, pattern, at, at, job_id, message))
        db.execute_sql(
            "INSERT INTO job_failure (failure_id, job_id, attempt_id, at) VALUES (?, ?, ?, ?)",
            (alike, job_id, attempt_id, at),
        )

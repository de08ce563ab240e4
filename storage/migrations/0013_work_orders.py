"""Work orders: the manifest, which job each of its lines became, and what was found of them.

A link is a fact and never changes: a line that is sent again gets another one, of a later round.
A verdict keeps its totals, and a finding for every line that is not in order; the others are
counted in its totals. `scratch` is what diagnostic jobs write in, and empty between them.
"""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE work_order (
        order_id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        sha256 TEXT NOT NULL UNIQUE CHECK (length(sha256) = 64),
        source TEXT NOT NULL,
        workflow TEXT NOT NULL,
        mode TEXT NOT NULL,
        lines INTEGER NOT NULL CHECK (lines >= entries),
        entries INTEGER NOT NULL CHECK (entries >= 1),
        tasks TEXT NOT NULL CHECK (json_valid(tasks)),
        state TEXT NOT NULL CHECK (state IN ('planned', 'dispatched', 'withdrawn')),
        trace_id TEXT NOT NULL,
        planned_at TEXT NOT NULL,
        planned_by TEXT NOT NULL,
        planned_by_name TEXT NOT NULL,
        plan_job_id TEXT REFERENCES job (job_id),
        dispatched_at TEXT,
        dispatched_by TEXT,
        dispatched_by_name TEXT,
        round INTEGER NOT NULL CHECK (round >= 0),
        group_id TEXT REFERENCES job_group (group_id),
        withdrawn_at TEXT,
        CHECK ((state = 'dispatched') = (dispatched_at IS NOT NULL)),
        CHECK ((dispatched_at IS NULL) = (dispatched_by IS NULL)),
        CHECK ((dispatched_at IS NULL) = (dispatched_by_name IS NULL)),
        CHECK ((dispatched_at IS NULL) = (group_id IS NULL)),
        CHECK ((dispatched_at IS NULL) = (round = 0)),
        CHECK ((state = 'withdrawn') = (withdrawn_at IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX work_order_planned ON work_order (planned_at, order_id)",
    "CREATE INDEX work_order_source ON work_order (source) WHERE source <> ''",
    """
    CREATE TRIGGER work_order_moves BEFORE UPDATE OF state ON work_order
    WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
        'planned>dispatched', 'planned>withdrawn')
    BEGIN SELECT RAISE(ABORT, 'that is not a legal move of a work order'); END
    """,
    """
    CREATE TRIGGER work_order_plan_never_changes BEFORE UPDATE OF
        order_id, name, sha256, source, workflow, mode, lines, entries, tasks, trace_id,
        planned_at, planned_by, planned_by_name, plan_job_id ON work_order
    BEGIN SELECT RAISE(ABORT, 'what was planned never changes'); END
    """,
    """
    CREATE TRIGGER work_order_dispatched_once BEFORE UPDATE OF
        dispatched_at, dispatched_by, dispatched_by_name ON work_order
    WHEN OLD.dispatched_at IS NOT NULL
    BEGIN SELECT RAISE(ABORT, 'a work order is dispatched once'); END
    """,
    """
    CREATE TRIGGER work_order_rounds_go_on BEFORE UPDATE OF round, group_id ON work_order
    WHEN NEW.round <> OLD.round + 1
    BEGIN SELECT RAISE(ABORT, 'each round of a work order follows the one before'); END
    """,
    """
    CREATE TRIGGER work_order_never_goes BEFORE DELETE ON work_order
    BEGIN SELECT RAISE(ABORT, 'work orders are kept'); END
    """,
    """
    CREATE TABLE manifest_link (
        order_id TEXT NOT NULL REFERENCES work_order (order_id),
        line INTEGER NOT NULL CHECK (line >= 1),
        round INTEGER NOT NULL CHECK (round >= 1),
        entry_id TEXT NOT NULL CHECK (entry_id <> ''),
        job_id TEXT NOT NULL REFERENCES job (job_id),
        PRIMARY KEY (order_id, line, round)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX manifest_link_job ON manifest_link (job_id)",
    """
    CREATE TABLE manifest_verdict (
        verdict_id TEXT PRIMARY KEY,
        order_id TEXT NOT NULL REFERENCES work_order (order_id),
        job_id TEXT NOT NULL REFERENCES job (job_id),
        at TEXT NOT NULL,
        round INTEGER NOT NULL CHECK (round >= 1),
        sha256 TEXT NOT NULL,
        unchanged INTEGER NOT NULL CHECK (unchanged IN (0, 1)),
        total INTEGER NOT NULL,
        ok INTEGER NOT NULL CHECK (ok >= 0),
        failed INTEGER NOT NULL CHECK (failed >= 0),
        pending INTEGER NOT NULL CHECK (pending >= 0),
        missing INTEGER NOT NULL CHECK (missing >= 0),
        mismatch INTEGER NOT NULL CHECK (mismatch >= 0),
        left_over TEXT NOT NULL CHECK (json_valid(left_over)),
        CHECK (total = ok + failed + pending + missing + mismatch)
    ) STRICT
    """,
    "CREATE INDEX manifest_verdict_of ON manifest_verdict (order_id, verdict_id)",
    """
    CREATE TABLE manifest_finding (
        verdict_id TEXT NOT NULL REFERENCES manifest_verdict (verdict_id),
        line INTEGER NOT NULL CHECK (line >= 1),
        entry_id TEXT NOT NULL,
        job_id TEXT,
        verdict TEXT NOT NULL CHECK (verdict IN ('failed', 'pending', 'missing', 'mismatch')),
        why TEXT NOT NULL CHECK (why <> ''),
        PRIMARY KEY (verdict_id, line)
    ) STRICT, WITHOUT ROWID
    """,
    *(
        f"""
        CREATE TRIGGER {table}_never_{verb} BEFORE {statement} ON {table}
        BEGIN SELECT RAISE(ABORT, '{what} are kept as they were'); END
        """
        for table, what in (
            ("manifest_link", "links"),
            ("manifest_verdict", "verdicts"),
            ("manifest_finding", "findings"),
        )
        for verb, statement in (("changes", "UPDATE"), ("goes", "DELETE"))
    ),
    """
    CREATE TABLE scratch (
        job_id TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables, indexes and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

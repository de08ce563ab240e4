"""Schedules: how far each has been looked at, and what became of every occurrence.

The unique key (schedule, occurrence) is what keeps two pools, a crash or a clock that steps from
starting the same run twice: the row and the job stand in one transaction.
"""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE schedule (
        name TEXT PRIMARY KEY,
        plan TEXT NOT NULL CHECK (json_valid(plan)),
        seen_until TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE schedule_occurrence (
        seq INTEGER PRIMARY KEY,
        schedule TEXT NOT NULL REFERENCES schedule (name),
        occurrence TEXT NOT NULL CHECK (occurrence <> ''),
        state TEXT NOT NULL
            CHECK (state IN ('started', 'joined', 'by_hand', 'missed', 'made_up', 'skipped')),
        count INTEGER NOT NULL CHECK (count >= 1),
        first_due_at TEXT NOT NULL,
        due_at TEXT NOT NULL,
        noted_at TEXT NOT NULL,
        job_id TEXT REFERENCES job (job_id),
        answered_at TEXT,
        UNIQUE (schedule, occurrence),
        CHECK (first_due_at <= due_at),
        CHECK ((state IN ('missed', 'skipped')) = (job_id IS NULL)),
        CHECK ((state IN ('made_up', 'skipped')) = (answered_at IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX schedule_occurrence_due ON schedule_occurrence (schedule, due_at)",
    """
    CREATE INDEX schedule_occurrence_run ON schedule_occurrence (schedule, seq)
    WHERE job_id IS NOT NULL
    """,
    """
    CREATE INDEX schedule_occurrence_open ON schedule_occurrence (schedule)
    WHERE state = 'missed'
    """,
    """
    CREATE TRIGGER schedule_occurrence_moves BEFORE UPDATE OF state, job_id, answered_at
    ON schedule_occurrence
    WHEN OLD.state || '>' || NEW.state NOT IN ('missed>made_up', 'missed>skipped')
    BEGIN SELECT RAISE(ABORT, 'what became of an occurrence never changes'); END
    """,
    """
    CREATE TRIGGER schedule_occurrence_never_changes BEFORE UPDATE OF
        seq, schedule, occurrence, count, first_due_at, due_at, noted_at ON schedule_occurrence
    BEGIN SELECT RAISE(ABORT, 'when an occurrence was due never changes'); END
    """,
    """
    CREATE TRIGGER schedule_occurrence_never_goes BEFORE DELETE ON schedule_occurrence
    BEGIN SELECT RAISE(ABORT, 'occurrences are kept'); END
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables, indexes and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

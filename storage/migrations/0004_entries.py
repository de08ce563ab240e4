"""Entries, what was decided about them, and proposals for entries."""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE entry (
        seq INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        created_at TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        recorded_by TEXT NOT NULL,
        author_id TEXT REFERENCES person (id),
        author TEXT NOT NULL,
        role TEXT NOT NULL,
        narrative TEXT NOT NULL CHECK (length(narrative) BETWEEN 1 AND 20000),
        primary_domain TEXT NOT NULL CHECK (primary_domain NOT LIKE 'CMD-%'),
        bucket TEXT NOT NULL CHECK (
            bucket IN ('Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')
        ),
        secondary_domains TEXT NOT NULL,
        risk_tags TEXT NOT NULL,
        owner_roles TEXT NOT NULL,
        confidence TEXT NOT NULL CHECK (confidence IN ('HIGH', 'MEDIUM', 'LOW')),
        reasons TEXT NOT NULL,
        runner_up TEXT,
        planning TEXT NOT NULL,
        context TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('candidate', 'suppressed', 'resolved')),
        classification_flagged INTEGER NOT NULL CHECK (classification_flagged IN (0, 1))
    ) STRICT
    """,
    "CREATE INDEX entry_created ON entry (created_at, id)",
    "CREATE INDEX entry_status ON entry (status, created_at, id)",
    """
    CREATE TRIGGER entry_words_never_change BEFORE UPDATE OF
        seq, id, vessel_id, created_at, recorded_at, recorded_by, author_id, author, role,
        narrative, primary_domain, bucket, secondary_domains, risk_tags, owner_roles, context,
        confidence, reasons, runner_up, planning
    ON entry
    BEGIN SELECT RAISE(ABORT, 'what was captured never changes'); END
    """,
    """
    CREATE TRIGGER entry_never_goes BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
    """,
    """
    CREATE TABLE entry_source (
        entry_id TEXT NOT NULL REFERENCES entry (id),
        kind TEXT NOT NULL CHECK (kind IN ('event', 'document')),
        source_id TEXT NOT NULL,
        PRIMARY KEY (entry_id, kind, source_id)
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX entry_source_back ON entry_source (kind, source_id, entry_id)",
    """
    CREATE TABLE entry_mark (
        id TEXT PRIMARY KEY,
        entry_id TEXT NOT NULL REFERENCES entry (id),
        mark TEXT NOT NULL CHECK (mark IN ('resolved', 'suppressed')),
        reason TEXT NOT NULL CHECK (length(reason) > 0),
        by_id TEXT NOT NULL,
        by_name TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX entry_mark_entry ON entry_mark (entry_id)",
    """
    CREATE TABLE classification_correction (
        id TEXT PRIMARY KEY,
        entry_id TEXT NOT NULL REFERENCES entry (id),
        original_domain TEXT NOT NULL,
        suggested_domain TEXT,
        reason TEXT NOT NULL CHECK (length(reason) > 0),
        requested_by TEXT NOT NULL,
        requested_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX correction_entry ON classification_correction (entry_id)",
    """
    CREATE TABLE entry_proposal (
        id TEXT PRIMARY KEY,
        source_kind TEXT NOT NULL CHECK (source_kind IN ('event')),
        source_id TEXT NOT NULL,
        text TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('open', 'accepted', 'dismissed')),
        entry_id TEXT REFERENCES entry (id),
        decided_by TEXT,
        decided_at TEXT,
        reason TEXT,
        created_at TEXT NOT NULL,
        UNIQUE (source_kind, source_id),
        CHECK ((status = 'open') = (decided_at IS NULL)),
        CHECK ((status = 'accepted') = (entry_id IS NOT NULL))
    ) STRICT
    """,
    "CREATE INDEX entry_proposal_status ON entry_proposal (status, created_at, id)",
    *(
        f"""
        CREATE TRIGGER {table}_never_{verb[0]} BEFORE {verb[1]} ON {table}
        BEGIN SELECT RAISE(ABORT, 'history never changes'); END
        """
        for table in ("entry_source", "entry_mark", "classification_correction")
        for verb in (("changes", "UPDATE"), ("goes", "DELETE"))
    ),
    "CREATE VIRTUAL TABLE entry_words USING fts5 (narrative, content='entry', content_rowid='seq')",
    """
    CREATE TRIGGER entry_is_searchable AFTER INSERT ON entry
    BEGIN INSERT INTO entry_words (rowid, narrative) VALUES (new.seq, new.narrative); END
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

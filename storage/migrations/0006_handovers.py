"""Signatures, read-backs, declines, signed handovers, exports: all written once."""

from typing import Any

WRITTEN_ONCE = (
    "handover_signature",
    "read_back",
    "handover_decline",
    "handover",
    "handover_export",
)

STATEMENTS = (
    """
    CREATE TABLE handover_signature (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        review_round INTEGER NOT NULL,
        position TEXT NOT NULL CHECK (position IN ('outgoing', 'incoming')),
        person_id TEXT NOT NULL REFERENCES person (id),
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        signed_at TEXT NOT NULL,
        meaning TEXT NOT NULL,
        statement TEXT NOT NULL,
        public_key TEXT NOT NULL CHECK (length(public_key) = 64),
        signature TEXT NOT NULL CHECK (length(signature) = 128),
        UNIQUE (draft_id, review_round, position),
        UNIQUE (draft_id, review_round, person_id)
    ) STRICT
    """,
    """
    CREATE TABLE read_back (
        draft_id TEXT NOT NULL REFERENCES draft (id),
        item_id TEXT NOT NULL REFERENCES draft_item (id),
        text TEXT NOT NULL CHECK (length(text) > 0),
        by_id TEXT NOT NULL REFERENCES person (id),
        by_name TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (draft_id, item_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE handover_decline (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES draft (id),
        kind TEXT NOT NULL CHECK (kind IN ('decline', 'reopen')),
        by_id TEXT NOT NULL REFERENCES person (id),
        by_name TEXT NOT NULL,
        role TEXT NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL CHECK (length(reason) > 0)
    ) STRICT
    """,
    "CREATE INDEX handover_decline_draft ON handover_decline (draft_id, id)",
    """
    CREATE TABLE handover (
        draft_id TEXT PRIMARY KEY REFERENCES draft (id),
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        document_number TEXT NOT NULL UNIQUE,
        snapshot TEXT NOT NULL,
        document_hash TEXT NOT NULL UNIQUE CHECK (length(document_hash) = 64),
        checkpoint_size INTEGER NOT NULL,
        checkpoint_root TEXT NOT NULL,
        signed_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX handover_signed_at ON handover (signed_at, draft_id)",
    """
    CREATE TABLE handover_export (
        id TEXT PRIMARY KEY,
        draft_id TEXT NOT NULL REFERENCES handover (draft_id),
        type TEXT NOT NULL CHECK (type IN ('signed', 'pdf', 'html', 'json', 'email')),
        path TEXT NOT NULL,
        hashes TEXT NOT NULL,
        exporter_id TEXT NOT NULL REFERENCES person (id),
        exporter TEXT NOT NULL,
        recipients TEXT NOT NULL,
        job_id TEXT,
        at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX handover_export_draft ON handover_export (draft_id, id)",
    "CREATE UNIQUE INDEX one_signed_set ON handover_export (draft_id) WHERE type = 'signed'",
    *(
        f"""
        CREATE TRIGGER {table}_never_{name} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, 'what is signed never changes'); END
        """
        for table in WRITTEN_ONCE
        for name, verb in (("changes", "UPDATE"), ("goes", "DELETE"))
    ),
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

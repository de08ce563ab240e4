"""Decisions about questioned classifications, and a ship's own names for her equipment."""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE correction_decision (
        seq INTEGER PRIMARY KEY,
        correction_id TEXT NOT NULL UNIQUE REFERENCES classification_correction (id),
        entry_id TEXT NOT NULL REFERENCES entry (id),
        decision TEXT NOT NULL CHECK (decision IN ('accepted', 'rejected')),
        reason TEXT NOT NULL,
        decided_by_id TEXT NOT NULL,
        decided_by TEXT NOT NULL,
        decided_at TEXT NOT NULL,
        primary_domain TEXT CHECK (primary_domain NOT LIKE 'CMD-%'),
        bucket TEXT CHECK (
            bucket IN ('Engineering', 'ETO_AVIT', 'Deck', 'Interior', 'Admin_Compliance')
        ),
        secondary_domains TEXT,
        owner_roles TEXT,
        CHECK ((decision = 'accepted') = (primary_domain IS NOT NULL)),
        CHECK ((decision = 'accepted') = (bucket IS NOT NULL)),
        CHECK ((decision = 'accepted') = (secondary_domains IS NOT NULL)),
        CHECK ((decision = 'accepted') = (owner_roles IS NOT NULL)),
        CHECK (decision = 'accepted' OR length(reason) > 0)
    ) STRICT
    """,
    "CREATE INDEX correction_decision_entry ON correction_decision (entry_id, seq)",
    "CREATE INDEX correction_requested ON classification_correction (requested_at, id)",
    """
    CREATE TABLE equipment_list (
        id TEXT PRIMARY KEY,
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        version INTEGER NOT NULL CHECK (version > 0),
        names TEXT NOT NULL,
        posted_by TEXT NOT NULL,
        posted_at TEXT NOT NULL
    ) STRICT
    """,
    "CREATE UNIQUE INDEX equipment_list_version ON equipment_list (vessel_id, version)",
    *(
        f"""
        CREATE TRIGGER {table}_never_{verb[0]} BEFORE {verb[1]} ON {table}
        BEGIN SELECT RAISE(ABORT, '{words}'); END
        """
        for table, words in (
            ("correction_decision", "a decision is history"),
            ("equipment_list", "a posted list is history"),
        )
        for verb in (("changes", "UPDATE"), ("goes", "DELETE"))
    ),
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

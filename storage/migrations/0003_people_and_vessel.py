"""Crew with their PIN-locked keys, the vessel, its ship's time, and the evidence."""

from typing import Any

ROLES = (
    "'yacht_manager', 'captain', 'chief_engineer', 'eto', 'bosun', 'deckhand', 'chief_stew', "
    "'stew', 'purser', 'chief_officer', 'second_officer', 'third_officer', 'second_engineer', "
    "'third_engineer', 'rating'"
)

STATEMENTS = (
    f"""
    CREATE TABLE person (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
        role TEXT NOT NULL CHECK (role IN ({ROLES})),
        is_admin INTEGER NOT NULL CHECK (is_admin IN (0, 1)),
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        pin_failures INTEGER NOT NULL DEFAULT 0 CHECK (pin_failures >= 0),
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE person_key (
        id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES person (id),
        public_key TEXT NOT NULL CHECK (length(public_key) = 64),
        sealed TEXT NOT NULL,
        created_at TEXT NOT NULL,
        retired_at TEXT
    ) STRICT
    """,
    "CREATE UNIQUE INDEX person_key_in_use ON person_key (person_id) WHERE retired_at IS NULL",
    """
    CREATE TRIGGER person_key_never_goes BEFORE DELETE ON person_key
    BEGIN SELECT RAISE(ABORT, 'a key that may have signed is kept'); END
    """,
    """
    CREATE TRIGGER person_key_only_retires BEFORE UPDATE OF
        id, person_id, public_key, sealed, created_at ON person_key
    BEGIN SELECT RAISE(ABORT, 'a key that may have signed never changes'); END
    """,
    """
    CREATE TABLE vessel (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL CHECK (length(name) > 0),
        imo TEXT CHECK (imo IS NULL OR length(imo) = 7),
        watch_bill TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE ships_offset (
        id TEXT PRIMARY KEY,
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        since TEXT NOT NULL,
        minutes INTEGER NOT NULL CHECK (minutes BETWEEN -840 AND 840)
    ) STRICT
    """,
    "CREATE INDEX ships_offset_since ON ships_offset (vessel_id, since)",
    """
    CREATE TABLE ledger_event (
        id TEXT PRIMARY KEY,
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        type TEXT NOT NULL CHECK (length(type) > 0),
        at TEXT NOT NULL,
        source TEXT NOT NULL,
        asset TEXT NOT NULL,
        text TEXT NOT NULL,
        context TEXT NOT NULL,
        recorded_at TEXT NOT NULL,
        recorded_by TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX ledger_event_at ON ledger_event (at, id)",
    """
    CREATE TABLE source_document (
        id TEXT PRIMARY KEY,
        vessel_id TEXT NOT NULL REFERENCES vessel (id),
        name TEXT NOT NULL,
        sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
        size INTEGER NOT NULL CHECK (size >= 0),
        path TEXT NOT NULL,
        uploaded_by TEXT NOT NULL,
        uploaded_at TEXT NOT NULL
    ) STRICT
    """,
    *(
        f"""
        CREATE TRIGGER {table}_never_{verb[0]} BEFORE {verb[1]} ON {table}
        BEGIN SELECT RAISE(ABORT, '{words}'); END
        """
        for table, words in (
            ("ships_offset", "the time a ship kept never changes"),
            ("ledger_event", "evidence never changes"),
            ("source_document", "evidence never changes"),
        )
        for verb in (("changes", "UPDATE"), ("goes", "DELETE"))
    ),
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

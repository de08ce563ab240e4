"""Keys say why they began and ended, wrong PINs when, and a role that reads only.

A new PIN in place of a forgotten one is proposed by one person and confirmed by another. Whoever
leaves keeps their row and their name. Of a key that has ended only the public half is kept.
"""

from typing import Any

ROLES = (
    "'yacht_manager', 'captain', 'chief_engineer', 'eto', 'bosun', 'deckhand', 'chief_stew', "
    "'stew', 'purser', 'chief_officer', 'second_officer', 'third_officer', 'second_engineer', "
    "'third_engineer', 'rating', 'auditor'"
)

STATEMENTS = (
    f"""
    CREATE TABLE person_of_this_version (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
        role TEXT NOT NULL CHECK (role IN ({ROLES})),
        is_admin INTEGER NOT NULL CHECK (is_admin IN (0, 1)),
        is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
        pin_failures INTEGER NOT NULL DEFAULT 0 CHECK (pin_failures >= 0),
        created_at TEXT NOT NULL,
        failed_at TEXT,
        failed_boot TEXT NOT NULL DEFAULT '',
        failed_uptime_ms INTEGER NOT NULL DEFAULT 0,
        left_at TEXT,
        CHECK ((left_at IS NULL) = (is_active = 1))
    ) STRICT
    """,
    """
    INSERT INTO person_of_this_version
        (id, name, role, is_admin, is_active, pin_failures, created_at, left_at)
    SELECT id, name, role, is_admin, is_active, pin_failures, created_at,
        CASE is_active WHEN 1 THEN NULL ELSE created_at END
    FROM person ORDER BY rowid
    """,
    "DROP TABLE person",
    "ALTER TABLE person_of_this_version RENAME TO person",
    """
    CREATE TRIGGER person_never_goes BEFORE DELETE ON person
    BEGIN SELECT RAISE(ABORT, 'whoever served is kept'); END
    """,
    """
    ALTER TABLE person_key ADD COLUMN began_why TEXT NOT NULL DEFAULT 'joined'
        CHECK (began_why IN ('joined', 'reset', 'rotated'))
    """,
    """
    ALTER TABLE person_key ADD COLUMN ended_why TEXT
        CHECK (ended_why IN ('reset', 'rotated', 'left'))
    """,
    "UPDATE person_key SET ended_why = 'reset', sealed = '{}' WHERE retired_at IS NOT NULL",
    """
    UPDATE person_key SET began_why = 'reset' WHERE EXISTS (
        SELECT 1 FROM person_key AS earlier
        WHERE earlier.person_id = person_key.person_id AND earlier.rowid < person_key.rowid
    )
    """,
    "DROP TRIGGER person_key_only_retires",
    """
    CREATE TRIGGER person_key_never_changes BEFORE UPDATE OF
        id, person_id, public_key, created_at, began_why ON person_key
    BEGIN SELECT RAISE(ABORT, 'a key that may have signed never changes'); END
    """,
    """
    CREATE TRIGGER person_key_ends_once BEFORE UPDATE ON person_key
    WHEN OLD.retired_at IS NOT NULL OR (NEW.retired_at IS NULL) <> (NEW.ended_why IS NULL)
        OR (NEW.retired_at IS NULL) = (NEW.sealed = '{}')
    BEGIN SELECT RAISE(ABORT, 'a key ends once, with a reason, and its private half goes'); END
    """,
    """
    CREATE TABLE pin_reset (
        id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES person (id),
        proposed_by TEXT NOT NULL REFERENCES person (id) CHECK (proposed_by <> person_id),
        proposed_at TEXT NOT NULL,
        proposed_boot TEXT NOT NULL,
        proposed_uptime_ms INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('open', 'done', 'withdrawn')),
        confirmed_by TEXT REFERENCES person (id),
        ended_at TEXT,
        CHECK ((ended_at IS NULL) = (state = 'open')),
        CHECK ((confirmed_by IS NOT NULL) = (state = 'done')),
        CHECK (confirmed_by <> person_id)
    ) STRICT
    """,
    "CREATE UNIQUE INDEX pin_reset_open ON pin_reset (person_id) WHERE state = 'open'",
    """
    CREATE TRIGGER pin_reset_never_goes BEFORE DELETE ON pin_reset
    BEGIN SELECT RAISE(ABORT, 'who reset a PIN is kept'); END
    """,
    """
    CREATE TRIGGER pin_reset_ends_once BEFORE UPDATE ON pin_reset WHEN OLD.state <> 'open'
    BEGIN SELECT RAISE(ABORT, 'who reset a PIN is kept'); END
    """,
    """
    CREATE TRIGGER pin_reset_never_changes BEFORE UPDATE OF
        id, person_id, proposed_by, proposed_at, proposed_boot, proposed_uptime_ms ON pin_reset
    BEGIN SELECT RAISE(ABORT, 'who reset a PIN is kept'); END
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Make the crew's table anew, word for word, and add what is new."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

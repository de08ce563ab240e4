"""Which signed handover a draft corrects, and who has still to be told that one was sent back."""

from typing import Any

STATEMENTS = (
    """
    CREATE TABLE supersession (
        draft_id TEXT PRIMARY KEY REFERENCES draft (id),
        supersedes TEXT NOT NULL UNIQUE REFERENCES draft (id),
        reason TEXT NOT NULL CHECK (length(reason) > 0),
        by_id TEXT NOT NULL REFERENCES person (id),
        by_name TEXT NOT NULL,
        role TEXT NOT NULL,
        at TEXT NOT NULL,
        CHECK (draft_id <> supersedes)
    ) STRICT
    """,
    """
    CREATE TRIGGER supersession_of_a_signed_handover BEFORE INSERT ON supersession
    WHEN (SELECT state FROM draft WHERE id = new.supersedes) NOT IN ('SIGNED', 'EXPORTED')
        OR (SELECT state FROM draft WHERE id = new.draft_id) <> 'DRAFT'
    BEGIN SELECT RAISE(ABORT, 'a new draft corrects a signed handover'); END
    """,
    """
    CREATE TRIGGER supersession_keeps_the_period BEFORE UPDATE OF period_from, period_to ON draft
    WHEN (new.period_from <> old.period_from OR new.period_to <> old.period_to)
        AND EXISTS (SELECT 1 FROM supersession WHERE draft_id = old.id)
    BEGIN SELECT RAISE(ABORT, 'a correction keeps the period of what it corrects'); END
    """,
    """
    CREATE TABLE notice (
        id TEXT PRIMARY KEY,
        decline_id TEXT NOT NULL REFERENCES handover_decline (id),
        person_id TEXT NOT NULL REFERENCES person (id),
        at TEXT NOT NULL,
        seen_at TEXT,
        UNIQUE (decline_id, person_id)
    ) STRICT
    """,
    "CREATE INDEX notice_unseen ON notice (person_id, id) WHERE seen_at IS NULL",
    """
    CREATE TRIGGER notice_is_seen_once BEFORE UPDATE ON notice
    WHEN old.seen_at IS NOT NULL OR new.seen_at IS NULL OR new.id <> old.id
        OR new.decline_id <> old.decline_id OR new.person_id <> old.person_id OR new.at <> old.at
    BEGIN SELECT RAISE(ABORT, 'of a notice only that it was seen is ever added'); END
    """,
    *(
        f"""
        CREATE TRIGGER {table}_never_{name} BEFORE {verb} ON {table}
        BEGIN SELECT RAISE(ABORT, '{why}'); END
        """
        for table, name, verb, why in (
            ("supersession", "changes", "UPDATE", "what a draft corrects never changes"),
            ("supersession", "goes", "DELETE", "what a draft corrects never changes"),
            ("notice", "goes", "DELETE", "a notice is kept"),
        )
    ),
)


def up(migrator: Any, db: Any) -> None:
    """Lay out the tables and triggers."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

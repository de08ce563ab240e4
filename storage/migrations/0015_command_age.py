"""Command says how much of people's work it tells of, so that an older one can be seen."""

from typing import Any

STATEMENTS = (
    "ALTER TABLE draft ADD COLUMN command_takes_in TEXT",
    """
    CREATE TRIGGER draft_signed_keeps_its_command BEFORE UPDATE OF command_takes_in ON draft
    WHEN old.state IN ('SIGNED', 'EXPORTED')
    BEGIN SELECT RAISE(ABORT, 'what was signed never changes'); END
    """,
)


def up(migrator: Any, db: Any) -> None:
    """Add the column; of an earlier draft's Command it is not known to take in any change."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

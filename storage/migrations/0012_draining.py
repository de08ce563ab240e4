"""A pool that has been told to stop says so, and a waiting job can tell."""

from typing import Any

STATEMENTS = ("ALTER TABLE job_worker ADD COLUMN draining_at TEXT",)


def up(migrator: Any, db: Any) -> None:
    """Add the column; no worker of an earlier version is draining."""
    for statement in STATEMENTS:
        db.execute_sql(statement)

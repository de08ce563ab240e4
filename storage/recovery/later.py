"""What a store has recorded since a backup of it was made: what restoring would leave behind."""

from datetime import datetime
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2 as driver

from storage.clock import from_text
from storage.database import FILE_NAME
from storage.guard import is_there
from storage.recovery.backing_up import vouched_for
from storage.recovery.copying import head_of, looked_at
from storage.recovery.manifest import BackupRecord
from storage.value import Value

TOLD = (
    "entry.captured",
    "entry.imported",
    "draft.accepted",
    "handover.signed",
    "handover.exported",
)
"""The acts that people ask about first."""


class Later(Value):
    """Events beyond a backup: how many, the last one's time, and how many of the acts that count.

    `parted`: the store does not contain the backup's own end, so their histories differ.
    """

    events: int
    last_at: datetime | None
    acts: dict[str, int]
    parted: bool = False


def recorded_since(present: Path | None, record: BackupRecord) -> tuple[Later | None, str]:
    """What the present store has beyond a backup; or nothing, and a sentence that says why."""
    if present is None or not is_there(present / FILE_NAME):
        return None, "There is no present store to compare it with."
    try:
        with looked_at(present / FILE_NAME) as connection:
            connection.execute("BEGIN")
            return _of(connection, record)
    except driver.DatabaseError as error:
        mark = vouched_for(present)
        if mark is None or mark.size < record.audit.size:
            return None, f"The present store cannot be read ({error})."
        more = mark.size - record.audit.size
        said = f"The present store cannot be read ({error}); its anchor knows {more} more events."
        return Later(events=more, last_at=None, acts={}), said


def _of(connection: Any, record: BackupRecord) -> tuple[Later | None, str]:
    head, size = head_of(connection), record.audit.size
    if head.origin != record.origin:
        return None, "The present store is that of another vessel, or was begun anew."
    held = connection.execute("SELECT hash FROM audit_event WHERE seq = ?", (size,)).fetchone()
    last = connection.execute("SELECT max(at) FROM audit_event WHERE seq > ?", (size,)).fetchone()
    marks = ", ".join("?" * len(TOLD))
    acts = connection.execute(
        "SELECT action, count(*) FROM audit_event WHERE seq > ? AND outcome = 'done' "
        f"AND action IN ({marks}) GROUP BY action", (size, *TOLD),
    ).fetchall()  # fmt: skip
    later = Later(
        events=max(0, head.audit.size - size),
        last_at=from_text(last[0]) if last[0] else None,
        acts=dict(acts),
        parted=held is None or held[0] != record.audit.root,
    )
    return later, ""

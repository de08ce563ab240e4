"""Who may join a group: a job, while the group is open, unless the group would wait for itself."""

from storage.engine import ledger
from storage.errors import BadInput, NotFound, WrongState

_GROUP = "SELECT sealed_at, cancel_requested_at FROM job_group WHERE group_id = ?"
_EXISTS = "SELECT 1 FROM job WHERE job_id = ?"
_ANCESTORS = """
WITH RECURSIVE above (job_id, parent_id, group_id) AS (
    SELECT job_id, parent_id, group_id FROM job WHERE job_id = ?
    UNION
    SELECT job.job_id, job.parent_id, job.group_id
    FROM above LEFT JOIN job_group g ON g.group_id = above.group_id
    JOIN job ON job.job_id IN (above.parent_id, g.parent_id))
SELECT 1 FROM above WHERE group_id = ? LIMIT 1
"""
_CANCELLED = """
SELECT 1 FROM job JOIN job_group g ON g.group_id = job.group_id
WHERE job.job_id = ? AND g.cancel_requested_at IS NOT NULL
"""


def admit(group_id: str | None, parent_id: str | None) -> None:
    """Let a new job join a group, as the child of a parent; both may be None.

    Raises:
        NotFound: no such group or parent. WrongState: the group takes no more jobs. BadInput: the
        parent is itself in that group or below it, which would then wait for itself.
    """
    if parent_id is not None and ledger.execute_sql(_EXISTS, (parent_id,)).fetchone() is None:
        raise NotFound(kind="job", id=parent_id)
    if group_id is None:
        return
    require_open(group_id)
    if parent_id and ledger.execute_sql(_ANCESTORS, (parent_id, group_id)).fetchone():
        raise BadInput(
            why=f"parent_id: job {parent_id} belongs to group {group_id} itself, which would "
            "then wait for its own end."
        )


def require_open(group_id: str) -> None:
    """Check that a group still takes jobs.

    Raises:
        NotFound. WrongState: it is cancelled, or its parent has stopped adding.
    """
    found = ledger.execute_sql(_GROUP, (group_id,)).fetchone()
    if found is None:
        raise NotFound(kind="group", id=group_id)
    sealed_at, cancelled_at = found
    if cancelled_at is not None:
        raise WrongState(why=f"Group {group_id} was cancelled; it takes no more jobs.")
    if sealed_at is not None:
        raise WrongState(why=f"Group {group_id} is complete; it takes no more jobs.")


def group_is_cancelled(job_id: str) -> bool:
    """Whether a job belongs to a group that a person has cancelled."""
    return ledger.execute_sql(_CANCELLED, (job_id,)).fetchone() is not None

"""Reading groups: how the children stand, and how far they are together."""

from collections.abc import Iterable

from storage.clock import to_text
from storage.database import read_only
from storage.engine import ledger
from storage.errors import NotFound
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import Progress
from storage.jobs.tables import JobGroup
from storage.jobs.together import GroupRecord

PAGE = 100
_FIELDS = tuple(
    name for name in GroupRecord.model_fields if name not in ("percent", "retried_since")
)
_RUNNING = """
SELECT job.kind, p.phase, p.current, p.total FROM job INDEXED BY job_running
JOIN job_progress p ON p.job_id = job.job_id AND p.attempt_id = job.attempt_id
WHERE job.status = 'running' AND job.group_id = ?
"""
_SINCE = "SELECT count(*) FROM job WHERE group_id = ? AND last_activity_at > ?"


def list_groups(limit: int = PAGE) -> list[GroupRecord]:
    """Groups, the last to be opened first."""
    with read_only():
        rows = JobGroup.select().order_by(JobGroup.group_id.desc())  # ids sort by time
        return [_record(group) for group in rows.limit(limit)]


def groups_by_id(ids: Iterable[str]) -> dict[str, GroupRecord]:
    """Those of the groups that exist, by id."""
    with read_only():
        rows = JobGroup.select().where(JobGroup.group_id << list(ids))
        return {group.group_id: _record(group) for group in rows}


def show_group(group_id: str) -> GroupRecord:
    """One group with its numbers and its rolled-up progress.

    Raises:
        NotFound.
    """
    with read_only():
        group = JobGroup.get_or_none(JobGroup.group_id == group_id)
        if group is None:
            raise NotFound(kind="group", id=group_id)
        return _record(group)


def _record(group: JobGroup) -> GroupRecord:
    return GroupRecord(
        **{name: getattr(group, name) for name in _FIELDS},
        percent=_percent(group),
        retried_since=_retried_since(group),
    )


def _percent(group: JobGroup) -> int:
    """Whole percent: an ended child counts whole, a running one as far as it says it is."""
    if group.total == 0:
        return 100 if group.sealed_at else 0
    parts = sum(_part(*row) for row in ledger.execute_sql(_RUNNING, (group.group_id,)).fetchall())
    ended = group.completed + group.failed + group.cancelled
    return int((100 * ended + parts) // group.total)


def _part(kind: str, phase: str, current: int, total: int | None) -> int:
    """Percent of a running job: its phases count alike, so the number never goes back."""
    phases = KINDS[JobKind(kind)].phases
    if phase not in phases:
        return 0
    within = Progress(phase=phase, current=current, total=total).percent or 0
    return (100 * phases.index(phase) + within) // len(phases)


def _retried_since(group: JobGroup) -> int:
    if group.closed_at is None:
        return 0
    moment = to_text(group.closed_at)
    return int(ledger.execute_sql(_SINCE, (group.group_id, moment)).fetchone()[0])

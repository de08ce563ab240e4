"""Reading work orders: each with its jobs and its last verdict, and its entries page by page."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from storage.database import read_only
from storage.engine import ledger
from storage.errors import NotFound
from storage.evidence.lines import Rejected
from storage.jobs.group_views import show_group
from storage.jobs.states import JobStatus
from storage.jobs.together import GroupRecord
from storage.manifests.files import path_of
from storage.manifests.finding import find_row, order_row
from storage.manifests.lines import NumberedEntry
from storage.manifests.reading import Reading, hash_of, opened
from storage.manifests.states import OrderState, OrderView, Verdict, order_view
from storage.manifests.tables import FindingRow, VerdictRow, WorkOrder
from storage.manifests.verifying import Count
from storage.value import Value

PAGE = 50
_STATUS = """
SELECT count(*) FILTER (WHERE job.status IN ('queued', 'running')),
    count(*) FILTER (WHERE job.status = 'completed'),
    count(*) FILTER (WHERE job.status IN ('failed', 'cancelled'))
FROM manifest_link l JOIN job ON job.job_id = l.job_id
WHERE l.order_id = ? AND l.round = (
    SELECT max(round) FROM manifest_link m WHERE m.order_id = l.order_id AND m.line = l.line)
"""
_LINKS = """
SELECT l.line, l.round, l.job_id, job.status, job.status_reason
FROM manifest_link l JOIN job ON job.job_id = l.job_id
WHERE l.order_id = ? AND l.line BETWEEN ? AND ? ORDER BY l.line, l.round
"""


class VerdictRecord(Count):
    """What one verification found. `unchanged`: the file was still what had been dispatched."""

    verdict_id: str
    order_id: str
    job_id: str
    at: datetime
    round: int
    sha256: str
    unchanged: bool


class OrderRecord(Value):
    """A work order. `group` is that of the jobs of its last round, with their live numbers."""

    order_id: str
    name: str
    path: Path
    sha256: str
    source: str
    workflow: str
    mode: str
    lines: int
    entries: int
    tasks: dict[str, int]
    state: OrderState
    view: OrderView
    trace_id: str
    planned_at: datetime
    planned_by: str
    planned_by_name: str
    plan_job_id: str | None
    dispatched_at: datetime | None
    dispatched_by_name: str | None
    round: int
    group_id: str | None
    withdrawn_at: datetime | None
    group: GroupRecord | None
    verdict: VerdictRecord | None


class OrderTally(Value):
    """How the jobs of all entries stand, each as it was last sent; the rest was never sent."""

    pending: int
    completed: int
    failed: int


class EntryRecord(Value):
    """One line of a manifest with its job and what was last found of it.

    A line that cannot be used has a `problem` and nothing else; one never sent has no job.
    """

    line: int
    problem: str = ""
    entry_id: str = ""
    task: str = ""
    arguments: dict[str, Any] = Field(default_factory=dict)
    description: str = ""
    priority: int | None = None
    expected_result: dict[str, Any] | None = None
    round: int | None = None
    job_id: str | None = None
    status: JobStatus | None = None
    status_reason: str = ""
    verdict: Verdict | None = None
    why: str = ""


class FindingRecord(Value):
    """An entry that was not in order, as a verdict found it."""

    line: int
    entry_id: str
    job_id: str | None
    verdict: Verdict
    why: str


def list_orders(limit: int = PAGE) -> list[OrderRecord]:
    """Work orders, the last to be planned first."""
    with read_only():
        rows = WorkOrder.select().order_by(WorkOrder.planned_at.desc(), WorkOrder.order_id.desc())
        return [_record(row) for row in rows.limit(limit)]


def show_order(given: str) -> OrderRecord:
    """One work order, by its id, its name or a file.

    Raises:
        NotFound: no work order is known of it.
    """
    with read_only():
        row = find_row(given)
        if row is None:
            raise NotFound(kind="work order", id=given)
        return _record(row)


def manifest_path(given: str) -> Path:
    """The file that is meant: itself where it is one, else that of the order of this name or id.

    Raises:
        NotFound: it is neither.
    """
    path = Path(given)
    return path if path.is_file() else show_order(given).path


def tally_of(order_id: str) -> OrderTally:
    """How the jobs of all entries stand, over all rounds."""
    with read_only():
        pending, completed, failed = ledger.execute_sql(_STATUS, (order_id,)).fetchone()
    return OrderTally(pending=pending, completed=completed, failed=failed)


def file_state(order: OrderRecord) -> Literal["unchanged", "changed", "missing"]:
    """Whether the file is still what is on record; reads all of it."""
    found = hash_of(order.path)
    if found is None:
        return "missing"
    return "unchanged" if found == order.sha256 else "changed"


def entries_of(order_id: str, *, after_line: int = 0, limit: int = PAGE) -> list[EntryRecord]:
    """One page of the lines of a manifest, with their jobs and the last verdict on them.

    Raises:
        NotFound. BadInput: the file cannot be read any more.
    """
    with read_only():
        row = order_row(order_id)
        page = list(_lines(path_of(row.name), after_line, limit))
        if not page:
            return []
        first, last = page[0].line, page[-1].line
        jobs = {
            line: (round, job_id, status, reason)
            for line, round, job_id, status, reason in ledger.execute_sql(
                _LINKS, (order_id, first, last)
            )
        }  # a later round comes later
        verdict = _last_verdict(order_id)
        found = _findings(verdict, first, last) if verdict else {}
    return [_entry(read, jobs.get(read.line), verdict, found.get(read.line)) for read in page]


def findings_of(
    verdict_id: str, *, verdict: Verdict | None = None, after_line: int = 0, limit: int = PAGE
) -> list[FindingRecord]:
    """One page of the entries that were not in order, by line."""
    rows = FindingRow.select().where(
        FindingRow.verdict_id == verdict_id, FindingRow.line > after_line
    )
    if verdict is not None:
        rows = rows.where(FindingRow.verdict == verdict.value)
    with read_only():
        return [_finding(row) for row in rows.order_by(FindingRow.line).limit(limit)]


def lines_of_file(path: Path, *, after_line: int = 0, limit: int = PAGE) -> list[EntryRecord]:
    """One page of a manifest nobody has put on record yet.

    Raises:
        BadInput: it cannot be read.
    """
    return [_entry(read, None, None, None) for read in _lines(path, after_line, limit)]


def _record(row: WorkOrder) -> OrderRecord:
    group = show_group(row.group_id) if row.group_id else None
    derived = ("path", "view", "group", "verdict")
    return OrderRecord(
        **{name: getattr(row, name) for name in OrderRecord.model_fields if name not in derived},
        path=path_of(row.name),
        view=order_view(OrderState(row.state), group.state if group else None),
        group=group,
        verdict=_last_verdict(row.order_id),
    )


def _last_verdict(order_id: str) -> VerdictRecord | None:
    rows = VerdictRow.select().where(VerdictRow.order_id == order_id)
    row = rows.order_by(VerdictRow.verdict_id.desc()).first()
    if row is None:
        return None
    return VerdictRecord(**{name: getattr(row, name) for name in VerdictRecord.model_fields})


def _lines(path: Path, after_line: int, limit: int) -> Iterator[NumberedEntry | Rejected]:
    with opened(path) as file:
        later = (read for read in Reading(file) if read.line > after_line)
        yield from itertools.islice(later, limit)


def _findings(verdict: VerdictRecord, first: int, last: int) -> dict[int, FindingRow]:
    rows = FindingRow.select().where(
        FindingRow.verdict_id == verdict.verdict_id, FindingRow.line.between(first, last)
    )
    return {row.line: row for row in rows}


def _entry(
    read: NumberedEntry | Rejected,
    job: Sequence[Any] | None,
    verdict: VerdictRecord | None,
    found: FindingRow | None,
) -> EntryRecord:
    if isinstance(read, Rejected):
        return EntryRecord(line=read.line, problem=f"{read.code}: {read.message}")
    entry, about = read.entry, dict[str, Any]()
    if job is not None:
        about = dict(zip(("round", "job_id", "status", "status_reason"), job, strict=True))
    if found is not None:
        about |= {"verdict": Verdict(found.verdict), "why": found.why}
    elif verdict is not None:
        about["verdict"] = Verdict.OK
    return EntryRecord(
        line=read.line, entry_id=read.id, task=entry.task, arguments=read.arguments,
        description=entry.description, priority=entry.priority,
        expected_result=entry.meta.expected_result, **about,
    )  # fmt: skip


def _finding(row: FindingRow) -> FindingRecord:
    return FindingRecord(**{name: getattr(row, name) for name in FindingRecord.model_fields})

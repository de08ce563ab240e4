"""Reading work orders: each with its jobs and its last verdict, and its entries page by page."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import peewee
from pydantic import Field

from storage.database import read_only
from storage.engine import ledger
from storage.errors import NotFound
from storage.evidence.lines import Rejected
from storage.jobs.group_views import groups_by_id
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
        return _records(list(rows.limit(limit)))


def show_order(given: str) -> OrderRecord:
    """One work order, by its id, its name or a file.

    Raises:
        NotFound: no work order is known of it.
    """
    with read_only():
        row = find_row(given)
        if row is None:
            raise NotFound(kind="work order", id=given)
        return _records([row])[0]


def manifest_path(given: str) -> Path:
    """The file that is meant: itself, else one among the manifests, else that of this order.

    Raises:
        NotFound: it is neither.
    """
    there = (path for path in (Path(given), path_of(given)) if path.is_file())
    return next(there, None) or show_order(given).path


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
        path = path_of(order_row(order_id).name)
        return standing(order_id, lines_of_file(path, after_line=after_line, limit=limit))


def standing(order_id: str, lines: Sequence[EntryRecord]) -> list[EntryRecord]:
    """Lines that were read before, with the job each became and what was last found of it."""
    if not lines:
        return []
    first, last = lines[0].line, lines[-1].line
    with read_only():
        links = ledger.execute_sql(_LINKS, (order_id, first, last)).fetchall()
        verdict = _last_verdicts([order_id]).get(order_id)
        found = _findings(verdict, first, last) if verdict else {}
    jobs = {line: _sent(*rest) for line, *rest in links}  # a later round comes later
    return [
        line
        if line.problem
        else line.model_copy(
            update={
                **jobs.get(line.line, {}),
                **(_said(found.get(line.line)) if verdict else {}),
            }
        )
        for line in lines
    ]


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
    """One page of a manifest as it lies there, whether it is on record or not.

    Raises:
        BadInput: it cannot be read.
    """
    return [_entry(read) for read in _lines(path, after_line, limit)]


def _records(rows: Sequence[WorkOrder]) -> list[OrderRecord]:
    """Orders with their groups and last verdicts, in as many questions for all as for one."""
    groups = groups_by_id(row.group_id for row in rows if row.group_id)
    verdicts = _last_verdicts([row.order_id for row in rows])
    own = OrderRecord.model_fields.keys() - {"path", "view", "group", "verdict"}
    return [
        OrderRecord(
            **{name: getattr(row, name) for name in own},
            path=path_of(row.name),
            view=order_view(OrderState(row.state), group.state if group else None),
            group=group,
            verdict=verdicts.get(row.order_id),
        )
        for row in rows
        for group in [groups.get(row.group_id or "")]
    ]


def _last_verdicts(order_ids: Sequence[str]) -> dict[str, VerdictRecord]:
    """What was last found of each of the orders that were verified."""
    last = peewee.fn.MAX(VerdictRow.verdict_id)
    newest = VerdictRow.select(last).where(VerdictRow.order_id << list(order_ids))
    rows = VerdictRow.select().where(VerdictRow.verdict_id << newest.group_by(VerdictRow.order_id))
    fields = VerdictRecord.model_fields
    return {
        row.order_id: VerdictRecord(**{name: getattr(row, name) for name in fields}) for row in rows
    }


def _lines(path: Path, after_line: int, limit: int) -> Iterator[NumberedEntry | Rejected]:
    with opened(path) as file:
        later = (read for read in Reading(file) if read.line > after_line)
        yield from itertools.islice(later, limit)


def _findings(verdict: VerdictRecord, first: int, last: int) -> dict[int, FindingRow]:
    rows = FindingRow.select().where(
        FindingRow.verdict_id == verdict.verdict_id, FindingRow.line.between(first, last)
    )
    return {row.line: row for row in rows}


def _entry(read: NumberedEntry | Rejected) -> EntryRecord:
    if isinstance(read, Rejected):
        return EntryRecord(line=read.line, problem=f"{read.code}: {read.message}")
    entry = read.entry
    return EntryRecord(
        line=read.line, entry_id=read.id, task=entry.task, arguments=read.arguments,
        description=entry.description, priority=entry.priority,
        expected_result=entry.meta.expected_result,
    )  # fmt: skip


def _sent(round: int, job_id: str, status: str, reason: str) -> dict[str, int | str | JobStatus]:
    return {
        "round": round, "job_id": job_id, "status": JobStatus(status), "status_reason": reason,
    }  # fmt: skip


def _said(found: FindingRow | None) -> dict[str, str | Verdict]:
    """What a verdict says of a line; nothing is kept of one that is in order."""
    if found is None:
        return {"verdict": Verdict.OK}
    return {"verdict": Verdict(found.verdict), "why": found.why}


def _finding(row: FindingRow) -> FindingRecord:
    return FindingRecord(**{name: getattr(row, name) for name in FindingRecord.model_fields})

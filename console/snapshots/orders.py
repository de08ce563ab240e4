"""What the Orders place is told, as pure questions to the store and its manifests.

They run in the background thread inside one read-only transaction, like those of `snapshots`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from console.snapshots.engine import with_words
from console.snapshots.places import Page
from storage.database import home
from storage.errors import NotFound
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobDetail, JobQuery
from storage.jobs.views import list_jobs, show_job
from storage.manifests.files import FOLDER
from storage.manifests.reading import Survey, survey
from storage.manifests.states import Verdict
from storage.manifests.views import (
    EntryRecord,
    OrderRecord,
    OrderTally,
    findings_of,
    lines_of_file,
    list_orders,
    show_order,
    standing,
    tally_of,
)
from storage.value import Value

SHOWN = 100

Changed = tuple[int, int] | None
"""When a file was changed, and how long it is; None without one."""


class LooseManifest(Value):
    """A file among the manifests that no work order names yet: somebody put it there."""

    path: Path
    bytes: int
    changed_at: datetime

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name


OrderItem = OrderRecord | LooseManifest


@dataclass(frozen=True)
class OrdersPage(Page[OrderItem]):
    """The newest work orders, files nobody has sent yet, and the last planning that was asked."""

    planning: JobDetail | None = None


class Which(StrEnum):
    """Which lines of a manifest are shown."""

    ALL = "all"
    BROKEN = "broken"
    OK = "ok"
    FAILED = "failed"
    PENDING = "pending"
    MISSING = "missing"
    MISMATCH = "mismatch"


@dataclass(frozen=True)
class OrderPage(Page[EntryRecord]):
    """A window of the lines of one manifest, and how all of it stands.

    Of a file nobody has sent there is no order and no tally. `counts`: how many lines each of
    `Which` shows; None where nothing was verified yet.
    """

    path: Path = Path()
    order: OrderRecord | None = None
    survey: Survey | None = None
    tally: OrderTally | None = None
    counts: dict[Which, int | None] = field(default_factory=dict)


def take_orders(words: str) -> OrdersPage:
    """Loose files and work orders with these words."""
    orders = list_orders(SHOWN)
    items: list[OrderItem] = [*_loose({order.name for order in orders}), *orders]
    page = with_words(words, items, _words_of)
    planned = list_jobs(JobQuery(kind=JobKind.MANIFEST_PLAN), limit=1)
    planning = show_job(planned[0].job_id) if planned else None
    return OrdersPage(page.items, page.total, planning=planning)


def take_order(given: str, which: Which, after_line: int, limit: int) -> OrderPage:
    """A window of the lines of one manifest, by its order's id or by its file.

    Raises:
        BadInput: the file cannot be read.
    """
    order = _known(given)
    path = order.path if order else Path(given)
    is_whole = order is not None and order.lines == order.entries
    surveyed = None if is_whole else surveyed_file(path)
    counts = _counts(order, surveyed)
    items: Sequence[EntryRecord]
    if which is Which.BROKEN:
        items = _broken(surveyed)
    elif order is None:
        items = parsed_lines(path, after_line, limit)
    else:
        items = _entries(order, which, after_line, limit)
    return OrderPage(
        tuple(items),
        counts[which] or 0,
        path=path,
        order=order,
        survey=surveyed,
        tally=_tally(order),
        counts=counts,
    )


def surveyed_file(path: Path) -> Survey:
    """A manifest read from end to end, once for as long as it does not change.

    Raises:
        BadInput: it cannot be read.
    """
    return _survey(path, _changed(path))


def parsed_lines(path: Path, after_line: int, limit: int) -> tuple[EntryRecord, ...]:
    """A page of a manifest, read once for as long as it does not change.

    Raises:
        BadInput: it cannot be read.
    """
    return _parsed(path, _changed(path), after_line, limit)


@lru_cache(maxsize=4)
def _survey(path: Path, changed: Changed) -> Survey:
    return survey(path)


@lru_cache(maxsize=8)
def _parsed(path: Path, changed: Changed, after_line: int, limit: int) -> tuple[EntryRecord, ...]:
    return tuple(lines_of_file(path, after_line=after_line, limit=limit))


def _changed(path: Path) -> Changed:
    """What is different once a file is."""
    found = path.stat() if path.is_file() else None
    return found and (found.st_mtime_ns, found.st_size)


def _known(given: str) -> OrderRecord | None:
    try:
        return show_order(given)
    except NotFound:
        return None


def _tally(order: OrderRecord | None) -> OrderTally | None:
    """Over all rounds; where there is one, its group knows."""
    if order is None or order.group is None or order.round > 1:
        return tally_of(order.order_id) if order else None
    group = order.group
    failed = group.failed + group.cancelled
    return OrderTally(
        pending=group.queued + group.running, completed=group.completed, failed=failed
    )


def _counts(order: OrderRecord | None, surveyed: Survey | None) -> dict[Which, int | None]:
    """How many lines each sort has; of verdicts nothing is known before verifying."""
    lines = order.lines if order else surveyed.lines if surveyed else 0
    found = order.verdict if order else None
    verdicts = {Which(v.value): int(getattr(found, v)) if found else None for v in Verdict}
    return {Which.ALL: lines, Which.BROKEN: surveyed.bad if surveyed else 0, **verdicts}


def _broken(surveyed: Survey | None) -> list[EntryRecord]:
    rejected = surveyed.rejected if surveyed else ()
    return [EntryRecord(line=bad.line, problem=f"{bad.code}: {bad.message}") for bad in rejected]


def _entries(
    order: OrderRecord, which: Which, after_line: int, limit: int
) -> Sequence[EntryRecord]:
    """All lines, or those of one verdict; none of these before there is a verdict."""
    if which is Which.ALL:
        return standing(order.order_id, parsed_lines(order.path, after_line, limit))
    found = order.verdict
    if found is None:
        return ()
    if which is Which.OK:
        enough = limit + found.total - found.ok
        lines = standing(order.order_id, parsed_lines(order.path, after_line, enough))
        return [line for line in lines if line.verdict is Verdict.OK][:limit]
    verdict = Verdict(which.value)
    findings = findings_of(found.verdict_id, verdict=verdict, after_line=after_line, limit=limit)
    return [EntryRecord(**finding.model_dump()) for finding in findings]


def _loose(known: set[str]) -> Iterator[LooseManifest]:
    """The files among the manifests that no work order names, the last to be changed first."""
    files = sorted((home() / FOLDER).glob("*.jsonl"), key=_changed_at, reverse=True)
    for path in files[:SHOWN]:
        if path.name not in known and _known(path.name) is None:
            changed_at = datetime.fromtimestamp(_changed_at(path), UTC)
            yield LooseManifest(path=path, bytes=path.stat().st_size, changed_at=changed_at)


def _changed_at(path: Path) -> float:
    return path.stat().st_mtime


def _words_of(item: OrderItem) -> str:
    if isinstance(item, LooseManifest):
        return f"{item.name} not on record"
    tasks = " ".join(item.tasks)
    return f"{item.name} {item.view} {item.workflow} {item.mode} {tasks} {item.planned_by_name}"

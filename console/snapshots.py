"""What each screen is told, as pure questions to the store: frozen values in, frozen values out.

They run in the background thread inside one read-only transaction; nothing here is shared with it
but the arguments and the answer.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from storage.audit.views import AuditQuery, AuditRow, checkpoint, count_events, list_events
from storage.database import now
from storage.drafts.gathering import default_window
from storage.drafts.views import DraftSummary, current_draft, draft
from storage.entries.states import EntryStatus
from storage.entries.views import Cursor as EntryCursor
from storage.entries.views import (
    EntryQuery,
    EntryView,
    ProposalView,
    count_entries,
    count_proposals,
    list_entries,
    list_proposals,
)
from storage.errors import NotFound
from storage.handovers.views import HandoverView, last_decline, list_handovers, missing_to_accept
from storage.jobs.explain import explain
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import any_worker_alive
from storage.jobs.record import Cursor as JobCursor
from storage.jobs.record import JobDetail, JobQuery, JobRow
from storage.jobs.states import FINAL, JobStatus, Reason
from storage.jobs.views import (
    active_jobs,
    counts,
    find_job,
    list_jobs,
    matching,
    show_job,
    workers,
)
from storage.taxonomy.risks import RiskTag, by_severity
from storage.value import Value
from storage.vessel.views import VesselView, the_vessel

RISKS_OF = 500
"""Without a draft, risks are counted over at most this many of the newest entries."""
RECENT = 8

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A window's rows, how many there are in all, and reasons by row id where they were asked."""

    items: tuple[Item, ...]
    total: int
    why: dict[str, str] = field(default_factory=dict)


class JobPicture(Value):
    """One job at one moment. `at` makes a running job's elapsed time move."""

    job: JobDetail
    why: str
    at: datetime


class Bridge(Value):
    """What every screen shows: whose ship, what time, what runs. `at` is cut to the minute.

    `silent_hosts`: where workers have not been heard of for a minute, or died without a word.
    """

    at: datetime
    vessel: VesselView | None
    active: tuple[JobRow, ...]
    followed: tuple[JobRow, ...]
    worker_alive: bool
    silent_hosts: tuple[str, ...]

    @property
    def is_busy(self) -> bool:
        """Whether something runs, so that the display has to keep up with it."""
        return any(job.status is JobStatus.RUNNING for job in self.active)

    def times(self, moment: datetime) -> str:
        """A moment in ship's time and UTC (CONSOLE rule 10)."""
        return self.vessel.both_times(moment) if self.vessel else f"{moment:%Y-%m-%d %H:%M} UTC"


def take_bridge(followed: frozenset[str]) -> Bridge:
    """The facts of the bridge now; `followed` are the ids of jobs this person waits for."""
    at = now().replace(second=0, microsecond=0)
    return Bridge(
        at=at,
        vessel=_vessel(at),
        active=tuple(active_jobs()),
        followed=tuple(job for job in map(_job, sorted(followed)) if job),
        worker_alive=any_worker_alive(),
        silent_hosts=tuple(w.host for w in workers() if w.freshness == "stale" or not w.alive),
    )


def _vessel(at: datetime) -> VesselView | None:
    try:
        return the_vessel(at)
    except NotFound:
        return None


def _job(job_id: str) -> JobRow | None:
    try:
        return find_job(job_id)
    except NotFound:
        return None


class WatchPicture(Value):
    """Where we are: the draft and what it waits for, what is new, what needs a person."""

    draft: DraftSummary | None = None
    sections: int = 0
    seen: int = 0
    missing: tuple[str, ...] = ()
    decline: str | None = None
    risks: tuple[tuple[RiskTag, int], ...] = ()
    since: datetime | None = None
    since_handover: str | None = None
    new_entries: int = 0
    resolved: int = 0
    proposals: int = 0
    queued: int = 0
    queued_kinds: tuple[tuple[JobKind, int], ...] = ()
    failed: int = 0
    unknown: tuple[JobRow, ...] = ()
    recent: tuple[JobRow, ...] = ()


def take_watch(person_id: str | None) -> WatchPicture:
    """The Watch as this person sees it."""
    try:
        vessel = the_vessel()
    except NotFound:
        return WatchPicture()
    since = default_window(vessel.id).start
    last = list_handovers(limit=1)
    return WatchPicture(
        **_draft_facts(checkpoint().root, vessel.id, person_id, since),
        **_job_facts(),
        since=since,
        since_handover=last[0].document_number if last else None,
        new_entries=count_entries(EntryQuery(since=since)),
        resolved=count_entries(EntryQuery(since=since, status=EntryStatus.RESOLVED)),
        proposals=count_proposals(),
    )


@lru_cache(maxsize=2)
def _draft_facts(
    log_root: str, vessel_id: str, person_id: str | None, since: datetime
) -> dict[str, Any]:
    """The costly part of the Watch. Every change but telemetry is an audit event (I20), so what
    was read at one end of the log holds until the log grows."""
    summary = current_draft(vessel_id)
    if summary is None:
        entries = list_entries(EntryQuery(since=since), limit=RISKS_OF)
        return {"risks": _count_risks(entry.risk_tags for entry in entries)}
    view = draft(summary.id, person_id=person_id)
    decline = last_decline(summary.id)
    return {
        "draft": summary,
        "sections": len(view.sections),
        "seen": sum(section.seen for section in view.sections),
        "missing": tuple(missing_to_accept(summary.id, person_id or "")),
        "decline": f"{decline.by}: {decline.reason}" if decline else None,
        "risks": _count_risks(item.risk_tags for item in view.items().values()),
    }


def _count_risks(tagged: Iterable[tuple[RiskTag, ...]]) -> tuple[tuple[RiskTag, int], ...]:
    """How many things have each tag as their worst."""
    worst = Counter(by_severity(tags)[0] for tags in tagged if tags)
    return tuple((tag, worst[tag]) for tag in RiskTag if worst[tag])


def _job_facts() -> dict[str, Any]:
    found = counts()
    numbers = Counter[JobStatus]()
    for (status, _), n in found.items():
        numbers[status] += n
    failed = list_jobs(JobQuery(status=JobStatus.FAILED)) if numbers[JobStatus.FAILED] else []
    unknown = tuple(j for j in failed if j.status_reason == Reason.OUTCOME_UNKNOWN)
    return {
        "queued": numbers[JobStatus.QUEUED],
        "queued_kinds": tuple((k, found[q, k]) for q, k in found if q is JobStatus.QUEUED),
        "failed": numbers[JobStatus.FAILED] - len(unknown),
        "unknown": unknown,
        "recent": tuple(job for job in list_jobs(limit=RECENT) if job.status in FINAL),
    }


def take_entries(query: EntryQuery, after: EntryCursor | None, limit: int) -> Page[EntryView]:
    """A window of entries and how many there are."""
    items = tuple(list_entries(query, after=after, limit=limit))
    return Page(items=items, total=count_entries(query))


def take_proposals(after: object, limit: int) -> Page[ProposalView]:
    """The inbox: the oldest proposals, and how many there are."""
    return Page(items=tuple(list_proposals(limit=limit)), total=count_proposals())


def take_jobs(
    query: JobQuery, cursor_id: str | None, after: JobCursor | None, limit: int
) -> Page[JobRow]:
    """A window of jobs; `why` explains the one under the cursor."""
    items = tuple(list_jobs(query, after, limit))
    chosen = next((job for job in items if job.job_id == cursor_id), items[0] if items else None)
    why = {chosen.job_id: explain(chosen)} if chosen else {}
    return Page(items=items, total=matching(query), why=why)


def take_job(job_id: str) -> JobPicture:
    """One job, whole, and why it is where it is."""
    job = show_job(job_id)
    return JobPicture(job=job, why=explain(job), at=now())


def take_signed(signed_on: str | None, after: object, limit: int) -> Page[HandoverView]:
    """Signed handovers, newest first."""
    items = tuple(list_handovers(signed_on=signed_on, limit=limit))
    return Page(items=items, total=len(items))


def take_events(query: AuditQuery, before: int | None, limit: int) -> Page[AuditRow]:
    """A window of the audit log and how many events there are."""
    return Page(
        items=tuple(list_events(query, before=before, limit=limit)), total=count_events(query)
    )

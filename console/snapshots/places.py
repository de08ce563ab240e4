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
from storage.database import read_only
from storage.drafts.gathering import default_window
from storage.drafts.views import DraftSummary, current_draft, draft
from storage.entries.correction_views import (
    OpenCorrection,
    count_open_corrections,
    open_corrections,
)
from storage.entries.order import Cursor as EntryCursor
from storage.entries.states import EntryStatus
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
from storage.handovers.last_watch import LastWatch, last_watch
from storage.handovers.notices import NoticeView, unseen_notices
from storage.handovers.views import Cursor as HandoverCursor
from storage.handovers.views import (
    HandoverQuery,
    HandoverView,
    count_handovers,
    list_handovers,
    missing_to_accept,
)
from storage.insights.states import SuggestionStatus
from storage.insights.views import list_suggestions
from storage.jobs.explain import explain
from storage.jobs.filters import kept_count
from storage.jobs.kinds import JobKind
from storage.jobs.record import Cursor as JobCursor
from storage.jobs.record import JobQuery, JobRow
from storage.jobs.states import FINAL, JobStatus, Reason
from storage.jobs.views import (
    COUNTED_TO,
    counts,
    find_job,
    list_jobs,
    matching,
)
from storage.schedules.views import list_schedules
from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import RiskTag, by_severity
from storage.value import Value
from storage.vessel.views import the_vessel

RISKS_OF = 500
"""Without a draft, risks are counted over at most this many of the newest entries."""
RECENT = 8

Item = TypeVar("Item")


@dataclass(frozen=True)
class Page(Generic[Item]):
    """A window's rows, how many there are in all, and reasons by row id where they were asked.

    `or_more`: they were counted no further.
    """

    items: tuple[Item, ...]
    total: int
    or_more: bool = False
    why: dict[str, str] = field(default_factory=dict)


class WatchPicture(Value):
    """Where we are: the draft and what it waits for, what is new, what needs a person."""

    draft: DraftSummary | None = None
    sections: int = 0
    seen: int = 0
    missing: tuple[str, ...] = ()
    notices: tuple[NoticeView, ...] = ()
    risks: tuple[tuple[RiskTag, int], ...] = ()
    since: datetime | None = None
    since_handover: str | None = None
    last_watch: LastWatch | None = None
    new_entries: int = 0
    resolved: int = 0
    proposals: int = 0
    corrections: int = 0
    suggestions: int = 0
    queued: int = 0
    queued_kinds: tuple[tuple[JobKind, int], ...] = ()
    failed: int = 0
    unknown: tuple[JobRow, ...] = ()
    missed_runs: tuple[tuple[JobKind, int], ...] = ()
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
        missed_runs=tuple((s.kind, s.missed.count) for s in list_schedules() if s.missed),
        since=since,
        since_handover=last[0].document_number if last else None,
        new_entries=count_entries(EntryQuery(since=since)),
        resolved=count_entries(EntryQuery(since=since, status=EntryStatus.RESOLVED)),
        proposals=count_proposals(),
        corrections=count_open_corrections(),
        suggestions=len(list_suggestions(SuggestionStatus.OPEN)),
        notices=tuple(unseen_notices(person_id)) if person_id else (),
    )


@lru_cache(maxsize=2)
def _draft_facts(
    log_root: str, vessel_id: str, person_id: str | None, since: datetime
) -> dict[str, Any]:
    """The costly part of the Watch: the draft, and what is new to this person.

    Every change but telemetry is an audit event (I20), so what was read at one end of the log holds
    until the log grows.
    """
    summary = current_draft(vessel_id)
    known = {"last_watch": last_watch(person_id) if person_id else None}
    if summary is None:
        entries = list_entries(EntryQuery(since=since), limit=RISKS_OF)
        return {**known, "risks": _count_risks(entry.risk_tags for entry in entries)}
    view = draft(summary.id, person_id=person_id)
    outside_command = [s for s in view.sections if s.bucket is not Bucket.COMMAND]
    return {
        **known,
        "draft": summary,
        "sections": len(view.sections),
        "seen": sum(section.seen for section in view.sections),
        "missing": tuple(missing_to_accept(summary.id, person_id or "")),
        "risks": _count_risks(i.risk_tags for s in outside_command for i in s.items),
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


def take_inbox(after: object, limit: int) -> Page[ProposalView | OpenCorrection]:
    """The inbox: what has waited longest, in the order it happened, and how many there are."""
    waiting: list[ProposalView | OpenCorrection] = [
        *list_proposals(limit=limit),
        *open_corrections(limit=limit),
    ]
    waiting.sort(key=lambda one: (happened_at(one), one.id))
    total = count_proposals() + count_open_corrections()
    return Page(items=tuple(waiting[:limit]), total=total)


def happened_at(waiting: ProposalView | OpenCorrection) -> datetime:
    """When the event happened, or when a person or a machine without one asked."""
    if isinstance(waiting, OpenCorrection):
        return waiting.requested_at
    return waiting.event.at if waiting.event else waiting.created_at


def take_jobs(
    query: JobQuery, cursor_id: str | None, after: JobCursor | None, limit: int
) -> Page[JobRow]:
    """A window of jobs; `why` explains the one under the cursor."""
    items = tuple(list_jobs(query, after, limit))
    chosen = next((job for job in items if job.job_id == cursor_id), items[0] if items else None)
    why = {chosen.job_id: explain(chosen)} if chosen else {}
    total = matching(query, COUNTED_TO)
    or_more = total == COUNTED_TO and kept_count(query) is None
    return Page(items=items, total=total, or_more=or_more, why=why)


def why_it_is_where_it_is(job_id: str) -> str:
    """The explanation of one job.

    Raises:
        NotFound: it was there when it was listed. StoreError.
    """
    with read_only():
        return explain(find_job(job_id))


def take_signed(
    query: HandoverQuery, after: HandoverCursor | None, limit: int
) -> Page[HandoverView]:
    """A window of signed handovers and how many there are."""
    items = tuple(list_handovers(query, after=after, limit=limit))
    return Page(items=items, total=count_handovers(query))


def take_events(query: AuditQuery, before: int | None, limit: int) -> Page[AuditRow]:
    """A window of the audit log and how many events there are."""
    return Page(
        items=tuple(list_events(query, before=before, limit=limit)), total=count_events(query)
    )

"""What happened since a person's last watch: what they signed last, or when they were last here."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from storage.audit.views import AuditQuery, list_events
from storage.clock import to_text
from storage.database import read_only
from storage.entries import filters as entries
from storage.entries.views import EntryQuery, count_entries
from storage.handovers import filters as handovers
from storage.handovers.tables import Handover, HandoverSignature
from storage.handovers.views import HandoverQuery, count_handovers
from storage.jobs import filters as jobs
from storage.jobs.record import JobQuery
from storage.jobs.views import matching
from storage.value import Value


class About(StrEnum):
    """What sort of thing a piece of news is about."""

    ENTRIES = "entries"
    HANDOVERS = "handovers"
    JOBS = "jobs"


class News(Value):
    """So many things of one sort; `filter` finds exactly these in their list."""

    about: About
    words: str
    count: int
    filter: str


class LastWatch(Value):
    """Since when, what happened then (`signed EB-00003`, `signed in`), and what is new."""

    since: datetime
    then: str
    news: tuple[News, ...]


MOMENT = timedelta(microseconds=1)

_TOLD: tuple[tuple[About, str, str], ...] = (
    (About.ENTRIES, "new", "recorded:{}"),
    (About.ENTRIES, "filed anew", "refiled:{}"),
    (About.ENTRIES, "settled or suppressed", "settled:{}"),
    (About.ENTRIES, "with a flag decided", "decided:{}"),
    (About.HANDOVERS, "signed", "since:{}"),
    (About.JOBS, "failed", "status:failed finished:{}"),
)
"""What is told, and the filter that finds it, of the time since when."""


def last_watch(person_id: str) -> LastWatch | None:
    """What is new to this person; None for somebody who has never been here before.

    It counts from their last signature on a handover, else from the sign-in before the last.
    """
    with read_only():
        then = _last_signature(person_id) or _last_sign_in(person_id)
        if then is None:
            return None
        at = to_text(then[0] + MOMENT)  # what was done then is not new
        news = tuple(_news(about, words, asked.format(at)) for about, words, asked in _TOLD)
    return LastWatch(since=then[0], then=then[1], news=news)


def _news(about: About, words: str, asked: str) -> News:
    return News(about=about, words=words, count=_COUNT[about](asked), filter=asked)


_COUNT: dict[About, Callable[[str], int]] = {
    About.ENTRIES: lambda text: count_entries(EntryQuery(where=entries.read_filter(text))),
    About.HANDOVERS: lambda text: count_handovers(HandoverQuery(where=handovers.read_filter(text))),
    About.JOBS: lambda text: matching(JobQuery(where=jobs.read_filter(text))),
}


def _last_signature(person_id: str) -> tuple[datetime, str] | None:
    row = (
        HandoverSignature.select()
        .where(HandoverSignature.person_id == person_id)
        .order_by(HandoverSignature.signed_at.desc())
        .first()
    )
    if row is None:
        return None
    signed = Handover.get_or_none(Handover.draft_id == row.draft_id)
    number = f" {signed.document_number}" if signed else " the handover"
    return row.signed_at, f"signed{number}"


def _last_sign_in(person_id: str) -> tuple[datetime, str] | None:
    query = AuditQuery(subject=person_id, action="person.signed_in")
    earlier = [event for event in list_events(query, limit=2) if event.outcome == "done"][1:]
    return (earlier[0].at, "signed in") if earlier else None

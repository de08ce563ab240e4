"""Pruning raw events older than ninety days: the only rows of the store that ever go (I19).

What is pruned has been counted; a day whose events have gone keeps the counts it has. That events
went is an event as well, which the store asks for before it lets one go.
"""

from datetime import datetime, timedelta

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.insights.rules import KEPT_DAYS
from storage.insights.states import EventType
from storage.insights.tables import AnalyticsEvent
from storage.value import Value

_OLD = """
SELECT count(*), min(at), count(*) FILTER (WHERE seq > (SELECT counted_seq FROM analytics_reader))
FROM analytics_event WHERE at < ?
"""
_GO = """
DELETE FROM analytics_event
WHERE at < ? AND seq <= (SELECT counted_seq FROM analytics_reader)
"""


class Prunable(Value):
    """What pruning would remove now: events from strictly before `before`, the oldest at `oldest`.

    `uncounted`: events as old that no count has seen yet, which stay until one has.
    """

    before: datetime
    events: int
    uncounted: int
    oldest: datetime | None


def preview() -> Prunable:
    """What pruning would remove; nothing is removed."""
    with read_only():
        return _preview(now())


def prune(actor: Actor, *, job_id: str | None = None) -> Prunable:
    """Remove raw events that are strictly older than ninety days, and nothing else (I19)."""
    with act(actor, "analytics.pruned", "analytics", job_id=job_id) as deed:
        found = _preview(deed.at)
        if not found.events:
            deed.unchanged()
            return found
        cut = to_text(found.before)
        AnalyticsEvent.insert(
            type=EventType.EVENTS_PRUNED.value, subject_kind="analytics", subject_id=cut,
            metadata={"events": found.events}, at=deed.at, source=to_text(deed.at),
        ).execute()  # fmt: skip
        ledger.execute_sql(_GO, (cut,))
        deed.detail.update(before=cut, events=found.events)
        return found


def _preview(at: datetime) -> Prunable:
    before = at - timedelta(days=KEPT_DAYS)
    count, oldest, uncounted = ledger.execute_sql(_OLD, (to_text(before),)).fetchone()
    return Prunable(before=before, events=count - uncounted, uncounted=uncounted, oldest=oldest)

"""Raw events, read from what is on record already; recording them costs the acts nothing.

Every act leaves an audit event and every entry a row, in the transaction of the act. One reader
goes along both and keeps how far it is in the transaction that writes the events, so a crash
neither loses nor repeats one, and no act can fail because of its analytics.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.canonical import canonical_json
from storage.clock import from_text, to_text
from storage.database import now
from storage.engine import execute_many, ledger
from storage.insights.rules import KEPT_DAYS
from storage.insights.sources import READ, Event, of_audit, of_entries
from storage.insights.states import EventType
from storage.insights.tables import AnalyticsReader
from storage.jobs.kind_spec import Queue
from storage.schedules.rules import INSTANT, Plan, occurrences
from storage.schedules.ships_clock import ships_clock
from storage.value import Value

AT_ONCE = 5_000
"""Audit events, and entries, read in one transaction, so that nobody waits for the reader."""

SHORTEST_WATCH = timedelta(hours=4)
"""So long after a reading there is another one, because a watch has ended."""

_VESSEL_SINCE = "SELECT min(created_at) FROM vessel"
_LAST_AUDIT = "SELECT coalesce(max(seq), 0) FROM audit_event"
_LAST_ENTRY = "SELECT coalesce(max(seq), 0) FROM entry"
_PRUNED = "SELECT max(subject_id) FROM analytics_event WHERE type = 'events_pruned'"
_KEEP = """
INSERT INTO analytics_event (type, subject_kind, subject_id, metadata, at, source)
VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (type, source) DO NOTHING
"""
_WAITS = f"""
SELECT EXISTS (SELECT 1 FROM vessel) AND (
    r.watches_until IS NULL OR r.watches_until <= ?
    OR EXISTS (SELECT 1 FROM entry WHERE seq > r.entry_seq)
    OR EXISTS (
        SELECT 1 FROM audit_event e LEFT JOIN job ON job.job_id = e.job_id
        WHERE e.seq > r.audit_seq
            AND coalesce(job.queue, '') NOT IN ('{Queue.INSIGHTS}', '{Queue.UPKEEP}')
            AND +e.action IN ({", ".join(f"'{action}'" for action in READ)})))
FROM analytics_reader r
"""
_READ = "UPDATE analytics_reader SET audit_seq = ?, entry_seq = ?, watches_until = ?"


class Collected(Value):
    """What one reading brought; `behind`: facts are left for the next one."""

    events: int
    behind: bool


def collect(actor: Actor) -> Collected:
    """Read on in what is on record and keep its raw events; `AT_ONCE` facts at most.

    An event of before the last pruning is not kept: it would only be pruned again.
    """
    with act(actor, "analytics.collected", "analytics") as deed:
        reader = AnalyticsReader.get()
        audit_to = min(_one(_LAST_AUDIT), reader.audit_seq + AT_ONCE)
        entry_to = min(_one(_LAST_ENTRY), reader.entry_seq + AT_ONCE)
        behind = audit_to < _one(_LAST_AUDIT) or entry_to < _one(_LAST_ENTRY)
        found = [
            *of_entries(reader.entry_seq, entry_to),
            *of_audit(reader.audit_seq, audit_to),
            *_watches(reader.watches_until, deed.at),
        ]
        kept = _keep(found)
        until = to_text(max(deed.at, reader.watches_until or deed.at))
        ledger.execute_sql(_READ, (audit_to, entry_to, until))
        deed.detail.update(events=kept, audit_seq=audit_to, entry_seq=entry_to)
        if not kept:
            deed.unchanged()
        return Collected(events=kept, behind=behind)


def facts_wait() -> bool:
    """Whether a ship has something new to read, or a watch may have ended since the last reading.

    What the jobs of the insights and the daily upkeep leave in the log is no reason for one.
    """
    watch_ago = to_text(now() - SHORTEST_WATCH)
    return bool(ledger.execute_sql(_WAITS, (watch_ago,)).fetchone()[0])


def pruned_before() -> datetime | None:
    """Events before this moment have been pruned; None when none ever were."""
    text = ledger.execute_sql(_PRUNED).fetchone()[0]
    return from_text(text) if text else None


def is_whole(day: date) -> bool:
    """Whether all raw events of a UTC day are still there."""
    cut = pruned_before()
    return cut is None or cut.date() < day or (cut.date() == day and cut.time().min == cut.time())


def _keep(found: Iterable[Event]) -> int:
    cut = pruned_before()
    since = to_text(cut) if cut else ""
    rows = [
        (it.type.value, it.subject_kind, it.subject_id, canonical_json(it.metadata).decode(),
         it.at, it.source)
        for it in found
        if it.at >= since
    ]  # fmt: skip
    before = ledger.connection().total_changes
    execute_many(_KEEP, rows)
    return int(ledger.connection().total_changes - before)


def _watches(since: datetime | None, until: datetime) -> list[Event]:
    """The ends of watches after `since`, by the watch bill and the ship's clock.

    The first time: since the vessel has had a bill, as far back as events are kept.
    """
    ship = ships_clock()
    if ship.vessel_id is None:
        return []
    start = since or max(from_text(_one(_VESSEL_SINCE)), until - timedelta(days=KEPT_DAYS))
    plan = Plan(times=tuple(sorted(set(ship.watch_ends))))
    return [
        Event(
            type=EventType.WATCH_ENDED, subject_kind="watch", subject_id=due.key,
            at=to_text(due.at), source=due.key,
        )
        for due in occurrences(plan, ship.offsets, start + INSTANT, until)
    ]  # fmt: skip


def _one(sql: str) -> Any:
    return ledger.execute_sql(sql).fetchone()[0]

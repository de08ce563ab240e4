"""Days of raw events as counts, by upsert: run as often as one likes, the counts are the same.

A day is counted anew when an event of it was collected since, and every day up to today has its
counts for the vessel, so that a day on which nothing happened says so.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.engine import execute_many, ledger
from storage.insights.collecting import is_whole
from storage.insights.rules import WHOLE_VESSEL
from storage.insights.states import EventType, Metric
from storage.insights.tables import AnalyticsReader
from storage.value import Value

_E = EventType
_TOUCHED = """
SELECT DISTINCT substr(at, 1, 10) FROM analytics_event
WHERE seq > ? AND type <> 'events_pruned' ORDER BY 1
"""
_FIRST_DAY = "SELECT min(substr(at, 1, 10)) FROM analytics_event WHERE type <> 'events_pruned'"
_LAST_EVENT = "SELECT coalesce(max(seq), 0) FROM analytics_event"
_OF_DAY = "at >= ? AND at < ?"
_BY_TYPE = f"SELECT type, count(*) FROM analytics_event WHERE {_OF_DAY} GROUP BY type"
_RETRIES = f"""
SELECT json_extract(metadata, '$.kind') AS kind, count(DISTINCT subject_id),
    count(DISTINCT CASE WHEN CAST(json_extract(metadata, '$.attempt') AS BIGINT) > 1
        THEN subject_id END)
FROM analytics_event WHERE {_OF_DAY} AND type = 'job_settled' GROUP BY kind
"""
_FAULTS = f"""
SELECT json_extract(metadata, '$.domain') || ' ' || json_extract(metadata, '$.fault'), count(*)
FROM analytics_event WHERE {_OF_DAY} AND type = 'entry_captured'
    AND json_extract(metadata, '$.fault') <> '' GROUP BY 1
"""
_UPSERT = """
INSERT INTO daily_aggregate (day, metric, subject, count, base, updated_at)
VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (day, metric, subject) DO UPDATE
SET count = excluded.count, base = excluded.base, updated_at = excluded.updated_at
WHERE daily_aggregate.count <> excluded.count
    OR daily_aggregate.base IS DISTINCT FROM excluded.base
"""
_COUNTED = """
UPDATE analytics_reader SET counted_seq = ?, counted_day = ?, changed_at = coalesce(?, changed_at)
"""

OF_VESSEL: dict[Metric, tuple[EventType, tuple[EventType, ...]]] = {
    Metric.COMPLETION: (_E.HANDOVER_SIGNED, (_E.WATCH_ENDED,)),
    Metric.ACCEPTANCE: (_E.ITEM_KEPT, (_E.ITEM_KEPT, _E.ITEM_EDITED)),
    Metric.FOLLOW_THROUGH: (_E.ITEM_RESOLVED, (_E.ITEM_CARRIED,)),
    Metric.ENTRIES: (_E.ENTRY_CAPTURED, ()),
    Metric.DRAFTS: (_E.DRAFT_GENERATED, ()),
    Metric.DECLINES: (_E.HANDOVER_DECLINED, ()),
}
"""What is counted for the vessel: events, and those that are their base."""

Row = tuple[Metric, str, int, int | None]
"""Metric, subject, count, base."""


class Aggregated(Value):
    """What was counted anew: which days, and how many counts have changed."""

    days: tuple[date, ...]
    changed: int


def aggregate(actor: Actor, days: Sequence[date] | None = None) -> Aggregated:
    """Count what was collected since the last time, or the `days` asked for.

    A day that pruning has touched keeps the counts it has.
    """
    with act(actor, "analytics.aggregated", "analytics") as deed:
        reader, today = AnalyticsReader.get(), deed.at.date()
        wanted = _due(reader, today) if days is None else sorted(set(days))
        whole = [day for day in wanted if is_whole(day)]
        moment = to_text(deed.at)
        changed = sum(_count(day, moment) for day in whole)
        if days is None:
            last = ledger.execute_sql(_LAST_EVENT).fetchone()[0]
            ledger.execute_sql(_COUNTED, (last, today.isoformat(), moment if changed else None))
        deed.detail.update(days=[day.isoformat() for day in whole], changed=changed)
        if not changed:
            deed.unchanged()
        return Aggregated(days=tuple(whole), changed=changed)


def _due(reader: AnalyticsReader, today: date) -> list[date]:
    """Days with new events, and those that went by since the last count, today included."""
    rows = ledger.execute_sql(_TOUCHED, (reader.counted_seq,)).fetchall()
    touched = {date.fromisoformat(day) for (day,) in rows}
    first = reader.counted_day or ledger.execute_sql(_FIRST_DAY).fetchone()[0]
    if first is not None:
        begin = date.fromisoformat(first)
        touched |= {begin + timedelta(days=n) for n in range((today - begin).days + 1)}
    return sorted(touched)


def _count(day: date, moment: str) -> int:
    """Write the counts of one day; how many of them have changed."""
    before = ledger.connection().total_changes
    rows = [(day.isoformat(), m.value, s, n, base, moment) for m, s, n, base in _counts(day)]
    execute_many(_UPSERT, rows)
    return int(ledger.connection().total_changes - before)


def _counts(day: date) -> list[Row]:
    between = (day.isoformat(), (day + timedelta(days=1)).isoformat())
    number = dict(ledger.execute_sql(_BY_TYPE, between).fetchall())
    of_vessel = [
        (metric, WHOLE_VESSEL, number.get(what, 0),
         sum(number.get(it, 0) for it in base) if base else None)
        for metric, (what, base) in OF_VESSEL.items()
    ]  # fmt: skip
    retries = ledger.execute_sql(_RETRIES, between).fetchall()
    faults = ledger.execute_sql(_FAULTS, between).fetchall()
    return [
        *of_vessel,
        *((Metric.RETRIES, kind, retried, jobs) for kind, jobs, retried in retries),
        *((Metric.FAULTS, what, count, None) for what, count in faults),
    ]

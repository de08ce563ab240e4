"""What was captured, day by day, by its worst risk."""

import json
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta

from storage.clock import to_text
from storage.database import now, read_only
from storage.engine import ledger
from storage.taxonomy.risks import RiskTag, by_severity
from storage.value import Value

DAYS = 30

_CAPTURED = """
SELECT substr(created_at, 1, 10), risk_tags, count(*) FROM entry INDEXED BY entry_created
WHERE created_at >= ? GROUP BY 1, 2
"""


class RiskDay(Value):
    """One UTC day: how many entries tell of it, by their worst tag; without one: Informational."""

    day: date
    worst: dict[RiskTag, int]


def risks_by_day(days: int = DAYS) -> tuple[RiskDay, ...]:
    """The last so many days, oldest first; the last one is going on."""
    wanted = last_days(days)
    with read_only():
        rows = ledger.execute_sql(_CAPTURED, (beginning_of(wanted[0]),)).fetchall()
    worst = defaultdict[str, Counter[RiskTag]](Counter)
    for day, tags, count in rows:
        worst[day][_worst(tags)] += count
    return tuple(RiskDay(day=day, worst=dict(worst[day.isoformat()])) for day in wanted)


def last_days(days: int) -> list[date]:
    """The last so many UTC days, oldest first, ending with today."""
    today = now().date()
    return [today - timedelta(days=back) for back in reversed(range(days))]


def beginning_of(day: date) -> str:
    """Midnight UTC, as times are stored."""
    return to_text(datetime.combine(day, time(), UTC))


def _worst(tags: str) -> RiskTag:
    ordered = by_severity(map(RiskTag, json.loads(tags)))
    return ordered[0] if ordered else RiskTag.INFORMATIONAL

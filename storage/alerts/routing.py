"""From the audit log to people: each job that failed is told once, or counted (JOBS §6).

Endings know nothing of alerts. One reader goes along the log and keeps how far it is in the same
transaction as what it tells, so a crash neither loses an alert nor tells it twice.
"""

import json
from typing import Any

from storage.alerts.rules import Bucket, Routed, Verdict, alert_of, route
from storage.alerts.states import Source
from storage.canonical import canonical_json, sha256_hex
from storage.clock import from_text, to_text
from storage.database import transaction
from storage.engine import ledger
from storage.identity import new_id
from storage.jobs.kinds import KINDS, JobKind

AT_ONCE = 500
"""Events read in one transaction, so that nobody waits for the reader."""

_NEW = """
SELECT e.seq, e.at, e.detail, e.job_id, job.kind
FROM audit_event e INDEXED BY audit_event_action JOIN job ON job.job_id = e.job_id
WHERE e.action = ? AND e.seq > ? AND e.outcome = 'done' ORDER BY e.seq LIMIT ?
"""
_ACTIONS = ("job.failed", "job.rescued")
_TOLD_AT = "SELECT alert_id, raised_at FROM alert WHERE same = ? ORDER BY audit_seq DESC LIMIT 1"
_LAST_OF = "SELECT alert_id FROM alert WHERE title = ? ORDER BY audit_seq DESC LIMIT 1"
_SUPPRESS = """
UPDATE alert SET suppressed = suppressed + 1, last_seen_at = ? WHERE alert_id = ?
"""
_TELL = """
INSERT INTO alert (alert_id, source, severity, title, message, same, raised_at, last_seen_at,
    suppressed, audit_seq, job_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
"""
_KEEP_BUCKET = """
INSERT INTO alert_bucket (key, milli, at) VALUES (?, ?, ?)
ON CONFLICT (key) DO UPDATE SET milli = excluded.milli, at = excluded.at
"""


def route_new() -> int:
    """Read on in the audit log and tell or count what it says of jobs; how many events that were.

    It looks without the write lock first: a store where nothing failed is not written. Times are
    those of the events, so what is told does not depend on when it is read.
    """
    if not _next_events():
        return 0
    with transaction():
        events = _next_events()
        for event in events:
            _route(*event)
        if events:
            ledger.execute_sql("UPDATE alert_reader SET seq = ?", (events[-1][0],))
    return len(events)


def _next_events() -> list[tuple[Any, ...]]:
    """The next events about failed jobs behind where the reader is, in order."""
    after = ledger.execute_sql("SELECT seq FROM alert_reader").fetchone()[0]
    found: list[tuple[Any, ...]] = []
    for action in _ACTIONS:
        found += ledger.execute_sql(_NEW, (action, after, AT_ONCE)).fetchall()
    return sorted(found)[:AT_ONCE]


def _route(seq: int, at: str, detail: str, job_id: str, kind: str) -> None:
    alert = alert_of(KINDS[JobKind(kind)].label, json.loads(detail))
    if alert is None:
        return
    same = _same(alert)
    told = ledger.execute_sql(_TOLD_AT, (same,)).fetchone()
    verdict, bucket = route(from_text(at), told and from_text(told[1]), _bucket(alert.title))
    if verdict is Verdict.DUPLICATE:
        ledger.execute_sql(_SUPPRESS, (at, told[0]))
    elif verdict is Verdict.LIMITED:
        last = ledger.execute_sql(_LAST_OF, (alert.title,)).fetchone()
        ledger.execute_sql(_SUPPRESS, (at, last[0]))
    else:
        shown = (alert.severity, alert.title, alert.message, same, at, at, seq, job_id)
        ledger.execute_sql(_TELL, (new_id(), Source.JOB, *shown))
    if bucket is not None:
        ledger.execute_sql(_KEEP_BUCKET, (alert.title, bucket.milli, to_text(bucket.at)))


def _same(alert: Routed) -> str:
    """What two alerts share when one of them is enough."""
    parts = [alert.title, alert.message, alert.severity.value]
    return sha256_hex(canonical_json(parts))


def _bucket(key: str) -> Bucket | None:
    row = ledger.execute_sql("SELECT milli, at FROM alert_bucket WHERE key = ?", (key,)).fetchone()
    return None if row is None else Bucket(row[0], from_text(row[1]))

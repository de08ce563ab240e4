"""Signals: what the daily counts show, each once for its rule, subject and period.

A signal stands for its period: the same rule says nothing more of the same subject until a period
begins that none of its signals covers. So running this again repeats nothing.
"""

from datetime import date

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.engine import ledger
from storage.identity import new_id
from storage.insights.rules import RULES, Finding, findings, window
from storage.insights.states import Rule
from storage.insights.tables import AnalyticsReader, SignalRow
from storage.insights.views import aggregates

MOST_ENTRIES = 50
"""So many entries of a recurring fault are named; the newest."""

_STANDS = """
SELECT 1 FROM signal WHERE rule = ? AND subject = ? AND first_day <= ? AND last_day >= ?
"""
_ENTRIES = """
SELECT subject_id FROM analytics_event
WHERE type = 'entry_captured' AND at >= ? AND substr(at, 1, 10) <= ?
    AND json_extract(metadata, '$.domain') || ' ' || json_extract(metadata, '$.fault') = ?
ORDER BY at DESC, seq DESC LIMIT ?
"""


def generate_signals(actor: Actor, *, job_id: str | None = None) -> list[str]:
    """Raise every signal the counts show now and none stands for; the ids of the new ones."""
    with act(actor, "signal.raised", "signal", job_id=job_id) as deed:
        today = deed.at.date()
        since = min(window(rule, today)[0] for rule in RULES)
        shown = findings(aggregates(since, today), today)
        ids = [_raise(it, to_text(deed.at), job_id) for it in shown if not _stands(it)]
        AnalyticsReader.update(judged_at=deed.at).execute()
        deed.detail.update(signals=ids)
        if not ids:
            deed.unchanged()
        return ids


def signals_are_due() -> bool:
    """Whether counts have changed since they were last judged."""
    reader = AnalyticsReader.get()
    changed, judged = reader.changed_at, reader.judged_at
    return changed is not None and (judged is None or judged < changed)


def _stands(it: Finding) -> bool:
    period = (it.first_day.isoformat(), it.last_day.isoformat())
    found = ledger.execute_sql(_STANDS, (it.rule, it.subject, period[1], period[0]))
    return found.fetchone() is not None


def _raise(it: Finding, moment: str, job_id: str | None) -> str:
    signal_id = new_id()
    SignalRow.insert(
        id=signal_id, rule=it.rule.value, subject=it.subject,
        first_day=it.first_day.isoformat(), last_day=it.last_day.isoformat(),
        severity=it.severity.value, count=it.count, base=it.base, message=it.message,
        entry_ids=_entries(it.subject, it.first_day, it.last_day) if it.rule in _OF_ENTRIES else [],
        created_at=moment, job_id=job_id,
    ).execute()  # fmt: skip
    return signal_id


_OF_ENTRIES = frozenset({Rule.RECURRING_FAULT})


def _entries(subject: str, first: date, last: date) -> list[str]:
    """The entries that say so, the oldest first."""
    asked = (first.isoformat(), last.isoformat(), subject, MOST_ENTRIES)
    found = [entry_id for (entry_id,) in ledger.execute_sql(_ENTRIES, asked).fetchall()]
    return found[::-1]

"""Insights as shown: trends, signals, suggestions."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from storage.database import now, read_only
from storage.engine import ledger
from storage.errors import NotFound
from storage.insights.collecting import is_whole
from storage.insights.rules import Aggregate, Finding
from storage.insights.states import (
    Metric,
    Rule,
    Scope,
    SignalSeverity,
    SuggestionStatus,
    SuggestionType,
)
from storage.insights.tables import (
    DailyAggregate,
    SignalRow,
    Suggestion,
    SuggestionDecision,
)
from storage.value import Value

TREND_DAYS = 30

_DAYS = "SELECT DISTINCT day FROM daily_aggregate WHERE metric = 'completion'"
_FIRST = """
SELECT min(day) FROM (
    SELECT min(substr(at, 1, 10)) AS day FROM analytics_event WHERE type <> 'events_pruned'
    UNION ALL SELECT min(day) FROM daily_aggregate) AS days
"""


class SignalView(Finding):
    """One signal. `subject`: `vessel`, a kind of job, or domain and equipment."""

    id: str
    rate: float | None
    entry_ids: tuple[str, ...]
    created_at: datetime
    job_id: str | None


class DecisionView(Value):
    """Who decided, when and why. `proposal_id` or `regeneration_id`: what came of accepting."""

    decision: str
    reason: str
    decided_by: str
    decided_at: datetime
    proposal_id: str | None = None
    regeneration_id: str | None = None


class SuggestionView(Value):
    """One suggestion with the signal it follows from, and the decision if there is one."""

    id: str
    signal_id: str
    rule: Rule
    signal: str
    scope: Scope
    type: SuggestionType
    target: str
    severity: SignalSeverity
    text: str
    status: SuggestionStatus
    created_at: datetime
    decision: DecisionView | None


def trend(metric: Metric, *, days: int = TREND_DAYS, subject: str | None = None) -> list[Aggregate]:
    """A metric over the last `days` UTC days, today included, oldest first.

    Days that nothing was counted for are absent; `subject` None gives every subject.
    """
    since = (now().date() - timedelta(days=days - 1)).isoformat()
    which = [DailyAggregate.metric == metric.value, DailyAggregate.day >= since]
    if subject is not None:
        which.append(DailyAggregate.subject == subject)
    rows = DailyAggregate.select().where(*which)
    with read_only():
        ordered = rows.order_by(DailyAggregate.day, DailyAggregate.subject)
        return [aggregate_view(row) for row in ordered]


def aggregates(since: date, until: date) -> list[Aggregate]:
    """Every count of the days from `since` to `until`, both included."""
    between = (since.isoformat(), until.isoformat())
    rows = DailyAggregate.select().where(DailyAggregate.day.between(*between))
    with read_only():
        ordered = rows.order_by(DailyAggregate.day, DailyAggregate.metric, DailyAggregate.subject)
        return [aggregate_view(row) for row in ordered]


def days_without_aggregates() -> list[date]:
    """UTC days since the first event or count that have no counts and can still get them.

    Today is left out, and so are days whose events have been pruned.
    """
    with read_only():
        known = {day for (day,) in ledger.execute_sql(_DAYS).fetchall()}
        first = ledger.execute_sql(_FIRST).fetchone()[0]
    if first is None:
        return []
    begin = date.fromisoformat(first)
    every = (begin + timedelta(days=n) for n in range((now().date() - begin).days))
    return [day for day in every if day.isoformat() not in known and is_whole(day)]


def list_signals(
    *, rule: Rule | None = None, since: date | None = None, limit: int = 200
) -> list[SignalView]:
    """Signals, newest first."""
    rows = SignalRow.select()
    if rule is not None:
        rows = rows.where(SignalRow.rule == rule.value)
    if since is not None:
        rows = rows.where(SignalRow.last_day >= since.isoformat())
    with read_only():
        ordered = rows.order_by(SignalRow.created_at.desc(), SignalRow.id.desc())
        return [_signal(row) for row in ordered.limit(limit)]


def signal(signal_id: str) -> SignalView:
    """One signal.

    Raises:
        NotFound: no such signal.
    """
    row = SignalRow.get_or_none(SignalRow.id == signal_id)
    if row is None:
        raise NotFound(kind="signal", id=signal_id)
    return _signal(row)


def list_suggestions(
    status: SuggestionStatus | None = None, *, limit: int = 200
) -> list[SuggestionView]:
    """Suggestions, oldest first; with a status OPEN: the inbox."""
    rows = Suggestion.select()
    if status is not None:
        rows = rows.where(Suggestion.status == status.value)
    with read_only():
        return _suggestions(rows.order_by(Suggestion.created_at, Suggestion.id).limit(limit))


def suggestion(suggestion_id: str) -> SuggestionView:
    """One suggestion.

    Raises:
        NotFound: no such suggestion.
    """
    with read_only():
        found = _suggestions(Suggestion.select().where(Suggestion.id == suggestion_id))
    if not found:
        raise NotFound(kind="suggestion", id=suggestion_id)
    return found[0]


def aggregate_view(row: DailyAggregate) -> Aggregate:
    """A row as a value."""
    return Aggregate(
        day=date.fromisoformat(row.day), metric=Metric(row.metric), subject=row.subject,
        count=row.count, base=row.base,
    )  # fmt: skip


def _signal(row: SignalRow) -> SignalView:
    plain = {n: getattr(row, n) for n in SignalView.model_fields if n != "rate"}
    return SignalView(**plain, rate=row.count / row.base if row.base else None)


def _suggestions(rows: Any) -> list[SuggestionView]:
    found = list(rows)
    signals = rows_by(SignalRow.id, [row.signal_id for row in found])
    decided = rows_by(SuggestionDecision.suggestion_id, [row.id for row in found])
    own = SuggestionView.model_fields.keys() - {"rule", "signal", "decision"}
    return [
        SuggestionView(
            **{name: getattr(row, name) for name in own},
            rule=signals[row.signal_id].rule,
            signal=signals[row.signal_id].message,
            decision=decision_view(decided.get(row.id)),
        )
        for row in found
    ]


def decision_view(row: Any) -> DecisionView | None:
    """A decision's row as a value; None when there is none."""
    if row is None:
        return None
    known = DecisionView.model_fields.keys()
    return DecisionView(**{name: getattr(row, name, None) for name in known})


def rows_by(column: Any, values: Sequence[Any]) -> dict[Any, Any]:
    """The rows of a table whose `column` is one of `values`, by it."""
    rows = column.model.select().where(column.in_(list(values)))
    return {getattr(row, column.name): row for row in rows}

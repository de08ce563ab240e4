"""Trends as charts: what each one shows, and what it says in words (pure)."""

from collections.abc import Mapping, Sequence
from datetime import date

from console.drawing.charts import Chart, Row
from console.keys_aboard import key
from console.snapshots.trends import Trends
from storage.clock import span_words
from storage.entries.trends import RiskDay
from storage.handovers.trends import SignedDay
from storage.insights.rules import Aggregate
from storage.insights.states import Metric
from storage.jobs.trends import SPAN_MINUTES, Pace, RunTrend
from storage.taxonomy.risks import RISK_WORDS, RiskTag

STYLES = {
    RiskTag.SAFETY_CRITICAL: "$safety",
    RiskTag.COMPLIANCE_CRITICAL: "$compliance",
    RiskTag.GUEST_IMPACTING: "$guest",
    RiskTag.COST_IMPACTING: "$cost",
    RiskTag.OPERATIONAL_DEBT: "$debt",
    RiskTag.INFORMATIONAL: "$muted",
}
RATE_NAMES = {
    Metric.COMPLETION: "completed",
    Metric.ACCEPTANCE: "accepted",
    Metric.FOLLOW_THROUGH: "followed",
}
TALL = 3
PACES = (
    ("wait p50", "wait_p50_s", "$queued"),
    ("wait p95", "wait_p95_s", "$queued"),
    ("run p50", "run_p50_s", "$running"),
    ("run p95", "run_p95_s", "$running"),
)


def engine_charts(runs: RunTrend) -> tuple[Chart, ...]:
    """The last hour of the engine."""
    return _jobs_a_minute(runs), _paces(runs)


def ship_charts(trends: Trends) -> tuple[Chart, ...]:
    """The last days of the ship."""
    days = [day.day for day in trends.signed]
    return _risks(trends.risks), _signed(trends.signed), _rates(trends.rates, days)


def all_charts(trends: Trends) -> tuple[Chart, ...]:
    """Every chart, in the order to be read."""
    return *engine_charts(trends.runs), *ship_charts(trends)


def brief(seconds: float | None) -> str:
    """`8 ms`, `1.4 s`, `12 s`, `3 min`, `20 d`: a time in few cells; `–` when it is not known."""
    if seconds is None:
        return "–"
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 10 else span_words(seconds).replace("days", "d")


def _jobs_a_minute(runs: RunTrend) -> Chart:
    title, begun, failed = "Jobs a minute", sum(runs.begun), sum(runs.failed)
    if not begun and not failed:
        asks = f"{key('generate')} on the Watch ({key('go_watch')}) asks for one"
        nothing = f"None began in the last hour; {asks}."
        return Chart(title, nothing)
    says = f"{begun:,} began within the hour, at most {max(runs.begun):,} in a minute"
    rows = (
        Row("began", runs.begun, f"{begun:,}", "$running", TALL),
        Row("failed", runs.failed, f"{failed:,}", "$failed"),
    )
    return Chart(title, says, rows, "min")


def _paces(runs: RunTrend) -> Chart:
    title, all_of = "Wait and run time", runs.overall
    if not all_of.begun:
        return Chart(title, "No run within the last hour to measure.")
    rows = tuple(
        Row(name, _minute_by_minute(runs.paces, field), brief(getattr(all_of, field)), style)
        for name, field, style in PACES
    )
    return Chart(title, _pace_words(all_of), rows, "min")


def _pace_words(pace: Pace) -> str:
    """What p50 and p95 mean, said with the numbers."""
    of = "" if pace.looked_at == pace.begun else f", by {pace.looked_at} runs"
    half, most = brief(pace.wait_p50_s), brief(pace.wait_p95_s)
    return f"half waited up to {half}, 95 % up to {most}{of}"


def _minute_by_minute(paces: Sequence[Pace], field: str) -> tuple[float | None, ...]:
    """A span is as wide as its minutes, so that it stands under them."""
    return tuple(getattr(pace, field) for pace in paces for _ in range(SPAN_MINUTES))


def _risks(days: Sequence[RiskDay]) -> Chart:
    title = "Entries by worst risk"
    counts = {tag: [day.worst.get(tag, 0) for day in days] for tag in RiskTag}
    total = sum(map(sum, counts.values()))
    if not total:
        return Chart(
            title, f"None is about the last {len(days)} days; {key('new_entry')} captures one."
        )
    rows = tuple(
        Row(RISK_WORDS[tag], tuple(numbers), f"{sum(numbers):,}", STYLES[tag])
        for tag, numbers in counts.items()
        if any(numbers)
    )
    says = f"{total:,} in {len(days)} days (UTC), {sum(days[-1].worst.values()):,} today"
    return Chart(title, says, rows, "days", "today")


def _signed(days: Sequence[SignedDay]) -> Chart:
    title, numbers = "Handovers signed", tuple(day.signed for day in days)
    total = sum(numbers)
    if not total:
        return Chart(
            title,
            f"None within {len(days)} days; the Handover ({key('go_handover')}) leads to one.",
        )
    row = Row("signed", numbers, f"{total:,}", "$done")
    says = f"{total:,} in {len(days)} days (UTC), {numbers[-1]:,} today"
    return Chart(title, says, (row,), "days", "today")


def _rates(rates: Mapping[Metric, Sequence[Aggregate]], days: Sequence[date]) -> Chart:
    title = "Rates by day"
    if not any(rates.values()):
        return Chart(
            title,
            f"No day is counted yet; the worker counts every half hour, {key('count_now')} now.",
        )
    rows = tuple(_rate_row(metric, rates[metric], days) for metric in RATE_NAMES)
    says = "signed of watches ended, kept unedited, carried items resolved"
    return Chart(title, says, rows, "days", "today")


def _rate_row(metric: Metric, counted: Sequence[Aggregate], days: Sequence[date]) -> Row:
    """A day without a base has no rate, which is not a rate of nothing."""
    by_day = {it.day: it.rate for it in counted}
    base = sum(it.base or 0 for it in counted)
    note = f"{sum(it.count for it in counted) / base:.0%}" if base else "–"
    values = tuple(by_day.get(day) for day in days)
    return Row(RATE_NAMES[metric], values, note, "$done", full_at=1)

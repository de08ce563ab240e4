"""What is worth looking at over time, as one pure question to the store."""

from storage.entries.trends import RiskDay, risks_by_day
from storage.handovers.trends import SignedDay, signed_by_day
from storage.insights.rules import WHOLE_VESSEL, Aggregate
from storage.insights.states import Metric
from storage.insights.views import trend
from storage.jobs.trends import RunTrend, run_trend
from storage.value import Value

RATES = (Metric.COMPLETION, Metric.ACCEPTANCE, Metric.FOLLOW_THROUGH)
"""What has a rate for the vessel as a whole."""


class Trends(Value):
    """The engine's last hour; the ship's last days. `rates`: the days that were counted."""

    runs: RunTrend
    risks: tuple[RiskDay, ...]
    signed: tuple[SignedDay, ...]
    rates: dict[Metric, tuple[Aggregate, ...]]


def take_trends() -> Trends:
    """The trends as they stand now."""
    return Trends(
        runs=run_trend(),
        risks=risks_by_day(),
        signed=signed_by_day(),
        rates={metric: tuple(trend(metric, subject=WHOLE_VESSEL)) for metric in RATES},
    )

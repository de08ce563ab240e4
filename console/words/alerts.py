"""How an alert is said on a screen: glyph, word, colour, age, and where it leads (pure)."""

from collections.abc import Iterable
from datetime import datetime

from textual.content import Content

from storage.alerts.states import Severity, Standing
from storage.alerts.views import AlertView
from storage.clock import age_words
from storage.text import visible

SEVERITIES: dict[Severity, tuple[str, str]] = {
    Severity.INFO: ("·", "$say-information"),
    Severity.WARNING: ("!", "$say-warning"),
    Severity.ERROR: ("✗", "$say-error"),
    Severity.CRITICAL: ("✗✗", "$say-error"),
}
LEADS_TO: dict[Standing, str] = {
    Standing.AUDIT_CHAIN_BROKEN: "go_audit",
    Standing.WORKER_LOST: "go_jobs",
    Standing.JOB_STUCK: "go_jobs",
    Standing.FAILURE_SPIKE: "go_jobs",
    Standing.NOBODY_WATCHES: "start_worker",
    Standing.QUEUE_BACKLOG: "go_jobs",
    Standing.CLOCK_STEPPED: "go_audit",
}
"""The command that leads there; for the others none helps, and the line says what does."""


def alert_lines(alerts: Iterable[AlertView], at: datetime) -> list[tuple[str, Content]]:
    """The command that leads to each alert, or nothing, and its line."""
    return [(_leads_to(alert), _line(alert, at)) for alert in alerts]


def _leads_to(alert: AlertView) -> str:
    return LEADS_TO.get(alert.type, "") if alert.type else "go_jobs"


def _line(alert: AlertView, at: datetime) -> Content:
    glyph, style = SEVERITIES[alert.severity]
    said = visible(f"{alert.title}: {alert.message}")
    helps = "" if _leads_to(alert) else f" {alert.to_do}"
    age = age_words((at - alert.raised_at).total_seconds()) if alert.alert_id else "now"
    seen = f" · seen by {visible(alert.acknowledged_by)}" if alert.acknowledged_by else ""
    how_bad, since = f"{glyph} {alert.severity.value}", f"· {age}{seen}"
    return Content.assemble((how_bad, style), f"  {said}{helps} ", (since, "$muted"))

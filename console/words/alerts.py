"""How an alert is said on a screen: glyph, word, colour, age, and what to press (pure)."""

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
KEYS: dict[Standing, str] = {
    Standing.AUDIT_CHAIN_BROKEN: "8",
    Standing.WORKER_LOST: "4",
    Standing.JOB_STUCK: "4",
    Standing.FAILURE_SPIKE: "4",
    Standing.NOBODY_WATCHES: "W",
    Standing.QUEUE_BACKLOG: "4",
    Standing.CLOCK_STEPPED: "8",
}
"""What to press; for the others no key helps, and the line says what does."""


def alert_lines(alerts: Iterable[AlertView], at: datetime) -> list[tuple[str, Content]]:
    """The key and the line of each alert."""
    return [(_key(alert), _line(alert, at)) for alert in alerts]


def _key(alert: AlertView) -> str:
    key = KEYS.get(alert.type) if alert.type else "4"
    return f"[{key}]" if key else ""


def _line(alert: AlertView, at: datetime) -> Content:
    glyph, style = SEVERITIES[alert.severity]
    said = visible(f"{alert.title}: {alert.message}")
    helps = "" if _key(alert) else f" {alert.to_do}"
    age = age_words((at - alert.raised_at).total_seconds()) if alert.alert_id else "now"
    seen = f" · seen by {visible(alert.acknowledged_by)}" if alert.acknowledged_by else ""
    how_bad, since = f"{glyph} {alert.severity.value}", f"· {age}{seen}"
    return Content.assemble((how_bad, style), f"  {said}{helps} ", (since, "$muted"))

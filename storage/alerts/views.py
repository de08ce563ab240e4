"""What stands, what was told, and whether anybody watches: plain frozen values.

While nobody watches, what is wrong is read live, and that nobody watches is itself one of the
alerts: a list without alerts means that somebody looked and all is well.
"""

from datetime import datetime, timedelta
from typing import Any

from storage.alerts.observing import observe, why_unwritable
from storage.alerts.rules import wrong
from storage.alerts.states import STANDING, Severity, Standing
from storage.alerts.tables import Alert
from storage.alerts.watching import Note, read_note
from storage.clock import to_text
from storage.database import now, read_only
from storage.errors import NotFound
from storage.jobs.liveness import any_worker_alive
from storage.value import Value
from storage.vessel.views import the_vessel

RECENT = timedelta(hours=24)


class AlertView(Value):
    """One alert as shown. Without an id it is read live and not on record.

    `type`: of a standing alert; None for one told of a job, which rests on the audit event
    `audit_seq`. `suppressed`: how many like it were held back since.
    """

    alert_id: str | None = None
    type: Standing | None = None
    severity: Severity
    title: str
    message: str
    to_do: str = ""
    raised_at: datetime
    last_seen_at: datetime
    resolved_at: datetime | None = None
    suppressed: int = 0
    audit_seq: int | None = None
    job_id: str | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_why: str | None = None


def standing() -> list[AlertView]:
    """Everything that is wrong now, the worst first."""
    at = now()
    with read_only():
        live = {kind: _live(kind, message, at) for kind, message in _seen_now(at).items()}
        both = {**live, **on_record()}
    return [both[kind] for kind in STANDING if kind in both]


def on_record() -> dict[Standing, AlertView]:
    """The standing alerts that are stored as active, whether or not anybody looks."""
    with read_only():
        rows = Alert.select().where(Alert.type.is_null(False), Alert.resolved_at.is_null())
        return {Standing(kind): _view(row) for row in rows if (kind := row.type)}


def told(*, everything: bool = False, limit: int = 50) -> list[AlertView]:
    """Alerts of jobs, newest first: those of the last day nobody has acknowledged, or all."""
    rows = Alert.select().where(Alert.source == "job")
    if not everything:
        rows = rows.where(
            Alert.raised_at >= to_text(now() - RECENT), Alert.acknowledged_at.is_null()
        )
    return _newest(rows, limit)


def resolved(limit: int = 50) -> list[AlertView]:
    """Standing alerts that are over, newest first."""
    return _newest(Alert.select().where(Alert.resolved_at.is_null(False)), limit)


def _newest(rows: Any, limit: int) -> list[AlertView]:
    ordered = rows.order_by(Alert.raised_at.desc(), Alert.alert_id.desc()).limit(limit)
    with read_only():
        return [_view(row) for row in ordered]


def _seen_now(at: datetime) -> dict[Standing, str]:
    """What has to be read live: all of it while nobody watches, else what cannot be stored."""
    note = read_note()
    if note.is_current(at):
        why = note.unwritable or why_unwritable()
        return {Standing.STORE_UNWRITABLE: why} if why else {}
    return {**wrong(observe(at)), Standing.NOBODY_WATCHES: _unwatched(note)}


def _unwatched(note: Note) -> str:
    why = "Workers run, none of them looks" if any_worker_alive() else "No worker is running"
    if note.looked_at is None:
        return f"{why}; nobody has looked yet."
    return f"{why}; the last look was at {_both_times(note.looked_at)}."


def _both_times(moment: datetime) -> str:
    try:
        return the_vessel(moment).both_times(moment)
    except NotFound:
        return f"{moment:%Y-%m-%d %H:%M} UTC"


def _live(kind: Standing, message: str, at: datetime) -> AlertView:
    spec = STANDING[kind]
    return AlertView(
        type=kind, severity=spec.severity, title=spec.title, message=message, to_do=spec.to_do,
        raised_at=at, last_seen_at=at,
    )  # fmt: skip


def _view(row: Alert) -> AlertView:
    kind = row.type and Standing(row.type)
    stored = {
        name: getattr(row, name) for name in AlertView.model_fields if name not in ("type", "to_do")
    }
    return AlertView(type=kind, to_do=STANDING[kind].to_do if kind else "", **stored)

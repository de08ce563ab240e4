"""Standing alerts are raised while something is wrong and resolve by themselves; people say that
they have seen one. Each change is one transaction and one audit event (I20)."""

from storage.alerts.states import STANDING, Source, Standing
from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.database import transaction, unhurried
from storage.engine import ledger
from storage.errors import BadInput, NotFound, TooLong, WrongState
from storage.identity import new_id

REASON_LIMIT = 2_000

_ACTIVE = "SELECT alert_id FROM alert WHERE type = ? AND resolved_at IS NULL"
_RAISE = """
INSERT INTO alert (alert_id, source, type, severity, title, message, raised_at, last_seen_at,
    suppressed)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)
"""
_SEEN = """
UPDATE alert SET last_seen_at = ?, message = ? WHERE type = ? AND resolved_at IS NULL
"""
_RESOLVE = "UPDATE alert SET resolved_at = ? WHERE alert_id = ?"
_STATE = "SELECT acknowledged_by, resolved_at FROM alert WHERE alert_id = ?"
_ACKNOWLEDGE = """
UPDATE alert SET acknowledged_at = ?, acknowledged_by = ?, acknowledged_why = ? WHERE alert_id = ?
"""


def raise_standing(actor: Actor, standing: Standing, message: str) -> bool:
    """Say that something is wrong; while it already stands, nothing changes and this is False."""
    spec = STANDING[standing]
    with act(actor, "alert.raised", "alert") as deed:
        if _active(standing) is not None:
            deed.unchanged()
            return False
        deed.subject_id, moment = new_id(), to_text(deed.at)
        shown = (standing, spec.severity, spec.title, message)
        ledger.execute_sql(_RAISE, (deed.subject_id, Source.WATCH, *shown, moment, moment))
        deed.detail = {"type": standing.value, "severity": spec.severity.value, "message": message}
        return True


def resolve_standing(actor: Actor, standing: Standing) -> None:
    """Say that it is over; when nothing of the type stands, nothing changes."""
    with act(actor, "alert.resolved", "alert") as deed:
        alert_id = _active(standing)
        if alert_id is None:
            deed.unchanged()
            return
        deed.subject_id, deed.detail = alert_id, {"type": standing.value}
        ledger.execute_sql(_RESOLVE, (to_text(deed.at), alert_id))


def note_look(seen: dict[Standing, str]) -> None:
    """Keep that somebody looked, and what still stands: telemetry, written like a heartbeat.

    It is a real commit, so it fails where the store cannot be written.

    Raises:
        StoreError: which is why.
    """
    with unhurried(), transaction() as at:
        ledger.execute_sql("UPDATE alert_reader SET looked_at = ?", (to_text(at),))
        for standing, message in seen.items():
            ledger.execute_sql(_SEEN, (to_text(at), message, standing))


def acknowledge(actor: Actor, alert_id: str, *, reason: str) -> None:
    """A person has seen an alert and says what is done about it. It stays on record as it is.

    Raises:
        NotPermitted: not a person. NotFound. BadInput, TooLong: the reason. WrongState: it is
        acknowledged or resolved already.
    """
    with act(actor, "alert.acknowledged", "alert", alert_id) as deed:
        why = _checked_reason(reason)
        row = ledger.execute_sql(_STATE, (alert_id,)).fetchone()
        if row is None:
            raise NotFound(kind="alert", id=alert_id)
        by, resolved_at = row
        if by is not None:
            raise WrongState(why=f"{by} has acknowledged it already.")
        if resolved_at is not None:
            raise WrongState(why="It has resolved by itself; there is nothing to acknowledge.")
        deed.detail = {"reason": why}
        ledger.execute_sql(_ACKNOWLEDGE, (to_text(deed.at), actor.name, why, alert_id))


def _active(standing: Standing) -> str | None:
    row = ledger.execute_sql(_ACTIVE, (standing,)).fetchone()
    return row and str(row[0])


def _checked_reason(reason: str) -> str:
    why = reason.strip()
    if not why:
        raise BadInput(why="Say in a few words what is done about it; it stays on record.")
    if len(why) > REASON_LIMIT:
        raise TooLong(what="reason", length=len(why), limit=REASON_LIMIT)
    return why

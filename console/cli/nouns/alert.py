"""`alert`: what needs a person, as the watch over the store has found it."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import As, Limit, Reason
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import age, count, table
from storage.alerts import actions, views
from storage.alerts.views import AlertView

verbs = Verbs("Alerts: what is wrong, and which jobs failed.")

QUIET = "Nothing stands wrong, and no failed job of the last day waits to be acknowledged."


@verbs.verb("list", "eightbells alert list")
def list_all(
    everything: Annotated[
        bool, typer.Option("--all", help="Also what is resolved, acknowledged or older than a day.")
    ] = False,
    limit: Limit = 50,
) -> Answer:
    """List what is wrong now, then the jobs that failed, newest first."""
    found = [*views.standing(), *views.told(everything=everything, limit=limit)]
    if everything:
        found += views.resolved(limit)
    rows = [
        (a.severity.value, a.type or "job", age(a.raised_at), _state(a), a.alert_id or "–",
         f"{a.title}: {a.message} {a.to_do}".rstrip())
        for a in found
    ]  # fmt: skip
    headings = ("severity", "type", "since", "state", "id", "what")
    return Answer(found, table(headings, rows, QUIET))


@verbs.verb(
    "acknowledge",
    "eightbells alert acknowledge 01jx… --as 'Priya Nair' --reason 'Backups go ashore at noon'",
)
def acknowledge(
    alert_id: Annotated[str, typer.Argument(metavar="ID", help="The alert.")],
    who: As,
    reason: Reason,
) -> Answer:
    """Say that you have seen an alert and what is done about it."""
    actions.acknowledge(acting(who), alert_id, reason=reason)
    value = {"alert_id": alert_id, "acknowledged_by": who, "reason": reason}
    return Answer(value, ["Acknowledged; it stays on record."])


def _state(alert: AlertView) -> str:
    """Where an alert stands, in a few words."""
    words = []
    if alert.acknowledged_by:
        words.append(f"seen by {alert.acknowledged_by}")
    if alert.resolved_at:
        words.append("resolved")
    if alert.suppressed:
        words.append(f"{count(alert.suppressed, 'more', 'more')} like it")
    return ", ".join(words) or "open"

"""Suggestions: what follows from a signal by the fixed mapping, made once and never changed."""

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.engine import insert_rows, ledger
from storage.identity import new_id
from storage.insights.rules import SUGGESTED
from storage.insights.states import Rule, SuggestionStatus
from storage.insights.tables import Suggestion

_WITHOUT = """
SELECT id, rule, subject, message FROM signal s
WHERE NOT EXISTS (SELECT 1 FROM suggestion WHERE signal_id = s.id) ORDER BY created_at, id
"""


def generate_suggestions(actor: Actor, *, job_id: str | None = None) -> list[str]:
    """Suggest what follows from every signal that has no suggestion yet; the ids of the new ones.

    The same signal gives the same suggestions, whoever asks and whenever (JOBS §8).
    """
    with act(actor, "suggestion.made", "suggestion", job_id=job_id) as deed:
        rows = [
            {
                "id": new_id(), "signal_id": signal_id, "scope": it.scope.value,
                "type": it.type.value, "target": subject, "severity": it.severity.value,
                "text": it.sentence, "status": SuggestionStatus.OPEN.value,
                "created_at": to_text(deed.at),
            }
            for signal_id, rule, subject, _ in ledger.execute_sql(_WITHOUT).fetchall()
            for it in SUGGESTED[Rule(rule)]
        ]  # fmt: skip
        insert_rows(Suggestion, rows)
        deed.detail.update(suggestions=[row["id"] for row in rows])
        if not rows:
            deed.unchanged()
        return [str(row["id"]) for row in rows]


def suggestions_are_due() -> bool:
    """Whether a signal has no suggestion yet."""
    return ledger.execute_sql(_WITHOUT).fetchone() is not None

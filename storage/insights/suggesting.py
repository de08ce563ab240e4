"""Suggestions: what follows from a signal by the fixed mapping, and what an officer decides.

Accepting one puts a proposal into the inbox, or approves a regeneration; it does nothing else.
"""

from storage.audit.actions import Deed, act
from storage.audit.actor import Actor
from storage.clock import to_text
from storage.engine import insert_rows, ledger
from storage.entries.proposals import propose
from storage.entries.rules import check_reason
from storage.errors import NotFound, WrongState
from storage.identity import new_id
from storage.insights.regenerating import approve_regeneration
from storage.insights.rules import SUGGESTED
from storage.insights.states import Rule, SuggestionStatus, SuggestionType
from storage.insights.tables import Suggestion, SuggestionDecision
from storage.insights.views import SuggestionView, signal, suggestion
from storage.people.rules import check_officer

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


def accept(actor: Actor, suggestion_id: str, *, reason: str = "") -> SuggestionView:
    """Take a suggestion up: a proposal for an entry, or an approved regeneration, comes of it.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. WrongState: decided already.
        TooLong: the reason.
    """
    with act(actor, "suggestion.accepted", "suggestion", suggestion_id) as deed:
        check_officer(actor, "accept a suggestion")
        row = _open_one(suggestion_id)
        why = check_reason(reason) if reason.strip() else ""
        if row.type == SuggestionType.PROPOSE_ENTRY:
            words = signal(row.signal_id).message
            led_to = {"proposal_id": propose(actor, "suggestion", row.id, words)}
        else:
            led_to = {"regeneration_id": approve_regeneration(actor, row.id, why)}
        _decide(deed, actor, row.id, SuggestionStatus.ACCEPTED, why, **led_to)
        deed.detail.update(led_to)
    return suggestion(suggestion_id)


def dismiss(actor: Actor, suggestion_id: str, *, reason: str) -> SuggestionView:
    """Let a suggestion be; who and why stay on record.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. WrongState: decided already.
        BadInput, TooLong: the reason.
    """
    with act(actor, "suggestion.dismissed", "suggestion", suggestion_id) as deed:
        check_officer(actor, "dismiss a suggestion")
        row = _open_one(suggestion_id)
        _decide(deed, actor, row.id, SuggestionStatus.DISMISSED, check_reason(reason))
    return suggestion(suggestion_id)


def _open_one(suggestion_id: str) -> Suggestion:
    row: Suggestion | None = Suggestion.get_or_none(Suggestion.id == suggestion_id)
    if row is None:
        raise NotFound(kind="suggestion", id=suggestion_id)
    if row.status != SuggestionStatus.OPEN:
        raise WrongState(why=f"The suggestion is {row.status} already.")
    return row


def _decide(
    deed: Deed,
    actor: Actor,
    suggestion_id: str,
    status: SuggestionStatus,
    reason: str,
    *,
    proposal_id: str | None = None,
    regeneration_id: str | None = None,
) -> None:
    Suggestion.update(status=status.value).where(Suggestion.id == suggestion_id).execute()
    SuggestionDecision.insert(
        suggestion_id=suggestion_id, decision=status.value, reason=reason,
        decided_by_id=actor.id, decided_by=actor.name, decided_at=deed.at,
        proposal_id=proposal_id, regeneration_id=regeneration_id,
    ).execute()  # fmt: skip
    deed.detail.update(reason=reason)

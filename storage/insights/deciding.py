"""What officers decide: suggestions accepted or dismissed, regenerations approved or tried again.

Accepting a suggestion puts a proposal into the inbox, or approves a regeneration; nothing else.
"""

from storage.audit.actions import Deed, act
from storage.audit.actor import Actor
from storage.entries.proposals import propose
from storage.entries.rules import check_reason
from storage.errors import NotFound, WrongState
from storage.identity import new_id
from storage.insights.output_views import RegenerationView, regeneration
from storage.insights.states import (
    OutputStatus,
    RegenerationStatus,
    SuggestionStatus,
    SuggestionType,
)
from storage.insights.tables import Regeneration, Suggestion, SuggestionDecision
from storage.insights.views import SuggestionView, signal, suggestion


def accept(actor: Actor, suggestion_id: str, *, reason: str = "") -> SuggestionView:
    """Take a suggestion up: a proposal for an entry, or an approved regeneration, comes of it.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. WrongState: decided already.
        TooLong: the reason.
    """
    with act(actor, "suggestion.accepted", "suggestion", suggestion_id) as deed:
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
        row = _open_one(suggestion_id)
        _decide(deed, actor, row.id, SuggestionStatus.DISMISSED, check_reason(reason))
    return suggestion(suggestion_id)


def approve_regeneration(actor: Actor, suggestion_id: str, reason: str) -> str:
    """Queue the regeneration a suggestion asks for; its id.

    Raises:
        NotPermitted: not an officer, not a person (I13).
    """
    with act(actor, "regeneration.approved", "regeneration") as deed:
        deed.subject_id = new_id()
        deed.detail.update(suggestion=suggestion_id, reason=reason)
        Regeneration.insert(
            id=deed.subject_id, suggestion_id=suggestion_id, reason=reason,
            approved_by_id=actor.id, approved_by=actor.name, approved_at=deed.at,
            status=RegenerationStatus.PENDING.value,
        ).execute()  # fmt: skip
        return deed.subject_id


def retry(actor: Actor, regeneration_id: str, *, reason: str) -> RegenerationView:
    """Approve another try of one that failed, or whose output was rejected; once for each.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. BadInput, TooLong: the reason.
        WrongState: it neither failed nor was rejected, or its retry has been used.
    """
    with act(actor, "regeneration.retried", "regeneration") as deed:
        before = regeneration(regeneration_id)
        _check_retry(before)
        deed.subject_id = new_id()
        deed.detail.update(retry_of=before.id, reason=check_reason(reason))
        Regeneration.insert(
            id=deed.subject_id, suggestion_id=before.suggestion_id, retry_of=before.id,
            reason=reason.strip(), approved_by_id=actor.id, approved_by=actor.name,
            approved_at=deed.at, status=RegenerationStatus.PENDING.value,
        ).execute()  # fmt: skip
    return regeneration(deed.subject_id)


def _open_one(suggestion_id: str) -> Suggestion:
    row: Suggestion | None = Suggestion.get_or_none(Suggestion.id == suggestion_id)
    if row is None:
        raise NotFound(kind="suggestion", id=suggestion_id)
    if row.status != SuggestionStatus.OPEN:
        raise WrongState(why=f"The suggestion is {row.status.lower()} already.")
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


def _check_retry(before: RegenerationView) -> None:
    rejected = before.output is not None and before.output.status is OutputStatus.REJECTED
    if before.status is not RegenerationStatus.FAILED and not rejected:
        raise WrongState(why="It neither failed nor was rejected; there is nothing to try again.")
    if before.retried_by is not None:
        raise WrongState(why=f"Its retry has been used, by regeneration {before.retried_by}.")

"""Who may sign a handover or send it back, and when (pure; DOMAIN §6)."""

from storage.audit.actor import Actor
from storage.audit.rights import check_right
from storage.drafts.states import DraftState, Move, after
from storage.errors import NotPermitted


def check_accepting(actor: Actor, state: DraftState) -> None:
    """The outgoing signature is an officer's, over a handover in review.

    Raises:
        NotPermitted: not an officer, not a person (I13). WrongState.
    """
    check_right(actor, "draft.accepted")
    after(state, Move.ACCEPT)


def check_countersigning(actor: Actor, state: DraftState, accepted_by: str | None) -> None:
    """The incoming signature is another officer's (I12); `accepted_by` is a person's id.

    Raises:
        NotPermitted: not an officer, not a person, or the one who accepted. WrongState.
    """
    check_right(actor, "handover.signed")
    after(state, Move.COUNTERSIGN)
    if accepted_by == actor.id:
        raise NotPermitted(why="The relief is another person: you accepted this handover yourself.")


def check_declining(actor: Actor, state: DraftState, accepted_by: str | None) -> None:
    """The relief refuses or defers, which is never the one who accepted.

    Raises:
        NotPermitted, WrongState.
    """
    check_right(actor, "draft.declined")
    after(state, Move.DECLINE)
    if accepted_by == actor.id:
        raise NotPermitted(why="You accepted this handover; reopen it instead of declining it.")


def check_reopening(actor: Actor, state: DraftState, accepted_by: str | None) -> None:
    """Only the one who accepted takes the acceptance back.

    Raises:
        NotPermitted, WrongState.
    """
    check_right(actor, "draft.reopened")
    after(state, Move.REOPEN)
    if accepted_by != actor.id:
        raise NotPermitted(
            why="Only the officer who accepted it may reopen it; the relief declines it."
        )

"""Attempts: a move asked for before there is anything to sign with.

Both doors look ahead and say why a move is not legal now. Somebody who tries all the same is
refused here, by the rules of the move itself, and the refusal is an audit event (I1). What is
legal leaves no trace: the move itself will.
"""

from collections.abc import Callable

from storage.audit.actions import asking
from storage.audit.actor import Actor
from storage.drafts.moves import draft_row
from storage.drafts.states import DraftState, Move, after
from storage.drafts.tables import Draft
from storage.errors import NotReady
from storage.handovers.locking import accepted_by
from storage.handovers.rules import (
    check_accepting,
    check_countersigning,
    check_declining,
    check_reopening,
)
from storage.handovers.views import missing_to_accept, unread_sections


def attempt(actor: Actor, draft_id: str, how: Move) -> None:
    """Refuse a move that is not legal for this person now, on record; else do nothing.

    Countersigning asks for everything but the read-backs, which are only given while signing.

    Raises:
        NotReady: `facts["missing"]` lists what (I11, I12). NotPermitted, WrongState, NotFound.
    """
    action, check = _MOVES[how]
    with asking(actor, action, "draft", draft_id):
        check(actor, draft_row(draft_id))


def _review(actor: Actor, row: Draft) -> None:
    if row.state != DraftState.IN_REVIEW:
        after(DraftState(row.state), Move.REVIEW)


def _accept(actor: Actor, row: Draft) -> None:
    check_accepting(actor, DraftState(row.state))
    if missing := missing_to_accept(row.id, actor.id):
        raise NotReady(missing)


def _countersign(actor: Actor, row: Draft) -> None:
    check_countersigning(actor, DraftState(row.state), accepted_by(row))
    if missing := unread_sections(row.id, actor.id):
        raise NotReady(missing)


def _decline(actor: Actor, row: Draft) -> None:
    check_declining(actor, DraftState(row.state), accepted_by(row))


def _reopen(actor: Actor, row: Draft) -> None:
    check_reopening(actor, DraftState(row.state), accepted_by(row))


_MOVES: dict[Move, tuple[str, Callable[[Actor, Draft], None]]] = {
    Move.REVIEW: ("draft.review_begun", _review),
    Move.ACCEPT: ("draft.accepted", _accept),
    Move.COUNTERSIGN: ("handover.signed", _countersign),
    Move.DECLINE: ("draft.declined", _decline),
    Move.REOPEN: ("draft.reopened", _reopen),
}
"""The action each move is recorded as, and its rules."""

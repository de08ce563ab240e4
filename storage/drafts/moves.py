"""Moving a draft from state to state, guarded by the state it was seen in."""

from datetime import datetime

from storage.audit.actions import Deed
from storage.drafts import states
from storage.drafts.states import DraftState, Move
from storage.drafts.tables import Draft
from storage.errors import NotFound, WrongState


def draft_row(draft_id: str) -> Draft:
    """A draft's row, for verbs.

    Raises:
        NotFound: no such draft.
    """
    draft: Draft | None = Draft.get_or_none(Draft.id == draft_id)
    if draft is None:
        raise NotFound(kind="draft", id=draft_id)
    return draft


def touch(draft_id: str, at: datetime) -> None:
    """Note that what a draft says has changed; whoever looked before has to look again."""
    Draft.update(updated_at=at, revision=Draft.revision + 1).where(Draft.id == draft_id).execute()


def move_state(draft: Draft, how: Move, deed: Deed, **facts: object) -> None:
    """Make one legal move, guarded by the state the row was seen in.

    Raises:
        WrongState: not legal, or somebody was faster.
    """
    before = DraftState(draft.state)
    next_state = states.after(before, how)
    changed = (
        Draft.update(
            state=next_state.value, updated_at=deed.at, revision=Draft.revision + 1, **facts
        )
        .where(Draft.id == draft.id, Draft.state == before.value)
        .execute()
    )
    if not changed:
        raise WrongState(why="The handover was moved on by someone else; look again.")
    deed.detail.update({"from": before.value, "to": next_state.value})

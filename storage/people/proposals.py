"""A PIN that is to be reset, as one row. Called inside somebody's act."""

from datetime import datetime

from storage.database import store_clock
from storage.identity import new_id
from storage.people.states import ResetState
from storage.people.tables import PinReset
from storage.people.waiting import Mark, mark


def open_reset(person_id: str) -> PinReset | None:
    """What was proposed for this person and is neither done nor withdrawn."""
    return PinReset.get_or_none(
        PinReset.person_id == person_id, PinReset.state == ResetState.OPEN.value
    )


def keep_proposal(person_id: str, proposer_id: str, at: datetime) -> str:
    """Keep who proposed it and when; returns its id."""
    this = mark(at, store_clock())
    return str(PinReset.create(
        id=new_id(), person_id=person_id, proposed_by=proposer_id, proposed_at=this.at,
        proposed_boot=this.boot, proposed_uptime_ms=this.uptime_ms, state=ResetState.OPEN.value,
    ).id)  # fmt: skip


def proposed_at(reset: PinReset) -> Mark:
    """When it was proposed, for counting the time since."""
    return Mark(at=reset.proposed_at, boot=reset.proposed_boot, uptime_ms=reset.proposed_uptime_ms)


def finish_reset(reset: PinReset, confirmer_id: str, at: datetime) -> None:
    """It is done, by this second person."""
    PinReset.update(state=ResetState.DONE.value, confirmed_by=confirmer_id, ended_at=at).where(
        PinReset.id == reset.id
    ).execute()


def withdraw_open_reset(person_id: str, at: datetime) -> bool:
    """Nothing comes of what was proposed for this person; False when nothing was."""
    open_one = (PinReset.person_id == person_id) & (PinReset.state == ResetState.OPEN.value)
    update = PinReset.update(state=ResetState.WITHDRAWN.value, ended_at=at).where(open_one)
    return bool(update.execute())

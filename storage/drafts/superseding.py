"""Correcting a signed handover: a new one over the same period supersedes it (DOMAIN §6).

Nothing of the signed one changes. Until the correction is signed the corrected one stays
authoritative; from then on everything that asks for the last handover is given the correction.
"""

from datetime import datetime
from typing import Any

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.audit.rights import check_right
from storage.drafts.moves import draft_row
from storage.drafts.states import OPEN_STATES, SIGNED_STATES, STATE_WORDS, DraftState
from storage.drafts.tables import Draft, Supersession
from storage.entries.rules import check_reason
from storage.errors import NotFound, NotPermitted, WrongState
from storage.jobs.kinds import JobKind
from storage.jobs.record import Submitted
from storage.jobs.submission import submit
from storage.people.views import crew_member
from storage.value import Value


class Correction(Value):
    """What a draft corrects: the id of the signed draft, why, and which officer asked for it."""

    supersedes: str
    reason: str
    by_id: str
    by_name: str
    role: str


def request_correction(actor: Actor, draft_id: str, *, reason: str) -> Submitted:
    """Queue the draft that corrects a signed handover.

    Raises:
        NotPermitted: not an officer, not a person. WrongState: not signed, not the newest, or a
        handover is open. BadInput: no reason. NotFound.
    """
    with act(actor, "handover.correction_requested", "draft", draft_id) as deed:
        reason = check_reason(reason)
        row = correctable(draft_id)
        submitted = submit(
            actor,
            JobKind.HANDOVER_GENERATE,
            {"supersedes": draft_id, "reason": reason},
            subject=draft_id,
            vessel_id=row.vessel_id,
        )
        deed.detail.update(reason=reason, job=submitted.job_id)
        if not submitted.created:
            deed.unchanged()
    return submitted


def planned_correction(draft_id: str, reason: str, *, requested_by: str) -> Correction:
    """The correction an officer has asked for, as far as the rules allow it now.

    Raises:
        NotPermitted: whoever asked is no officer of this crew. WrongState, NotFound.
    """
    try:
        officer = crew_member(requested_by)
    except NotFound:
        why = "An officer asks for a correction, and in their own name."
        raise NotPermitted(why=why) from None
    check_right(officer.actor, "handover.correction_requested")
    correctable(draft_id)
    return Correction(
        supersedes=draft_id, reason=check_reason(reason),
        by_id=officer.id, by_name=officer.name, role=officer.role,
    )  # fmt: skip


def correctable(draft_id: str) -> Draft:
    """The signed handover, if it may be corrected: the vessel's newest, and none is open (I5).

    Raises:
        NotFound. WrongState: the sentence says which of these it is not.
    """
    row = draft_row(draft_id)
    if row.state not in SIGNED_STATES:
        said = STATE_WORDS[DraftState(row.state)]
        raise WrongState(why=f"The handover is {said}; only a signed one is corrected.")
    newest = last_signed(row.vessel_id)
    if newest is None or newest.id != draft_id:
        raise WrongState(why="A later handover or a correction is signed; the newest is corrected.")
    still_open = Draft.get_or_none(
        Draft.vessel_id == row.vessel_id, Draft.state.in_([s.value for s in OPEN_STATES])
    )
    if still_open is not None:
        raise WrongState(
            why=f"A handover is open ({STATE_WORDS[DraftState(still_open.state)]}); "
            "it is signed before another begins."
        )
    return row


def keep_correction(draft_id: str, correction: Correction, at: datetime) -> None:
    """Write down what a new draft corrects, inside the caller's act."""
    Supersession.insert(draft_id=draft_id, at=at, **correction.model_dump()).execute()


def correction_of(draft_id: str) -> Correction | None:
    """What this draft corrects, if it corrects a signed handover."""
    row = Supersession.get_or_none(Supersession.draft_id == draft_id)
    if row is None:
        return None
    return Correction(**{name: getattr(row, name) for name in Correction.model_fields})


def last_signed(vessel_id: str, *, besides: str | None = None) -> Draft | None:
    """The handover that is authoritative now, or was before `besides` was signed."""
    row: Draft | None = (
        Draft.select()
        .where(
            Draft.vessel_id == vessel_id,
            Draft.state.in_(_SIGNED),
            Draft.id != (besides or ""),
            Draft.id.not_in(_superseded()),
        )
        .order_by(Draft.period_to.desc(), Draft.id.desc())
        .first()
    )
    return row


def corrected_line(draft_id: str | None) -> list[str]:
    """The id itself, then what it superseded, and so on back to the first of its line."""
    line: list[str] = []
    while draft_id is not None:
        line.append(draft_id)
        before = correction_of(draft_id)
        draft_id = before.supersedes if before else None
    return line


_SIGNED = [state.value for state in SIGNED_STATES]


def _superseded() -> Any:
    """The handovers a signed correction has taken the place of."""
    correction = Draft.alias()
    return (
        Supersession.select(Supersession.supersedes)
        .join(correction, on=(correction.id == Supersession.draft_id))
        .where(correction.state.in_(_SIGNED))
    )

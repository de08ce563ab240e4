"""A draft on paper: may be replaced, is not authoritative, and is no export (DOMAIN §7; I14)."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.audit.views import checkpoint
from storage.clock import both_times
from storage.database import now
from storage.drafts.moves import draft_row
from storage.drafts.states import OPEN_STATES, STATE_WORDS, DraftState
from storage.drafts.tables import Draft
from storage.drafts.views import draft
from storage.errors import WrongState
from storage.handovers.composing import Content, compose
from storage.handovers.correcting import amendment
from storage.handovers.snapshot import NOT_A_RECORD_BOOK, Snapshot
from storage.jobs.kinds import JobKind
from storage.jobs.record import Submitted
from storage.jobs.submission import submit
from storage.value import Value

UNNUMBERED = "without a number"


class PrintPlan(Value):
    """What a print of a draft is made of; `folder` is relative to the store's own."""

    draft_id: str
    state: str
    printed_at: datetime
    folder: str
    snapshot: Snapshot
    """As it would be signed now, but without number and signatures: nobody has signed anything."""


def request_print(actor: Actor, draft_id: str) -> Submitted:
    """Queue a print of a draft that is not signed yet; it takes the place of the one before.

    Raises:
        NotPermitted: not a person. WrongState: signed, so it is exported instead. NotFound.
    """
    with act(actor, "draft.print_requested", "draft", draft_id) as deed:
        row = _printable(draft_id)
        submitted = submit(
            actor, JobKind.DRAFT_PRINT, {"draft_id": draft_id},
            subject=draft_id, vessel_id=row.vessel_id, trace_id=row.trace_id,
        )  # fmt: skip
        deed.detail.update(job=submitted.job_id)
        if not submitted.created:
            deed.unchanged()
    return submitted


def plan_print(draft_id: str) -> PrintPlan:
    """What to print and where, from the draft as it stands.

    Raises:
        NotFound. WrongState: signed meanwhile.
    """
    row = _printable(draft_id)
    at = now()
    return PrintPlan(
        draft_id=draft_id,
        state=row.state,
        printed_at=at,
        folder=str(Path("handover") / row.vessel_id / "drafts" / draft_id),
        snapshot=_unsigned(
            compose(draft_id), row.state, at, is_stale=draft(draft_id).command_stale
        ),
    )


def record_print(
    actor: Actor, plan: PrintPlan, hashes: Mapping[str, str], *, job_id: str, trace_id: str
) -> None:
    """Put on record what was printed, in the transaction that ends the job; there is no export."""
    ids = {"job_id": job_id, "trace_id": trace_id}
    with act(actor, "draft.printed", "draft", plan.draft_id, **ids) as deed:
        deed.detail.update(state=plan.state, path=plan.folder, hashes=dict(hashes))


def _printable(draft_id: str) -> Draft:
    row = draft_row(draft_id)
    if row.state not in OPEN_STATES:
        said = STATE_WORDS[DraftState(row.state)]
        raise WrongState(why=f"The handover is {said}; what is signed is exported instead.")
    return row


def _unsigned(content: Content, state: str, at: datetime, *, is_stale: bool) -> Snapshot:
    amended = amendment(content)
    printed = both_times(at, content.offset_minutes)
    said = STATE_WORDS[DraftState(state)]
    aged = " Command is older than the changes people made." if is_stale else ""
    return Snapshot(
        **{name: getattr(content, name) for name in Content.model_fields},
        document_number=UNNUMBERED,
        supersedes=amended.supersedes if amended else None,
        changes=amended.changes if amended else (),
        content_hash=content.hash,
        signatures=(),
        checkpoint=checkpoint(),
        note=f"Not signed: {said}, printed {printed}. Not authoritative.{aged} {NOT_A_RECORD_BOOK}",
    )

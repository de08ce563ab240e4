"""Asking for an export and recording one. A person asks; the worker only prepares (I13, I14)."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.drafts.moves import draft_row, move_state
from storage.drafts.states import DraftState, Move, after
from storage.errors import BadInput, NotFound, NotPermitted
from storage.handovers.proof import Proof
from storage.handovers.proving import prove
from storage.handovers.snapshot import Snapshot
from storage.handovers.tables import Handover, HandoverExport
from storage.identity import new_id
from storage.jobs.kinds import JobKind
from storage.jobs.record import Origin, Submitted
from storage.jobs.submission import submit
from storage.people.tables import Person
from storage.value import Value

SIGNED_SET = "signed"
TYPES = ("pdf", "html", "json", "email")
_ADDRESS = re.compile(r"[^\s@<>,;:\"\\]+@[^\s@<>,;:\"\\]+")


class ExportPlan(Value):
    """What the worker needs to make an export; paths are relative to the store's folder."""

    export_id: str
    draft_id: str
    type: str
    folder: str
    snapshot: Snapshot
    document_hash: str
    proof: Proof
    recipients: tuple[str, ...]
    exporter_id: str


def submit_signed_set(actor: Actor, draft_id: str, vessel_id: str, *, trace_id: str) -> Submitted:
    """Queue the signed set (HTML, PDF, JSON, hash) inside the transaction that signs."""
    return submit(
        actor,
        JobKind.EXPORT_PREPARE,
        {"draft_id": draft_id, "type": SIGNED_SET, "exporter_id": actor.id},
        subject=draft_id,
        vessel_id=vessel_id,
        trace_id=trace_id,
        origin=Origin.SYSTEM,
    )


def request_export(
    actor: Actor, draft_id: str, export_type: str, *, to: Sequence[str] = ()
) -> Submitted:
    """Queue one export of a signed handover.

    Raises:
        NotPermitted: not a person. WrongState: not signed yet (I14). BadInput: an unknown type, a
        recipient that is no address, an e-mail without one. NotFound.
    """
    with act(actor, "handover.export_requested", "draft", draft_id) as deed:
        row = draft_row(draft_id)
        after(DraftState(row.state), Move.EXPORT)
        _check_request(export_type, to)
        submitted = submit(
            actor,
            JobKind.EXPORT_PREPARE,
            {"draft_id": draft_id, "type": export_type, "to": list(to), "exporter_id": actor.id},
            subject=draft_id,
            vessel_id=row.vessel_id,
            trace_id=row.trace_id,
        )
        deed.detail.update(type=export_type, to=list(to), job=submitted.job_id)
        if not submitted.created:
            deed.unchanged()
    return submitted


def plan_export(
    draft_id: str,
    export_type: str,
    recipients: Sequence[str],
    *,
    exporter_id: str,
    requested_by: str,
) -> ExportPlan:
    """What to draw and where to put it, from the signed snapshot.

    Raises:
        NotFound: not signed, so there is nothing to export (I14). NotPermitted: the job was not
        asked for by the person it exports for (I13). ExportFailed: the log has lost its signing.
    """
    if requested_by != exporter_id or not Person.select().where(Person.id == exporter_id).exists():
        raise NotPermitted(why="A person asks for an export, and in their own name.")
    row: Handover | None = Handover.get_or_none(Handover.draft_id == draft_id)
    if row is None:
        raise NotFound(kind="signed handover", id=draft_id)
    export_id, signed = new_id(), Snapshot.model_validate_json(row.snapshot)
    place = f"signed/{draft_id}" if export_type == SIGNED_SET else f"exports/{export_id}"
    return ExportPlan(
        export_id=export_id,
        draft_id=draft_id,
        type=export_type,
        folder=str(Path("handover") / row.vessel_id / place),
        snapshot=signed,
        document_hash=row.document_hash,
        proof=prove(row, signed),
        recipients=tuple(recipients),
        exporter_id=exporter_id,
    )


def signed_set_exists(draft_id: str) -> bool:
    """Whether the signed set was written already; it is written once."""
    return bool(
        HandoverExport.select()
        .where(HandoverExport.draft_id == draft_id, HandoverExport.type == SIGNED_SET)
        .exists()
    )


def record_export(
    actor: Actor, plan: ExportPlan, hashes: Mapping[str, str], *, job_id: str, trace_id: str
) -> str:
    """Name the files of an export by a row, in the transaction that ends the job; returns its id.

    `hashes` maps each file's name to its SHA-256.
    """
    with act(
        actor, "handover.exported", "export", plan.export_id, job_id=job_id, trace_id=trace_id
    ) as deed:
        row = draft_row(plan.draft_id)
        HandoverExport.insert(
            id=plan.export_id, draft_id=plan.draft_id, type=plan.type, path=plan.folder,
            hashes=dict(hashes), exporter_id=plan.exporter_id,
            exporter=Person.get_by_id(plan.exporter_id).name,
            recipients=list(plan.recipients), job_id=job_id, at=deed.at,
        ).execute()  # fmt: skip
        move_state(row, Move.EXPORT, deed)
        deed.detail.update(draft=plan.draft_id, type=plan.type, hashes=dict(hashes))
    return plan.export_id


def _check_request(export_type: str, to: Sequence[str]) -> None:
    if export_type not in TYPES:
        raise BadInput(why=f"{export_type!r} is not an export type; types are {', '.join(TYPES)}.")
    wrong = next((a for a in to if not (a.isprintable() and _ADDRESS.fullmatch(a))), None)
    if wrong is not None:
        raise BadInput(why=f"{wrong!r} is not an e-mail address.")
    if export_type == "email" and not to:
        raise BadInput(why="An e-mail needs at least one recipient, chosen by a person.")
    if export_type != "email" and to:
        raise BadInput(why="Only an e-mail export has recipients.")

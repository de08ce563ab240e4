"""Files of signed handovers that should be there and are not, and putting them back.

Only what is missing is written: a file that is there and differs is evidence, and is left alone.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.database import home
from storage.errors import NotFound, WrongState
from storage.handovers.exports import SIGNED_SET, ExportPlan, plan_export
from storage.handovers.proving import prove
from storage.handovers.snapshot import Position, Snapshot
from storage.handovers.tables import Handover, HandoverExport, HandoverSignature
from storage.jobs.kinds import JobKind
from storage.jobs.views import active_for
from storage.value import Value


class LostFiles(Value):
    """Files of one export that its row names and nobody finds; none for a set never written.

    `export_id` is empty for a signed set that was never written.
    """

    draft_id: str
    export_id: str = ""
    type: str = SIGNED_SET
    names: tuple[str, ...] = ()


class Restoration(Value):
    """What is to be made again. `hashes`: file name → the SHA-256 on record."""

    plan: ExportPlan
    hashes: dict[str, str]


def unwritten_sets() -> Iterator[LostFiles]:
    """Signed handovers whose set was never written, and that no job is about to write."""
    written = HandoverExport.select(HandoverExport.draft_id).where(
        HandoverExport.type == SIGNED_SET
    )
    rows = Handover.select(Handover.draft_id).where(Handover.draft_id.not_in(written))
    for row in rows.order_by(Handover.signed_at):
        busy = active_for("handover", row.draft_id)
        if not any(job.kind is JobKind.EXPORT_PREPARE for job in busy):
            yield LostFiles(draft_id=row.draft_id)


def lost_files() -> Iterator[LostFiles]:
    """Exports, signed sets among them, that lack files their rows name; oldest first."""
    for row in HandoverExport.select().order_by(HandoverExport.id):
        missing = tuple(sorted(n for n in row.hashes if not (home() / row.path / n).is_file()))
        if missing:
            yield LostFiles(draft_id=row.draft_id, export_id=row.id, type=row.type, names=missing)


def plan_set(draft_id: str) -> ExportPlan:
    """The signed set that was never written, in the name of who countersigned and so asked for it.

    Raises:
        NotFound: not signed.
    """
    signature = (
        HandoverSignature.select()
        .where(
            HandoverSignature.draft_id == draft_id,
            HandoverSignature.position == Position.INCOMING.value,
        )
        .order_by(HandoverSignature.review_round.desc())
        .first()
    )
    if signature is None:
        raise NotFound(kind="signed handover", id=draft_id)
    person = str(signature.person_id)
    return plan_export(draft_id, SIGNED_SET, (), exporter_id=person, requested_by=person)


def plan_restoration(export_id: str) -> Restoration:
    """What an export was made of, to be made again, and the hashes it must have.

    Raises:
        NotFound.
    """
    row: HandoverExport | None = HandoverExport.get_or_none(HandoverExport.id == export_id)
    if row is None:
        raise NotFound(kind="export", id=export_id)
    signed: Any = Handover.get_by_id(row.draft_id)
    snapshot = Snapshot.model_validate_json(signed.snapshot)
    plan = ExportPlan(
        export_id=row.id, draft_id=row.draft_id, type=row.type, folder=row.path,
        snapshot=snapshot, document_hash=signed.document_hash, proof=prove(signed, snapshot),
        recipients=tuple(row.recipients), exporter_id=row.exporter_id,
    )  # fmt: skip
    return Restoration(plan=plan, hashes=row.hashes)


def restore_files(
    actor: Actor,
    asked: Restoration,
    made: Mapping[str, str],
    workshop: Path,
    *,
    job_id: str,
    trace_id: str,
) -> tuple[str, ...]:
    """Give what is missing its place again, in the transaction that ends the job; the names.

    `made`: file name → SHA-256 of what lies in `workshop`.

    Raises:
        WrongState: what was made is not what is on record, so nothing is put back.
    """
    plan, folder = asked.plan, home() / asked.plan.folder
    ids = {"job_id": job_id, "trace_id": trace_id}
    with act(actor, "handover.export_restored", "export", plan.export_id, **ids) as deed:
        missing = sorted(name for name in asked.hashes if not (folder / name).is_file())
        other = [name for name in missing if made.get(name) != asked.hashes[name]]
        if other:
            raise WrongState(
                why=f"{', '.join(other)} would differ from what was exported; "
                "only a copy from a backup can take its place."
            )
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in missing:
            (workshop / name).rename(folder / name)
        deed.detail = {"draft": plan.draft_id, "files": missing}
        if not missing:
            deed.unchanged()
    return tuple(missing)

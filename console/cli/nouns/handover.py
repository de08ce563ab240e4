"""`handover`: what was signed, and its exports."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.nouns.handover_words import comparison_lines, signed_lines
from console.cli.options import As, Filter, Limit, Wait
from console.cli.people import acting, read_passphrase
from console.cli.verbs import Verbs
from console.cli.waiting import completed
from console.cli.words import both_times, facts, listed, one_line, table
from storage.database import home
from storage.errors import BadInput
from storage.handovers import views
from storage.handovers.exports import request_export
from storage.handovers.filters import read_filter
from storage.handovers.sealing import seal_handover
from storage.handovers.seals import SEALED
from storage.handovers.snapshot import Snapshot
from storage.handovers.views import ExportView, HandoverQuery, HandoverView
from storage.jobs.record import Submitted
from storage.jobs.states import ACTIVE
from storage.jobs.views import show_job
from storage.taxonomy.roles import role_words

verbs = Verbs("Signed handovers and their exports.")

AN_ID = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"
HandoverId = Annotated[str, typer.Argument(metavar="ID", help="The signed draft.")]


class ExportType(StrEnum):
    """What a handover can be exported as."""

    PDF = "pdf"
    HTML = "html"
    JSON = "json"
    EMAIL = "email"


@verbs.verb("list", "eightbells handover list")
def list_some(filter: Filter = "", limit: Limit = 200) -> Answer:
    """List signed handovers, newest first."""
    query = HandoverQuery(where=read_filter(filter))
    found, total = views.list_handovers(query, limit=limit), views.count_handovers(query)
    none = "No handover matches." if query.where else "No handover is signed yet; see `draft sign`."
    return Answer(found, [*handover_rows(found, none), f"{len(found)} of {total} matching"])


@verbs.verb("show", f"eightbells handover show {AN_ID}")
def show(
    draft_id: HandoverId,
    compare: Annotated[
        bool, typer.Option("--compare", help="Also compare with the one signed before it.")
    ] = False,
) -> Answer:
    """Show a signed handover: what it says, who signed it, its hash and its exports."""
    found, signed = views.handover(draft_id), views.snapshot(draft_id)
    value = {**found.model_dump(mode="json"), "document": signed.model_dump(mode="json")}
    if not compare:
        return Answer(value, [*_words(found, signed), *signed_lines(signed)])
    comparison = views.compared(draft_id)
    value["compared"] = comparison.model_dump(mode="json") if comparison else None
    return Answer(value, [*_words(found, signed), *comparison_lines(comparison)])


@verbs.verb("export", f'eightbells handover export {AN_ID} --type pdf --as "Mara Lindqvist" --wait')
def export(
    draft_id: HandoverId,
    kind: Annotated[ExportType, typer.Option("--type", help="The form it takes.")],
    who: As,
    to: Annotated[list[str] | None, typer.Option(metavar="ADDR", help="For an e-mail.")] = None,
    wait: Wait = False,
) -> Answer:
    """Export a signed handover; an e-mail is made ready to send, and never sent."""
    submitted = request_export(acting(who), draft_id, kind.value, to=to or ())
    if wait:
        completed(submitted.job_id)
    return _exported(draft_id, submitted)


@verbs.verb(
    "seal", f'eightbells handover seal {AN_ID} --certificate ship.p12 --as "Mara Lindqvist"'
)
def seal(
    draft_id: HandoverId,
    certificate: Annotated[Path, typer.Option(metavar="FILE", help="Its PKCS#12 file.")],
    who: As,
    passphrase_stdin: Annotated[
        bool, typer.Option("--passphrase-stdin", help="Read its passphrase from stdin.")
    ] = False,
) -> Answer:
    """Put the seal of the ship's certificate on a copy of the PDF; it is nobody's signature."""
    actor = acting(who)
    opened = read_passphrase(certificate.name, from_stdin=passphrase_stdin)
    folder = seal_handover(actor, draft_id, _read(certificate), opened.encode())
    sealed = (folder / SEALED).absolute()
    return Answer({"draft_id": draft_id, "path": str(folder), "sealed": str(sealed)},
                  facts({"sealed PDF": sealed}))  # fmt: skip


def handover_rows(found: Sequence[HandoverView], empty: str) -> Iterator[str]:
    """One line a handover."""
    rows = [
        (h.document_number, both_times(h.signed_at), h.draft_id,
         listed(f"{s.name} ({s.position})" for s in h.signatories), standing(h))
        for h in found
    ]  # fmt: skip
    return table(("number", "signed", "id", "by", "standing"), rows, empty)


def standing(found: HandoverView) -> str:
    """What a correction has to do with a handover; empty where there is none."""
    said = {"corrects": found.supersedes and found.supersedes.document_number,
            "superseded by": found.superseded_by}  # fmt: skip
    return ", ".join(f"{word} {number}" for word, number in said.items() if number)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(why=f"{path} cannot be read: {error.strerror}.") from None


def _exported(draft_id: str, submitted: Submitted) -> Answer:
    """The export, once its job has made it; before that, only the job."""
    job = show_job(submitted.job_id)
    export_id = (job.result or {}).get("export_id")
    made = next((e for e in views.handover(draft_id).exports if e.id == export_id), None)
    value = {
        "job_id": job.job_id,
        "status": job.status,
        "export": made,
        "path": str((home() / made.path).absolute()) if made else None,
    }
    words = {"job": job.job_id, "status": job.status, **(_export_facts(made) if made else {})}
    if job.status in ACTIVE:
        words["next"] = "a worker makes it; `--wait` waits for it"
    return Answer(value, facts(words))


def _words(found: HandoverView, signed: Snapshot) -> Iterator[str]:
    yield from facts(
        {
            "handover": found.document_number,
            "draft": found.draft_id,
            "vessel": signed.vessel.name,
            "period": f"{both_times(found.period_from)} to {both_times(found.period_to)}",
            "signed": both_times(found.signed_at),
            "document hash": found.document_hash,
            "audit log then": str(signed.checkpoint),
        }
    )
    if found.superseded_by:
        yield f"superseded by {found.superseded_by}, which is in force instead"
    if found.supersedes:
        yield f"corrects {found.supersedes.document_number}: {one_line(found.supersedes.reason)}"
    yield from (f"  {one_line(change)}" for change in signed.changes)
    for signature in signed.signatures:
        who = f"{signature.name}, {role_words(signature.role)}"
        yield f"{signature.position}: {who}, {both_times(signature.signed_at)}: {signature.meaning}"
    for made in found.exports:
        yield from facts(_export_facts(made))


def _export_facts(made: ExportView) -> dict[str, object]:
    return {
        "export": f"{made.type}, {both_times(made.at)}, by {made.exporter}",
        "folder": (home() / made.path).absolute(),
        "files": listed(made.hashes),
        "to": listed(made.recipients),
    }

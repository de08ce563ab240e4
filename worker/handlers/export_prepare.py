"""export_prepare: documents of a signed handover, from its snapshot and nothing else (I14).

The child writes into a temporary folder beside the final one; `settle` gives it its name and
records it in the same transaction. A folder no row names was left by a crash and is replaced.
"""

import json
import shutil
from pathlib import Path
from typing import Any

from storage.audit.actor import WORKER
from storage.canonical import canonical_json, sha256_hex
from storage.database import home
from storage.durable import sync_folder, write_durably
from storage.handovers.exports import (
    SIGNED_SET,
    ExportPlan,
    plan_export,
    record_export,
    signed_set_exists,
)
from storage.handovers.proof import PROOF
from storage.handovers.verification import DOCUMENT, HASHES, VERIFIER, hash_listing
from storage.jobs.arguments import ExportPrepare
from storage.jobs.record import ClaimedJob
from storage.value import Value
from templates.verifier import verify_py
from worker.documents.eml import render_eml
from worker.documents.guide import render_guide
from worker.documents.render import render_html
from worker.handler import NothingToDo, Reporter

HTML, PDF, EML, RECIPIENTS = "handover.html", "handover.pdf", "email.eml", "recipients.json"
GUIDE = "HOW-TO-VERIFY.txt"

PROVES = (PROOF, GUIDE, VERIFIER)
FILES = {
    SIGNED_SET: (DOCUMENT, HTML, PDF, *PROVES),
    "pdf": (DOCUMENT, PDF, *PROVES),
    "html": (DOCUMENT, HTML, *PROVES),
    "json": (DOCUMENT, *PROVES),
    "email": (DOCUMENT, PDF, EML, RECIPIENTS, *PROVES),
}
"""What each type of export holds, beside the list of hashes. Each can be verified by itself."""


class Order(Value):
    """An export to make: what, the folder it will be, and the one it is made in, on the same disk.

    Every attempt of a job works in the same place, so a retry sweeps up what a killed one left.
    """

    plan: ExportPlan
    folder: Path
    workshop: Path


class Prepared(Value):
    """An export whose files are durable, waiting for its name. `hashes`: file name → SHA-256."""

    order: Order
    hashes: dict[str, str]


def gather(job: ClaimedJob) -> Order | NothingToDo:
    """The signed snapshot and where its export goes."""
    import worker.documents.pdf  # noqa: F401 - late, but here: every child from now on has it

    asked = job.arguments_as(ExportPrepare)
    if asked.type == SIGNED_SET and signed_set_exists(asked.draft_id):
        return NothingToDo(result={"draft_id": asked.draft_id, "reason": "written already"})
    plan = plan_export(
        asked.draft_id, asked.type, asked.to,
        exporter_id=asked.exporter_id, requested_by=job.requested_by,
    )  # fmt: skip
    folder = home() / plan.folder
    return Order(plan=plan, folder=folder, workshop=folder.with_name(f".{job.job_id}.tmp"))


def perform(given: Order, report: Reporter) -> Prepared:
    """Draw the documents and make their bytes durable under a temporary name."""
    shutil.rmtree(given.workshop, ignore_errors=True)
    hashes = {}
    for name, data in _documents(given.plan, report).items():
        write_durably(given.workshop / name, data)
        hashes[name] = sha256_hex(data)
    listing = hash_listing(hashes)
    write_durably(given.workshop / HASHES, listing)
    report.phase("store", 1, 1)
    return Prepared(order=given, hashes={**hashes, HASHES: sha256_hex(listing)})


def settle(job: ClaimedJob, output: Prepared) -> dict[str, Any]:
    """Give the folder its name, and name it in the record."""
    order = output.order
    shutil.rmtree(order.folder, ignore_errors=True)
    order.workshop.rename(order.folder)
    sync_folder(order.folder.parent)
    export_id = record_export(
        WORKER, order.plan, output.hashes, job_id=job.job_id, trace_id=job.trace_id
    )
    return {
        "export_id": export_id,
        "draft_id": order.plan.draft_id,
        "type": order.plan.type,
        "folder": str(order.folder),
        "files": sorted(output.hashes),
    }


def _documents(plan: ExportPlan, report: Reporter) -> dict[str, bytes]:
    from worker.documents.pdf import render_pdf  # late: a pool starts in half the time

    wanted = FILES[plan.type]
    report.phase("render", 0, len(wanted), "documents")
    html = render_html(plan.snapshot, document_hash=plan.document_hash, log=plan.proof.log)
    made = {
        DOCUMENT: canonical_json(plan.snapshot.model_dump(mode="json")),
        PROOF: canonical_json(plan.proof.model_dump(mode="json")),
        HTML: html.encode(),
        GUIDE: render_guide(plan.snapshot, plan.proof),
        VERIFIER: verify_py(),
    }
    if PDF in wanted:
        report.phase("render", 2, len(wanted), "documents")
        made[PDF] = render_pdf(html, {name: made[name] for name in (DOCUMENT, PROOF)})
    if EML in wanted:
        made[EML] = render_eml(
            plan.snapshot, pdf=made[PDF], recipients=plan.recipients,
            document_hash=plan.document_hash,
        )  # fmt: skip
        made[RECIPIENTS] = json.dumps(list(plan.recipients), indent=2).encode()
    return {name: made[name] for name in wanted}

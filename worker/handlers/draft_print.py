"""draft_print: a draft as draft.html and draft.json, marked as not authoritative (DOMAIN §7).

It is asked for, not made with the draft: the first edit would make it say what is no longer so.
The files are made under another name and take the place of those of the print before.
"""

import shutil
from pathlib import Path
from typing import Any

from storage.audit.actor import WORKER
from storage.canonical import canonical_json, sha256_hex
from storage.clock import to_text
from storage.database import home
from storage.durable import sync_folder, write_durably
from storage.handovers.printing import PrintPlan, plan_print, record_print
from storage.jobs.arguments import OneDraft
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.documents.render import render_html
from worker.handler import Reporter

HTML, JSON = "draft.html", "draft.json"
FORMAT = "eightbells.draft/1"
"""Not the format of a signed handover, so that nothing takes the one for the other."""


class PrintOrder(Value):
    """A draft to print, the folder it will lie in, and the one it is made in, on the same disk."""

    plan: PrintPlan
    folder: Path
    workshop: Path


class Printed(Value):
    """Files that are durable and wait for their names. `hashes`: file name → SHA-256."""

    order: PrintOrder
    hashes: dict[str, str]


def gather(job: ClaimedJob) -> PrintOrder:
    """The draft as it stands, and where its print goes."""
    plan = plan_print(job.arguments_as(OneDraft).draft_id)
    folder = home() / plan.folder
    return PrintOrder(plan=plan, folder=folder, workshop=folder.with_name(f".{job.job_id}.tmp"))


def perform(given: PrintOrder, report: Reporter) -> Printed:
    """Draw the page and the JSON, and make their bytes durable under a temporary name."""
    report.phase("render", 0, 2, "documents")
    page = render_html(given.plan.snapshot, document_hash=None, draft=True)
    files = {HTML: page.encode(), JSON: canonical_json(_marked(given.plan))}
    shutil.rmtree(given.workshop, ignore_errors=True)
    for name, data in files.items():
        write_durably(given.workshop / name, data)
    report.phase("store", 1, 1)
    return Printed(order=given, hashes={name: sha256_hex(data) for name, data in files.items()})


def settle(job: ClaimedJob, output: Printed) -> dict[str, Any]:
    """Put the files in the place of those before, and put it on record."""
    order = output.order
    order.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in output.hashes:
        (order.workshop / name).replace(order.folder / name)
    order.workshop.rmdir()
    sync_folder(order.folder)
    record_print(WORKER, order.plan, output.hashes, job_id=job.job_id, trace_id=job.trace_id)
    return {
        "draft_id": order.plan.draft_id,
        "folder": str(order.folder),
        "files": sorted(output.hashes),
    }


def _marked(plan: PrintPlan) -> dict[str, Any]:
    return {
        **plan.snapshot.model_dump(mode="json"),
        "format": FORMAT,
        "authoritative": False,
        "state": plan.state,
        "printed_at": to_text(plan.printed_at),
    }

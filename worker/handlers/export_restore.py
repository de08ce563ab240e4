"""export_restore: what is missing of an export, made again from the signed snapshot (I14).

The same snapshot gives the same bytes, so a file either is what was exported or is not put back.
"""

import shutil
from pathlib import Path
from typing import Any

from storage.audit.actor import WORKER
from storage.database import home
from storage.durable import sync_folder
from storage.handovers.gaps import Restoration, plan_restoration, plan_set, restore_files
from storage.jobs.arguments import ExportRestore
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.handler import Reporter
from worker.handlers import export_prepare
from worker.handlers.export_prepare import Order, Prepared


class Repair(Value):
    """An export to make. `asked` is None when it was never made at all."""

    order: Order
    asked: Restoration | None


class Repaired(Value):
    """Files that are durable and wait for their places."""

    prepared: Prepared
    asked: Restoration | None


def gather(job: ClaimedJob) -> Repair:
    """The snapshot, and what is on record of its export."""
    given = job.arguments_as(ExportRestore)
    asked = plan_restoration(given.export_id) if given.export_id else None
    plan = asked.plan if asked else plan_set(given.draft_id)
    folder: Path = home() / plan.folder
    workshop = folder.with_name(f".{job.job_id}.tmp")
    return Repair(order=Order(plan=plan, folder=folder, workshop=workshop), asked=asked)


def perform(given: Repair, report: Reporter) -> Repaired:
    """Draw all of its documents again."""
    return Repaired(prepared=export_prepare.perform(given.order, report), asked=given.asked)


def settle(job: ClaimedJob, output: Repaired) -> dict[str, Any]:
    """Put back what is missing, or the whole set if there never was one."""
    order, asked = output.prepared.order, output.asked
    if asked is None:
        return export_prepare.settle(job, output.prepared)
    names = restore_files(
        WORKER, asked, output.prepared.hashes, order.workshop,
        job_id=job.job_id, trace_id=job.trace_id,
    )  # fmt: skip
    shutil.rmtree(order.workshop, ignore_errors=True)
    sync_folder(order.folder)
    return {
        "export_id": asked.plan.export_id,
        "draft_id": asked.plan.draft_id,
        "type": asked.plan.type,
        "restored": list(names),
    }

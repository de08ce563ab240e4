"""command_refresh: the Command statements again, from the items as people left them (I8)."""

from datetime import datetime
from typing import Any

from storage.audit.actor import WORKER
from storage.drafts.content import ItemContent, SectionContent
from storage.drafts.generation import regenerable, write_command
from storage.drafts.items import shown_items
from storage.jobs.arguments import OneDraft
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.handler import Reporter
from worker.pipeline.command import command_section


class Items(Value):
    """The items of one draft and the moment they stand for."""

    draft_id: str
    as_of: datetime
    items: tuple[ItemContent, ...]


class Refreshed(Value):
    """The new Command section; None when there is nothing to command attention."""

    draft_id: str
    section: SectionContent | None


def gather(job: ClaimedJob) -> Items:
    """Every shown item outside Command."""
    row = regenerable(job.arguments_as(OneDraft).draft_id)
    return Items(draft_id=row.id, as_of=row.period_to, items=shown_items(row.id))


def perform(given: Items, report: Reporter) -> Refreshed:
    """The three statements, each citing its sources."""
    report.phase("command", 0, len(given.items), "items")
    return Refreshed(
        draft_id=given.draft_id, section=command_section(given.items, as_of=given.as_of)
    )


def settle(job: ClaimedJob, output: Refreshed) -> dict[str, Any]:
    """Replace the Command section and nothing else."""
    write_command(WORKER, output.draft_id, output.section, job_id=job.job_id, trace_id=job.trace_id)
    return {
        "draft_id": output.draft_id,
        "statements": len(output.section.items) if output.section else 0,
    }

"""command_refresh: the Command statements again, from the items as people left them (I8)."""

from datetime import datetime
from typing import Any

from storage.audit.actor import WORKER
from storage.drafts.command_age import newest_change
from storage.drafts.content import ItemContent, SectionContent
from storage.drafts.generation import regenerable, write_command
from storage.drafts.items import shown_items
from storage.jobs.arguments import OneDraft
from storage.jobs.record import ClaimedJob
from storage.value import Value
from worker.handler import Reporter
from worker.pipeline.command import command_section


class Items(Value):
    """The items of one draft, the moment they stand for, and the newest change people made."""

    draft_id: str
    as_of: datetime
    items: tuple[ItemContent, ...]
    takes_in: str | None


class Refreshed(Value):
    """The new Command section; None when there is nothing to command attention."""

    draft_id: str
    section: SectionContent | None
    takes_in: str | None


def gather(job: ClaimedJob) -> Items:
    """Every shown item outside Command."""
    row = regenerable(job.arguments_as(OneDraft).draft_id)
    return Items(
        draft_id=row.id,
        as_of=row.period_to,
        items=shown_items(row.id),
        takes_in=newest_change(row.id),
    )


def perform(given: Items, report: Reporter) -> Refreshed:
    """The three statements, each citing its sources."""
    report.phase("command", 0, len(given.items), "items")
    return Refreshed(
        draft_id=given.draft_id,
        section=command_section(given.items, as_of=given.as_of),
        takes_in=given.takes_in,
    )


def refresh_within(job: ClaimedJob, draft_id: str) -> None:
    """Command again in the transaction of a job that has just written the draft's other items."""
    row = regenerable(draft_id)
    section = command_section(shown_items(draft_id), as_of=row.period_to)
    write_command(
        WORKER, draft_id, section,
        takes_in=newest_change(draft_id), job_id=job.job_id, trace_id=job.trace_id,
    )  # fmt: skip


def settle(job: ClaimedJob, output: Refreshed) -> dict[str, Any]:
    """Replace the Command section and nothing else."""
    write_command(
        WORKER, output.draft_id, output.section,
        takes_in=output.takes_in, job_id=job.job_id, trace_id=job.trace_id,
    )  # fmt: skip
    return {
        "draft_id": output.draft_id,
        "statements": len(output.section.items) if output.section else 0,
    }

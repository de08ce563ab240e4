"""Command written again over the items as they are, as its job does it."""

from storage.audit.actor import WORKER
from storage.drafts.command_age import newest_change
from storage.drafts.generation import write_command
from storage.drafts.items import shown_items
from storage.drafts.views import draft
from worker.pipeline.command import command_section


def with_command_refreshed(draft_id: str) -> str:
    """The same draft, its Command written again as the job does it."""
    found = command_section(shown_items(draft_id), as_of=draft(draft_id).period_to)
    write_command(
        WORKER, draft_id, found, takes_in=newest_change(draft_id), job_id="job-3",
        trace_id="trace-3",
    )  # fmt: skip
    return draft_id

"""handover_regenerate: the same draft from the entries as they are; people's work stays (I7)."""

from storage.database import now
from storage.drafts.gathering import Window, gather_entries
from storage.drafts.generation import regenerable
from storage.jobs.arguments import OneDraft
from storage.jobs.record import ClaimedJob
from worker.handlers.handover_generate import Assignment, perform, settle
from worker.handlers.stopwatch import Stopwatch

__all__ = ["gather", "perform", "settle"]


def gather(job: ClaimedJob) -> Assignment:
    """The entries from the draft's own start up to now."""
    watch = Stopwatch()
    row = regenerable(job.arguments_as(OneDraft).draft_id)
    window = Window(start=row.period_from, end=max(now(), row.period_to))
    gathered = gather_entries(row.vessel_id, window, row.handover_type)
    return Assignment(
        vessel_id=row.vessel_id,
        draft_id=row.id,
        basis=gathered.basis,
        given=gathered.given,
        gather_ms=watch.total_ms(),
    )

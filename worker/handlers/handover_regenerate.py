"""handover_regenerate: the same draft from the entries as they are; people's work stays (I7)."""

from storage.database import now
from storage.drafts.gathering import Gathered, Window, gather_correction, gather_entries
from storage.drafts.generation import OpenDraft, regenerable
from storage.jobs.arguments import OneDraft
from storage.jobs.record import ClaimedJob
from worker.handlers.handover_generate import Assignment, perform, settle
from worker.handlers.stopwatch import Stopwatch

__all__ = ["gather", "perform", "settle"]


def gather(job: ClaimedJob) -> Assignment:
    """The entries from the draft's own start up to now; of a correction, those of its period."""
    watch = Stopwatch()
    row = regenerable(job.arguments_as(OneDraft).draft_id)
    gathered = gather_correction(row.corrects) if row.corrects else _gathered(row)
    return Assignment(
        vessel_id=row.vessel_id,
        draft_id=row.id,
        basis=gathered.basis,
        given=gathered.given,
        gather_ms=watch.total_ms(),
    )


def _gathered(row: OpenDraft) -> Gathered:
    window = Window(start=row.period_from, end=max(now(), row.period_to))
    return gather_entries(row.vessel_id, window, row.handover_type)

"""Where a job is, on any screen that shows the thing it works on."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from console.drawing.glyphs import bar, phase_of
from storage.jobs.record import JobRow
from storage.jobs.states import JobStatus


class JobProgressPanel(Static):
    """The active jobs of one resource; nothing at all when there are none.

    Give the resource's type (`draft`, `handover`) and id; the screen feeds it.
    """

    def __init__(self, resource_type: str, resource_id: str, *, id: str | None = None) -> None:
        super().__init__(markup=False, id=id)
        self._type, self._resource = resource_type, resource_id

    def watch_resource(self, resource_id: str) -> None:
        """Show the jobs of another thing of the same type."""
        self._resource = resource_id

    def show(self, active: Sequence[JobRow], waits: Mapping[str, str]) -> None:
        """Draw those of the active jobs that work on this thing; `waits`: why, by the job's id."""
        mine = [
            job
            for job in active
            if job.resource_type == self._type and self._resource in (job.subject, job.vessel_id)
        ]
        self.set_class(bool(mine), "-active")
        self.update(Content("\n").join(_line(job, waits) for job in mine))


def _line(job: JobRow, waits: Mapping[str, str]) -> Content:
    name = f"{job.spec.glyph} {job.spec.label}  "
    if job.status is JobStatus.QUEUED:
        why = waits.get(job.job_id, "")
        return Content.assemble((f"○ {name}", "$queued"), (why, "$muted"))
    percent = job.progress.percent if job.progress else None
    return Content.assemble((f"▶ {name}", "$running"), phase_of(job), "  ", bar(percent))

"""Where a job is, on any screen that shows the thing it works on."""

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from console.drawing import glyphs
from console.snapshots.bridge import Bridge, Run
from storage.clock import span_words
from storage.jobs.record import JobRow
from storage.jobs.states import JobStatus
from storage.text import visible


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

    def show(self, bridge: Bridge) -> None:
        """Draw those of the active jobs that work on this thing."""
        mine = [
            job
            for job in bridge.active
            if job.resource_type == self._type and self._resource in (job.subject, job.vessel_id)
        ]
        self.set_class(bool(mine), "-active")
        self.update(Content("\n").join(_line(job, bridge) for job in mine))


def _line(job: JobRow, bridge: Bridge) -> Content:
    name = f"{job.spec.glyph} {job.spec.label}  "
    if job.status is JobStatus.QUEUED:
        why = bridge.waits.get(job.job_id, "")
        return Content.assemble((f"○ {name}", "$queued"), (why, "$muted"))
    percent = job.progress.percent if job.progress else None
    said = "  ".join([_where(job), *_spans(bridge.runs.get(job.job_id))])
    return Content.assemble((f"▶ {name}", "$running"), glyphs.bar(percent), f"  {said}")


def _where(job: JobRow) -> str:
    """`ranking 312 of 500 entries`."""
    if job.progress is None or not job.progress.total:
        return glyphs.phase_of(job)
    told = job.progress
    return visible(f"{told.phase} {told.current:,} of {told.total:,} {told.unit}".strip())


def _spans(run: Run | None) -> Iterable[str]:
    """How long it has run and, from history, how long it still will (CONSOLE rule 14)."""
    if run is not None:
        yield f"for {span_words(run.so_far_s)}"
        if run.typical_s is not None:
            yield glyphs.left(run.so_far_s, run.typical_s)

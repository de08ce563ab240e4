"""One job: why it is where it is, its record, attempts and log, live while it runs."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.containers import VerticalScroll
from textual.content import Content

from console.commands.table import keys_of
from console.keys_aboard import key
from console.related import Relation
from console.screens.detail import DetailScreen
from console.screens.jobs.acts import JobActs
from console.screens.related_things import RelatedThings
from console.snapshots.engine import JobPicture, take_job
from console.widgets.facts import Fact
from console.words.jobs import job_facts, raw_record
from storage.jobs.record import JobRow


class JobScreen(JobActs, RelatedThings, DetailScreen):
    """A job, whole."""

    ID = "job"
    BINDINGS = keys_of(ID)

    def __init__(self, job_id: str) -> None:
        super().__init__()
        self._job_id = job_id
        self._picture: JobPicture | None = None
        self._follows = self._is_raw = self._has_context = False

    def question(self) -> Callable[[], JobPicture]:
        """The job at this moment."""
        return partial(take_job, self._job_id)

    def show(self, answer: JobPicture) -> None:
        """Draw it, and go with the log if asked to."""
        self._picture = answer
        super().show(answer)
        if self._follows:
            self._go_to_end()

    def jobs_in_hand(self) -> Sequence[JobRow]:
        """This one."""
        return [self._picture.job] if self._picture else []

    def related(self) -> Sequence[Relation]:
        """What it works on, its group, the job that made it."""
        return self._picture.related if self._picture else ()

    def title_of(self, answer: JobPicture) -> str:
        """Kind and id."""
        return f"{answer.job.spec.glyph} {answer.job.spec.label} · job {answer.job.job_id}"

    def facts(self, answer: JobPicture) -> Sequence[Fact]:
        """State first, then the record, attempts and log; or all of it as JSON."""
        if self._is_raw:
            return [("", Content(raw_record(answer.job)))]
        return job_facts(answer, self.full_time, context=self._has_context)

    # Commands

    def action_follow_log(self) -> None:
        """l: keep the end in view, or stop."""
        self._follows = not self._follows
        self.say("Following the log." if self._follows else "No longer following the log.")
        if self._follows:
            self._go_to_end()

    def why_not_log_context(self) -> str | None:
        """No line has any."""
        if self._is_raw:
            return f"The raw record is shown; {key('raw_record')} goes back to words."
        log = self._picture.job.log if self._picture else []
        return None if any(line.context for line in log) else "No line of its log has any."

    def action_log_context(self) -> None:
        """c: more of the log, or less."""
        self._has_context = not self._has_context
        self._draw_again()

    def action_raw_record(self) -> None:
        """J: the record as JSON, or words."""
        self._is_raw = not self._is_raw
        self._draw_again()

    def _draw_again(self) -> None:
        if self._picture:
            self.show(self._picture)

    def _go_to_end(self) -> None:
        self.query_one("#facts", VerticalScroll).scroll_end(animate=False)

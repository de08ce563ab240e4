"""Jobs: what the worker does, did and failed to do, newest first."""

from collections.abc import Callable, Sequence
from functools import partial

from textual.content import Content

from console import glyphs
from console.commands import keys_of
from console.filtering import Reader, choice, moment, parse
from console.messages import RowHighlighted
from console.screens.job_acts import JobActs
from console.screens.job_detail import JobScreen
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.snapshots import Page, take_jobs
from console.widgets.facts import Fact
from console.widgets.rows import Column, RowList
from console.windows import SIZE
from storage.database import now
from storage.jobs.kinds import JobKind
from storage.jobs.record import Cursor, JobQuery, JobRow
from storage.jobs.states import JobStatus
from storage.text import visible

FIELDS: dict[str, Reader] = {
    "status": choice(JobStatus),
    "kind": choice(JobKind),
    "group": str,
    "since": moment(now),
}


class JobsPlace(JobActs, ListPlace[JobRow]):
    """The list of jobs; the pane explains the one under the cursor."""

    ID = "jobs"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("job", 21),
        Column("status", 18),
        Column("took", 12, needs=60),
        Column("where it is"),
        Column("asked by", 20, needs=110),
    )
    HINT = "words  status:failed  kind:export_prepare  since:8h"
    NOUN = ("job", "jobs")

    def __init__(self) -> None:
        super().__init__()
        self._why: dict[str, str] = {}

    def question(self) -> Callable[[], Page[JobRow]]:
        """A window of jobs, and why the one under the cursor is where it is."""
        cursor_id = self.query_one("#list", RowList).cursor_id
        return partial(take_jobs, read_filter(self.query_text), cursor_id, self.window.start, SIZE)

    def show(self, answer: Page[JobRow]) -> None:
        """Draw the window."""
        self._why = answer.why
        super().show(answer)

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """Another job wants another explanation."""
        self.ask_again()

    def check(self, text: str) -> None:
        """Raise BadInput when the filter cannot be read."""
        read_filter(text)

    def id_of(self, item: JobRow) -> str:
        """Its id."""
        return item.job_id

    def cursor_of(self, item: JobRow) -> Cursor:
        """Its time and id."""
        return Cursor(created_at=item.created_at, job_id=item.job_id)

    def cells(self, item: JobRow) -> tuple[Content, ...]:
        """One line."""
        return (
            self.short_time(item.created_at),
            Content(f"{item.spec.glyph} {item.spec.label}"),
            glyphs.job_status(item),
            Content(glyphs.took(item, now())),
            glyphs.where_it_is(item),
            glyphs.one_line(item.requested_by_name),
        )

    def facts(self, item: JobRow) -> Sequence[Fact]:
        """Why it is where it is, its error, and where it came from."""
        shown: list[Fact] = [("why", Content(self._why.get(item.job_id, "…")))]
        if item.error:
            shown.append(("error", Content(visible(item.error))))
        shown += [
            ("asked", Content.assemble(f"by {visible(item.requested_by_name)} · ",
                                       self.full_time(item.created_at))),
            ("does", Content(item.spec.sentence)),
            ("attempt", Content(f"{item.attempt}, queue {item.queue}, priority {item.priority}")),
            ("id", Content(item.job_id)),
        ]  # fmt: skip
        return shown

    def detail(self, item: JobRow) -> LiveScreen:
        """The job with its attempts and log."""
        return JobScreen(item.job_id)

    def empty(self) -> str:
        """No jobs at all."""
        return "Nothing has been asked of the worker yet. On the Watch (1), g drafts a handover."

    def jobs_in_hand(self) -> Sequence[JobRow]:
        """The marked jobs, or the one under the cursor."""
        marked = [self.items[i] for i in self.query_one("#list", RowList).marked if i in self.items]
        return marked or ([self.current] if self.current else [])

    def acted(self) -> None:
        """The marks have served their purpose."""
        self.query_one("#list", RowList).clear_marks()
        self.ask_again()


def read_filter(text: str) -> JobQuery:
    """The query a filter asks for.

    Raises:
        BadInput: an unknown field or value.
    """
    values, words = parse(text, FIELDS)
    return JobQuery(**values, text=words or None)

"""Jobs: what the worker does, did and failed to do, newest first."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.messages import RowHighlighted
from console.screens.jobs.acts import JobActs
from console.screens.jobs.detail import JobScreen
from console.screens.jobs.lists import JobLists
from console.screens.listing import ListPlace
from console.screens.live import LiveScreen
from console.snapshots.places import Page, take_jobs, why_it_is_where_it_is
from console.widgets.facts import Fact
from console.widgets.rows import Column, RowList
from console.windows import SIZE
from storage.database import now
from storage.errors import EightBellsError
from storage.jobs.filters import FIELDS, read_filter
from storage.jobs.record import Cursor, JobOrder, JobQuery, JobRow
from storage.text import visible


class JobsPlace(JobLists, JobActs, ListPlace[JobRow]):
    """The list of jobs; the pane explains the one under the cursor."""

    ID = "jobs"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("LT", 9),
        Column("job", 21, wide=24),
        Column("status", 18),
        Column("took", 12, needs=60),
        Column("where it is"),
        Column("asked by", 20, needs=110),
    )
    HINT = "words  status:failed  kind:export_prepare  error:disk  by:name  since:8h"
    FIELDS = FIELDS
    ORDERS = tuple(JobOrder)
    NOUN = ("job", "jobs")

    def __init__(self) -> None:
        super().__init__()
        self._why: dict[str, str] = {}

    def question(self) -> Callable[[], Page[JobRow]]:
        """A window of jobs, and why the one under the cursor is where it is."""
        cursor_id = self.query_one("#list", RowList).cursor_id
        query = self.query_of(self.query_text)
        return partial(take_jobs, query, cursor_id, self.window.start, SIZE)

    def show(self, answer: Page[JobRow]) -> None:
        """Draw the window; it explains the row the cursor was on when it was asked for."""
        self._why = self._why_of_current() | answer.why
        super().show(answer)
        if self.current and self.current.job_id not in answer.why:
            self._explain_soon(self.current.job_id)

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """Another job wants another explanation, and nothing else of the store."""
        super().on_row_highlighted(message)
        if message.row_id not in self._why:
            self._explain_soon(message.row_id)

    def _why_of_current(self) -> dict[str, str]:
        """What is said of the row under the cursor, until it is explained anew."""
        row = self.query_one("#list", RowList).cursor_id
        return {row: self._why[row]} if row in self._why else {}

    def _explain_soon(self, job_id: str) -> None:
        self.run_worker(self._explain(job_id), group="why", exclusive=True)

    async def _explain(self, job_id: str) -> None:
        with suppress(EightBellsError):  # the next picture says what is wrong with the store
            self._why[job_id] = await asyncio.to_thread(why_it_is_where_it_is, job_id)
            self.show_current()

    def query_of(self, text: str) -> JobQuery:
        """The store's own query for a filter."""
        return JobQuery(where=read_filter(text), order=JobOrder(self.order))

    def check(self, text: str) -> None:
        """Raise BadInput when the filter cannot be read."""
        read_filter(text)

    def id_of(self, item: JobRow) -> str:
        """Its id."""
        return item.job_id

    def cursor_of(self, item: JobRow) -> Cursor:
        """Its place in the order."""
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
            ("queue", Content(_place_of(item))),
            ("id", Content(item.job_id)),
        ]  # fmt: skip
        return shown

    def detail(self, item: JobRow) -> LiveScreen:
        """The job with its attempts and log."""
        return JobScreen(item.job_id)

    def empty(self) -> str:
        """No jobs at all."""
        return (
            f"Nothing has been asked of the worker yet. On the Watch ({key('go_watch')}), "
            f"{key('generate')} drafts a handover."
        )

    def jobs_in_hand(self) -> Sequence[JobRow]:
        """The marked jobs, or the one under the cursor."""
        marked = [self.items[i] for i in self.query_one("#list", RowList).marked if i in self.items]
        return marked or ([self.current] if self.current else [])


def _place_of(job: JobRow) -> str:
    """`export, priority 3 of 4, attempt 2`; no attempt before there was one."""
    attempt = f", attempt {job.attempt}" if job.attempt else ""
    return f"{job.queue}, priority {job.priority} of 4{attempt}"

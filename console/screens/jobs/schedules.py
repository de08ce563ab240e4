"""Schedules: what starts by the clock, when next, what ran last, and what was missed."""

from collections.abc import Sequence

from textual.content import Content

from console.commands.table import keys_of
from console.drawing import glyphs
from console.keys_aboard import key
from console.screens.asking import Confirm
from console.screens.jobs.detail import JobScreen
from console.screens.jobs.lists import ShortList
from console.screens.live import LiveScreen
from console.snapshots.engine import take_schedules
from console.snapshots.places import Page
from console.widgets.facts import Fact
from console.widgets.rows import Column
from storage.clock import span_words
from storage.jobs.kinds import KINDS
from storage.jobs.states import job_view
from storage.schedules.actions import run_now, skip_missed
from storage.schedules.states import OccurrenceState
from storage.schedules.timetable import scheduled
from storage.schedules.views import LastRun, Missed, ScheduleView

NOTHING = "There is no schedule under the cursor."


class SchedulesPlace(ShortList[ScheduleView]):
    """Every schedule; a missed run waits here for one answer: run it, or skip it."""

    ID = "schedules"
    BINDINGS = keys_of(ID)
    COLUMNS = (
        Column("next", 13),
        Column("schedule"),
        Column("when", 12, needs=60),
        Column("missed", 10),
        Column("last run", 20, needs=60),
    )
    TIME = "next LT"
    NOUN = ("schedule", "schedules")

    def take(self, text: str, start: object, size: int) -> Page[ScheduleView]:
        """All of them."""
        return take_schedules(text)

    def id_of(self, item: ScheduleView) -> str:
        """Its name."""
        return item.name

    def cells(self, item: ScheduleView) -> tuple[Content, ...]:
        """One line; the time is that of the next run."""
        return (
            self.short_time(item.next.due_at) if item.next else Content("never"),
            Content(KINDS[item.kind].label),
            Content(item.rule.replace("_", " ")),
            _missed_mark(item.missed),
            self._last_mark(item.last),
        )

    def facts(self, item: ScheduleView) -> Sequence[Fact]:
        """What was missed comes first: it waits for a person."""
        return [
            *self._missed_facts(item),
            ("next", self._next(item)),
            ("last run", self._last(item.last)),
            ("when", Content(f"{item.rule.replace('_', ' ')}; {_grace(item)}")),
            ("does", Content(KINDS[item.kind].sentence)),
        ]

    def detail(self, item: ScheduleView) -> LiveScreen:
        """The job of its last run."""
        assert item.last is not None
        return JobScreen(item.last.job_id)

    def empty(self) -> str:
        """No kind follows the clock."""
        return f"No kind of job follows the clock. {key('back')} goes back to the jobs."

    def _next(self, item: ScheduleView) -> Content:
        return Content(item.next.both_times) if item.next else Content(item.why_never or "never")

    def _last_mark(self, last: LastRun | None) -> Content:
        if last is None:
            return Content("not yet").stylize("$muted")
        return Content.assemble(self.short_time(last.started_at), " ", _job_word(last))

    def _last(self, last: LastRun | None) -> Content:
        if last is None:
            return Content("not yet")
        by_hand = "by hand, " if last.state is OccurrenceState.BY_HAND else ""
        parts = (_job_word(last), f" {by_hand}due {last.both_times}, job {last.job_id}")
        return Content.assemble(*parts)

    def _missed_facts(self, item: ScheduleView) -> list[Fact]:
        if item.missed is None:
            return []
        first, last = map(self.full_time, (item.missed.first_due_at, item.missed.last_due_at))
        since = last if item.missed.count == 1 else Content.assemble(first, " to ", last)
        said = Content.assemble((f"! {_runs(item.missed)} ", "$say-warning"), since)
        runs, skips = key("run_schedule"), key("skip_missed")
        press = Content(f"{runs} runs once for all of them, {skips} lets them be")
        return [("missed", said), ("press", press)]

    # Commands

    def why_not_open(self) -> str | None:
        """A schedule that never ran leads to no job."""
        if self.current is None:
            return NOTHING
        return None if self.current.last else "It has not run yet; all there is stands below."

    def why_not_copy(self) -> str | None:
        """Nothing under the cursor."""
        return None if self.current else NOTHING

    why_not_run_schedule = why_not_copy

    def why_not_skip_missed(self) -> str | None:
        """Nothing was missed."""
        if self.current is None:
            return NOTHING
        return None if self.current.missed else "It has missed nothing."

    async def action_run_schedule(self) -> None:
        """r: now, by hand."""
        item = self.current
        assert item is not None
        person = await self.require_person("to run a schedule")
        job, made_up = await self.call(run_now, person.actor, scheduled(item.name))
        self.requested(job, besides=f"; it makes up for {made_up} missed" if made_up else "")

    async def action_skip_missed(self) -> None:
        """s: not brought back, so it asks."""
        item = self.current
        assert item is not None and item.missed is not None
        person = await self.require_person("to skip missed runs")
        sentence = (
            f"{_runs(item.missed)} of “{KINDS[item.kind].label}” will not be made up for. "
            f"This cannot be undone; {key('run_schedule')} can still run it by hand."
        )
        await self.ask(Confirm("Skip?", sentence, yes="skip", no="leave them"))
        skipped = await self.call(skip_missed, person.actor, scheduled(item.name))
        self.say(f"{skipped} missed {'run' if skipped == 1 else 'runs'} skipped.", "done")
        self.ask_again()


def _missed_mark(missed: Missed | None) -> Content:
    if missed is None:
        return Content("–").stylize("$muted")
    return Content.assemble((f"! {missed.count} missed", "$say-warning"))


def _runs(missed: Missed) -> str:
    return "1 missed run" if missed.count == 1 else f"{missed.count} missed runs"


def _job_word(last: LastRun) -> Content:
    glyph, word, style = glyphs.JOBS[job_view(last.job_status, "")]
    return Content.assemble((f"{glyph} {word}", style))


def _grace(item: ScheduleView) -> str:
    return f"it counts as missed {span_words(item.grace_s)} after its time"

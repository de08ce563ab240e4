"""System: what stands wrong, the engine, its workers and queues, and what the store costs."""

from collections.abc import Callable, Iterable
from datetime import datetime

from textual.content import Content
from textual.widget import Widget

from console.clipboard import copy
from console.commands.table import keys_of
from console.messages import MarksChanged, RowHighlighted
from console.related import Relation, Where
from console.screens.place import Place
from console.screens.related_things import go_to
from console.screens.system.acts import SystemActs
from console.screens.system.lists import SystemLists
from console.snapshots.bridge import Bridge
from console.snapshots.engine import SystemPicture, take_system
from console.widgets.facts import Facts
from console.widgets.lists_line import ListsLine
from console.widgets.rows import Column, Row, RowList
from console.widgets.split import list_and_peek
from console.words.alerts import LEADS_TO
from console.words.system import SystemLine, system_lines
from storage.alerts.views import AlertView
from storage.clock import age_words
from storage.database import now
from storage.jobs.record import WorkerRecord

NOTHING = "There is nothing under the cursor."
ALL_SHOWN = "All there is stands in the pane."
COLUMNS = (Column("", 6, needs=60), Column("what", 16), Column("state", 14), Column("says"))


class SystemPlace(SystemActs, SystemLists, Place):
    """One list of everything that keeps the ship's handovers running; keys act on the line."""

    ID = "system"
    BINDINGS = keys_of(ID)

    def __init__(self) -> None:
        super().__init__()
        self._picture: SystemPicture | None = None
        self._lines: dict[str, SystemLine] = {}

    def body(self) -> Iterable[Widget]:
        """The names of the lists, the list, and a pane about the line under the cursor."""
        yield ListsLine(self.LISTS, self.ID)
        yield from list_and_peek(COLUMNS)

    def on_mount(self) -> None:
        """Start in the list."""
        self._rows().focus()

    def question(self) -> Callable[[], SystemPicture]:
        """Engine, workers, store."""
        return take_system

    def show(self, answer: SystemPicture) -> None:
        """Draw it."""
        self._picture = answer
        self._draw()

    def show_bridge(self, bridge: Bridge) -> None:
        """Ages of workers and alerts move with time alone."""
        super().show_bridge(bridge)
        if not (self.paused or self.is_selecting()) and self.console.screen is self:
            self._draw()

    def news_in(self, answer: SystemPicture) -> int:
        """How many lines differ from those shown."""
        if self.bridge is None:
            return 0
        return self._rows().news_in(_drawn(system_lines(answer, self.bridge, self.full_time)))

    def is_selecting(self) -> bool:
        """Marked lines must not move."""
        return bool(self._rows().marked)

    def on_marks_changed(self, message: MarksChanged) -> None:
        """The last mark is gone: show what was held back meanwhile."""
        self._release()

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """The cursor is on another line."""
        self._show_current()

    @property
    def line(self) -> SystemLine | None:
        """The line under the cursor."""
        return self._lines.get(self._rows().cursor_id or "")

    def full_time(self, at: datetime) -> Content:
        """Ship's time, UTC and age (CONSOLE rule 10)."""
        both = self.bridge.times(at) if self.bridge else f"{at:%Y-%m-%d %H:%M} UTC"
        return Content(f"{both} · {age_words((now() - at).total_seconds())}")

    def picture(self) -> SystemPicture | None:
        """What was read last."""
        return self._picture

    # Commands

    def why_not_open(self) -> str | None:
        """A line that leads nowhere."""
        if self.line is None:
            return NOTHING
        return None if self._leads_to() else ALL_SHOWN

    def action_open(self) -> None:
        """Enter: the job a worker runs, or the place where an alert is dealt with."""
        where = self._leads_to()
        if isinstance(where, Relation):
            go_to(self.console, where)
        elif where:
            self.action_do(where)

    def why_not_copy(self) -> str | None:
        """Nothing under the cursor."""
        return None if self.line else NOTHING

    def action_copy(self) -> None:
        """y: what the pane says."""
        text = self.query_one("#peek Facts", Facts).text
        self.say(copy(self.console, text, self.console.home), "done")

    def _leads_to(self) -> Relation | str | None:
        """A job, the command that leads to an alert, or nothing."""
        of = self.line.of if self.line else None
        job_id = of.job_id if isinstance(of, AlertView | WorkerRecord) else None
        if job_id:
            return Relation(where=Where.JOB, id=job_id, words="")
        return LEADS_TO.get(of.type) if isinstance(of, AlertView) and of.type else None

    def _draw(self) -> None:
        if self._picture is None or self.bridge is None:
            return
        lines = system_lines(self._picture, self.bridge, self.full_time)
        self._lines = {line.id: line for line in lines}
        self._rows().show(_drawn(lines), Content(""))
        self._show_current()

    def _show_current(self) -> None:
        self.query_one("#peek Facts", Facts).show(self.line.facts if self.line else ())
        self.refresh_keys()

    def _rows(self) -> RowList:
        return self.query_one("#list", RowList)


def _drawn(lines: Iterable[SystemLine]) -> list[Row]:
    return [Row(line.id, line.cells) for line in lines]

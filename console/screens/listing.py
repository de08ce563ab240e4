"""A place with a list: a window on it, a filter, a cursor; the subclass says of what."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from textual.content import Content
from textual.widget import Widget

from console.clipboard import copy
from console.commands.lists import MarkAll
from console.commands.table import ClearFilter
from console.keys_aboard import key
from console.messages import EndReached, FilterChanged, MarksChanged, RowHighlighted
from console.screens.choosing import Choosing
from console.screens.live import LiveScreen
from console.screens.place import Place
from console.screens.view_acts import ViewActs
from console.snapshots.bridge import Bridge
from console.snapshots.places import Page
from console.widgets.facts import Fact, Facts
from console.widgets.filter_line import FilterLine
from console.widgets.rows import Column, Row, RowList
from console.widgets.split import list_and_peek
from console.windows import SIZE, Window
from storage.clock import age_words, offset_words, ships_time
from storage.database import now
from storage.errors import BadInput

Item = TypeVar("Item")


class ListPlace(Choosing, ViewActs, Place, Generic[Item]):
    """Give the columns, how to read a filter, how to ask for a page, and how a row looks."""

    COLUMNS: ClassVar[tuple[Column, ...]]
    HINT: ClassVar[str]
    """What may be written in the filter."""
    ORDERS: ClassVar[tuple[str, ...]] = ("newest first",)
    """The orders the list can have; it starts with the first."""

    def __init__(self) -> None:
        super().__init__()
        self.query_text = ""
        self.order = self.ORDERS[0]
        self.window: Window[Any] = Window()
        self.items: dict[str, Item] = {}
        self.page: Page[Any] = Page((), 0)

    # What a subclass says

    def take(self, text: str, start: Any, size: int) -> Page[Item]:
        """One page of what the filter finds; runs in the background thread.

        Raises:
            BadInput: the filter cannot be read.
        """
        raise NotImplementedError

    def id_of(self, item: Item) -> str:
        """The id of an item's row."""
        raise NotImplementedError

    def cursor_of(self, item: Item) -> Any:
        """Where a page after this item starts."""
        raise NotImplementedError

    def cells(self, item: Item) -> tuple[Content, ...]:
        """How an item looks, a cell for each column."""
        raise NotImplementedError

    def check(self, text: str) -> None:
        """Raise BadInput when a filter cannot be read."""

    def empty(self) -> str:
        """Why nothing is listed without a filter, and what to press."""
        raise NotImplementedError

    def facts(self, item: Item) -> Sequence[Fact]:
        """An item as the pane below (or beside) the list shows it."""
        raise NotImplementedError

    def detail(self, item: Item) -> LiveScreen:
        """The screen that shows an item whole."""
        raise NotImplementedError

    # The list

    def body(self) -> Iterable[Widget]:
        """The filter line, the list, and a pane about the row under the cursor."""
        yield FilterLine(self.HINT)
        yield from list_and_peek(self.COLUMNS)

    def on_mount(self) -> None:
        """Start in the list; rows are marked where an act takes several."""
        rows = self.query_one("#list", RowList)
        rows.takes_marks = MarkAll in self.commands()
        rows.focus()

    def question(self) -> Callable[[], Page[Item]]:
        """A window of what the filter finds."""
        return partial(self.take, self.query_text, self.window.start, SIZE)

    def show(self, answer: Page[Item]) -> None:
        """Draw the window."""
        self.page = answer
        self.items = {self.id_of(item): item for item in answer.items}
        self.query_one("#list", RowList).show(self._rows(answer.items), Content(self._why_empty()))
        self.query_one(FilterLine).show(self._count())
        self.show_current()

    def news_in(self, answer: Page[Item]) -> int:
        """How many rows differ from those shown."""
        return self.query_one("#list", RowList).news_in(self._rows(answer.items))

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self.items.get(self.query_one("#list", RowList).cursor_id or "")

    def show_current(self) -> None:
        """Draw what is known of the row under the cursor, and what can be done with it."""
        current = self.current
        self.query_one("#peek Facts", Facts).show(self.facts(current) if current else ())
        self.refresh_keys()

    def on_row_highlighted(self, message: RowHighlighted) -> None:
        """The cursor is on another row."""
        self.show_current()

    def on_marks_changed(self, message: MarksChanged) -> None:
        """The last mark is gone: show what was held back meanwhile."""
        self._release()
        self.query_one(FilterLine).show(self._count())
        self.refresh_keys()

    def short_time(self, at: datetime) -> Content:
        """Day and ship's time; the heading names the offset."""
        offset = self.bridge.vessel.offset_minutes if self.bridge and self.bridge.vessel else 0
        return Content(f"{ships_time(at, offset):%d %H:%M}")

    def full_time(self, at: datetime) -> Content:
        """Ship's time, UTC and age (CONSOLE rule 10)."""
        both = self.bridge.times(at) if self.bridge else f"{at:%Y-%m-%d %H:%M} UTC"
        return Content(f"{both} · {age_words((now() - at).total_seconds())}")

    def show_bridge(self, bridge: Bridge) -> None:
        """The offset of the ship's time is in the heading of the list."""
        super().show_bridge(bridge)
        offset = offset_words(bridge.vessel.offset_minutes) if bridge.vessel else "UTC"
        self.query_one("#list", RowList).retitle(0, f"LT {offset}")

    def _rows(self, items: Sequence[Item]) -> list[Row]:
        return [Row(self.id_of(item), self.cells(item)) for item in items]

    def _count(self) -> str:
        page, rows = self.page, self.query_one("#list", RowList)
        number = f"{page.total:,}{'+' if page.or_more else ''}"
        words = f"{number} {self.NOUN[page.total != 1]}"
        if self.query_text.strip():
            words = f"{words} found"
        if self.order != self.ORDERS[0]:
            words = f"{words}, {self.order}"
        if rows.everything:
            return f"{words}, all chosen"
        return f"{words}, {len(rows.marked)} marked" if rows.marked else words

    def _why_empty(self) -> str:
        if self.query_text.strip():
            return f"No {self.NOUN[0]} matches the filter. {self._clears()} clears it."
        return self.empty()

    def _clears(self) -> str:
        """The key that takes the filter off this list."""
        return key("clear_filter" if ClearFilter in self.commands() else "back")

    # The window

    def on_end_reached(self, message: EndReached) -> None:
        """The cursor nears an end of the window: move the window."""
        cursors = [self.cursor_of(item) for item in self.items.values()]
        window = self.window.older(cursors) if message.older else self.window.newer()
        if window != self.window:
            self.window = window
            self.ask_again()

    # Commands

    def on_filter_changed(self, message: FilterChanged) -> None:
        """Another filter is another question; one that cannot be read yet says why."""
        if message.final:
            self.query_one("#list", RowList).focus()
        try:
            self.check(message.text)
        except BadInput as problem:
            self.say(str(problem), "warning")
            return
        if message.text != self.query_text:
            self.query_text, self.window = message.text, Window()
            self.query_one("#list", RowList).start_over()
            self.say("")
            self.ask_again()

    def look_for(self, text: str, order: str = "") -> None:
        """Show what this filter finds, as if it had been typed."""
        if order in self.ORDERS:
            self.sort_by(order)
        self.query_one(FilterLine).write(text)
        self.query_one("#list", RowList).focus()

    def action_sort(self) -> None:
        """o: the next order."""
        self.sort_by(self.ORDERS[(self.ORDERS.index(self.order) + 1) % len(self.ORDERS)])
        self.say(f"Sorted: {self.order}.")

    def sort_by(self, order: str) -> None:
        """Show the list in this order, from its top."""
        self.order, self.window = order, Window()
        self.query_one("#list", RowList).start_over()
        self.ask_again()

    def action_filter(self) -> None:
        """/: write a filter."""
        self.query_one(FilterLine).open()

    def action_clear_filter(self) -> None:
        """Esc: marks first, then the filter."""
        rows = self.query_one("#list", RowList)
        if self.is_selecting():
            rows.clear_marks()
        else:
            self.query_one(FilterLine).clear()
        rows.focus()

    def why_not_clear_filter(self) -> str | None:
        """Nothing to clear."""
        selecting = self.is_selecting() or self.query_one(FilterLine).has_class("-open")
        return None if selecting else "There is no filter to clear."

    def why_not_open(self) -> str | None:
        """Nothing under the cursor."""
        return None if self.current is not None else "There is nothing under the cursor."

    why_not_copy = why_not_open

    def action_open(self) -> None:
        """Enter: the row, whole."""
        assert self.current is not None
        self.app.push_screen(self.detail(self.current))

    def action_copy(self) -> None:
        """y: what the pane says of the row."""
        text = self.query_one("#peek Facts", Facts).text
        self.say(copy(self.console, text, self.console.home), "done")

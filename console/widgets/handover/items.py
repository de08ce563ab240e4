"""The rows of one section: a virtual list that draws only the lines on screen.

It owns the cursor (by id), the marked rows and which rows have been on screen. It draws what it
is given and reports; the screen decides.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import ClassVar, Protocol

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from console.widgets.handover.marks import GOOD, KEY

CURSOR, MARKED = "▌", "✓"
GUTTER = 2
KEEP_DRAWN = 400


class Row(Protocol):
    """What the list asks of a row. Equal rows are not drawn again."""

    @property
    def id(self) -> str:
        """What the cursor and the marks hold on to."""
        ...

    def height(self, width: int) -> int:
        """How many lines `draw` gives, found out cheaply."""
        ...

    def draw(self, width: int) -> list[Content]:
        """The lines, none wider than `width` cells."""
        ...


@dataclass
class Drawn:
    """A row as it was drawn: its lines, and each as it is sent to the terminal."""

    row: Row
    lines: list[Content]
    strips: dict[tuple[int, bool, bool], Strip] = field(default_factory=dict)
    """By line, whether under the cursor, whether marked."""


class ItemsView(ScrollView, can_focus=True):
    """Rows of any height with a cursor, marks, and a memory of what was on screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Next item", show=False),
        Binding("up,k", "move(-1)", "Previous item", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("home", "first", "First item", show=False),
        Binding("end,G", "last", "End of the section", show=False),
        Binding("space", "mark", "Mark", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"items--cursor", "items--row"}
    DEFAULT_CSS = "ItemsView { overflow-x: hidden; }"
    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """The cursor is on another row, or other rows have come on screen."""

        row_id: str

        def can_replace(self, message: Message) -> bool:
            """Only where the cursor came to rest matters."""
            return isinstance(message, ItemsView.Moved)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._rows: list[Row] = []
        self._drawn: OrderedDict[str, Drawn] = OrderedDict()
        self._starts: list[int] = [0]
        self._width = 0
        self.marked: dict[str, None] = {}
        self.on_screen: set[str] = set()

    @property
    def row_ids(self) -> list[str]:
        """The ids of all rows, in order."""
        return [row.id for row in self._rows]

    @property
    def current(self) -> str | None:
        """The id of the row the cursor is on."""
        return self._rows[self.cursor].id if self._rows else None

    def show(self, rows: Sequence[Row], *, at: str | None = None) -> None:
        """Show these rows; cursor and scroll stay with the row they were on (CONSOLE rule 4).

        When that row is gone the cursor stays at its place. `at` names another row to go to.
        """
        keep, offset = self.current, self._cursor_offset()
        self._rows = list(rows)
        ids = self.row_ids
        self.marked = {row_id: None for row_id in self.marked if row_id in set(ids)}
        self._lay_out()
        wanted = at or keep
        self.cursor = ids.index(wanted) if wanted in ids else min(self.cursor, len(ids) - 1)
        if at is None and keep in ids:
            top = self._span()[0] - offset
            self.scroll_to(y=max(top, 0), animate=False, force=True)
        self._follow()
        self._remember()
        self.refresh()

    def toggle_mark(self) -> None:
        """Mark or unmark the row under the cursor."""
        if self.current in self.marked:
            del self.marked[self.current]
        elif self.current:
            self.marked[self.current] = None
        self.refresh()

    def clear_marks(self) -> None:
        """Unmark every row."""
        self.marked.clear()
        self.refresh()

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a row, if it is there."""
        if row_id in self.row_ids:
            self.cursor = self.row_ids.index(row_id)
            self._follow()

    def action_move(self, by: int) -> None:
        """Move the cursor; a row taller than the view scrolls through first."""
        if self._overhangs(by):
            self.scroll_relative(y=by, animate=False, force=True)
            return
        self.cursor += by
        self._follow()

    def action_page(self, by: int) -> None:
        """A page on; every line is on screen once before the next comes."""
        height = self._height()
        furthest = max(self._starts[-1] - height, 0)
        top = max(min(self.scroll_offset.y + by * max(height - 1, 1), furthest), 0)
        self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self.cursor = self._whole_row(top, by)

    def action_first(self) -> None:
        """To the first row."""
        self.cursor = 0
        self._follow()

    def action_last(self) -> None:
        """To the last row."""
        self.cursor = len(self._rows) - 1
        self._follow()

    def action_mark(self) -> None:
        """Mark the row and go on to the next."""
        self.toggle_mark()
        self.action_move(1)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Draw the cursor where it is now, and say so."""
        self.refresh()
        self._report()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Remember what has come on screen."""
        super().watch_scroll_y(old_value, new_value)
        self._report()

    def on_resize(self) -> None:
        """Lay out for the new width, and keep the cursor in view."""
        if self._width != self.scrollable_content_region.width:
            self._drawn.clear()
            self._lay_out()
        self._follow()
        self._report()

    def notify_style_update(self) -> None:
        """Another palette: nothing that was drawn holds."""
        self._drawn.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """One line of the view."""
        line = self.scroll_offset.y + y
        if not self._rows or line >= self._starts[-1]:
            style = self.get_visual_style("items--row")
            return Strip.blank(self.scrollable_content_region.width, style.rich_style)
        index = self._row_at(line)
        drawn, at = self._draw(self._rows[index]), line - self._starts[index]
        key = (at, index == self.cursor, drawn.row.id in self.marked)
        if key not in drawn.strips:
            drawn.strips[key] = self._strip(drawn.lines[at], *key)
        return drawn.strips[key]

    def _strip(self, text: Content, at: int, is_here: bool, is_marked: bool) -> Strip:
        is_here = is_here and bool(text)  # an empty line is the gap to the next row
        names = ("items--row", "items--cursor") if is_here else ("items--row",)
        style, width = self.get_visual_style(*names), self.scrollable_content_region.width
        content = Content.assemble(
            (CURSOR if is_here else " ", KEY),
            (MARKED if is_marked and at == 0 else " ", GOOD),
            text,
        )
        strips = Visual.to_strips(self, content, width, 1, style)
        return strips[0].extend_cell_length(width, style.rich_style)

    def _lay_out(self) -> None:
        self._width = self.scrollable_content_region.width
        inner = max(self._width - GUTTER, 1)
        heights = [row.height(inner) for row in self._rows] if self._width else []
        self._starts = [0, *accumulate(heights)]
        self.virtual_size = Size(self._width, self._starts[-1])

    def _draw(self, row: Row) -> Drawn:
        drawn = self._drawn.get(row.id)
        if drawn is None or drawn.row is not row:
            lines = row.draw(max(self._width - GUTTER, 1))
            if drawn is None or not _are_same(lines, drawn.lines):
                drawn = self._drawn[row.id] = Drawn(row, lines)
            drawn.row = row
            if len(self._drawn) > KEEP_DRAWN:
                self._drawn.popitem(last=False)
        return drawn

    def _height(self) -> int:
        return self.scrollable_content_region.height

    def _row_at(self, line: int) -> int:
        return max(0, min(bisect_right(self._starts, line) - 1, len(self._rows) - 1))

    def _whole_row(self, top: int, by: int) -> int:
        """The last or first row that is wholly on screen: following it would scroll nothing."""
        bottom = top + self._height()
        starts, ends = self._starts[:-1], self._starts[1:]
        whole = [i for i in range(len(ends)) if starts[i] >= top and ends[i] <= bottom]
        if not whole:
            return self._row_at(top)
        return whole[-1] if by > 0 else whole[0]

    def _span(self) -> tuple[int, int]:
        """First line of the row under the cursor, and the line after its last."""
        if self.cursor + 1 >= len(self._starts):
            return 0, 0
        return self._starts[self.cursor], self._starts[self.cursor + 1]

    def _cursor_offset(self) -> int:
        return self._span()[0] - self.scroll_offset.y

    def _overhangs(self, by: int) -> bool:
        start, end = self._span()
        top = self.scroll_offset.y
        return end > top + self._height() if by > 0 else start < top

    def _follow(self) -> None:
        """Bring the row under the cursor into view."""
        start, end = self._span()
        if end:
            region = Region(0, start, self._width, min(end - start, self._height()))
            self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def _report(self) -> None:
        if self._rows:
            self._remember()
            self.post_message(self.Moved(self._rows[self.cursor].id))

    def _remember(self) -> None:
        """Which rows have their last line on screen now."""
        if self._starts[-1] == 0:
            return
        top = self.scroll_offset.y
        first, last = self._row_at(top), self._row_at(top + self._height() - 1)
        ends = range(first, last + 1)
        bottom = top + self._height()
        self.on_screen |= {self._rows[i].id for i in ends if self._starts[i + 1] <= bottom}


def _are_same(lines: Sequence[Content], others: Sequence[Content]) -> bool:
    """Whether words and colours are the same."""
    pairs = zip(lines, others, strict=False)
    return len(lines) == len(others) and all(line.is_same(other) for line, other in pairs)

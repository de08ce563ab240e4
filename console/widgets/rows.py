"""A list that never moves under the reader: rows are known by their id, and so is the cursor.

It holds a window of a few hundred rows and draws only the lines on screen; how to get further rows
is its screen's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from console.messages import EndReached, MarksChanged, RowHighlighted

MARKED, MARK_STYLE = "✓", "$done"
NEAR_END = 25
HEADING_LINES = 1
WIDE = 90


@dataclass(frozen=True)
class Column:
    """A heading and a width in cells; width 0 takes what is left.

    `needs`: hidden in less room; `wide`: the width where the list has `WIDE` cells or more.
    """

    title: str
    width: int = 0
    needs: int = 0
    wide: int = 0

    def cells_in(self, room: int) -> int:
        """How wide it is in a list of so many cells."""
        return self.wide if self.wide and room >= WIDE else self.width


@dataclass(frozen=True)
class Row:
    """One line. Two rows with equal cells look the same and are not drawn twice."""

    id: str
    cells: tuple[Content, ...]


class RowList(ScrollView, can_focus=True):
    """Rows with a cursor and marks; says where the cursor is, decides nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", "up", show=False),
        Binding("down,j", "step(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
        Binding("home,g", "edge(0)", "first", show=False),
        Binding("end,G", "edge(1)", "last", show=False),
        Binding("space", "mark", "mark", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--heading", "rows--row", "rows--cursor",
    }  # fmt: skip

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._places: dict[str, int] = {}
        self._cursor = 0
        self._moved = False
        self._marked: set[str] = set()
        self._everything = False
        self.takes_marks = True
        """Whether there is an act for several rows; a mark without one would only hold them."""
        self._strips: dict[tuple[Row, int, Style, bool], Strip] = {}
        self._empty = Content("")

    # What it shows

    @property
    def cursor_id(self) -> str | None:
        """The id of the row under the cursor."""
        return self._rows[self._cursor].id if self._rows else None

    @property
    def marked(self) -> tuple[str, ...]:
        """The ids of the marked rows, in the order shown."""
        return tuple(row.id for row in self._rows if row.id in self._marked)

    @property
    def everything(self) -> bool:
        """Whether all rows there are, here and beyond the window, are chosen."""
        return self._everything

    @property
    def row_ids(self) -> tuple[str, ...]:
        """The ids of the rows in the window."""
        return tuple(self._places)

    def news_in(self, rows: Sequence[Row]) -> int:
        """How many of these rows are not shown yet or look different."""
        shown = {row.id: row for row in self._rows}
        return sum(shown.get(row.id) != row for row in rows)

    def clear_marks(self) -> None:
        """Mark nothing."""
        self._marked.clear()
        self._everything = False
        self.post_message(MarksChanged(self.id))
        self.refresh()

    def start_over(self) -> None:
        """Forget where the cursor was: the next rows are an answer to another question."""
        self._moved = self._everything = False
        self._marked.clear()

    def choose_everything(self) -> None:
        """Mark all rows there are, which is not the same as marking each that is shown."""
        self._marked.clear()
        self._everything = True
        self.post_message(MarksChanged(self.id))
        self.refresh()

    def retitle(self, column: int, title: str) -> None:
        """Another heading for a column."""
        changed = replace(self._columns[column], title=title)
        if changed != self._columns[column]:
            self._columns = (*self._columns[:column], changed, *self._columns[column + 1 :])
            self.refresh()

    def show(self, rows: Sequence[Row], empty: Content) -> None:
        """Draw these rows; the cursor stays on its row and its row on its line.

        `empty` says why there are none and what to press.
        """
        if tuple(rows) == self._rows and empty == self._empty:
            return
        before, line = self.cursor_id, self._cursor - self.scroll_offset.y
        self._rows, self._empty = tuple(rows), empty
        self._places = {row.id: place for place, row in enumerate(rows)}
        self._marked &= self._places.keys()
        self._cursor = self._place_for(before)
        self.virtual_size = Size(self.size.width, len(self._rows) + HEADING_LINES)
        if self._moved:
            self.scroll_to(y=self._cursor - line, animate=False, immediate=True)
        self._tell_if_changed(before)
        self.refresh()

    def _place_for(self, row_id: str | None) -> int:
        if not self._moved or row_id is None:
            return 0
        return self._places.get(row_id, min(self._cursor, max(len(self._rows) - 1, 0)))

    def _tell_if_changed(self, before: str | None) -> None:
        if self.cursor_id is not None and self.cursor_id != before:
            self.post_message(RowHighlighted(self.id, self.cursor_id))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """The heading, a row, or nothing."""
        width = self.scrollable_content_region.width
        if y < HEADING_LINES:
            return self._heading(width)
        place = self.scroll_offset.y + y - HEADING_LINES
        if not self._rows:
            return self._empty_line(y - HEADING_LINES, width)
        if place >= len(self._rows):
            return Strip.blank(width, self.get_visual_style("rows--row").rich_style)
        return self._row_strip(self._rows[place], place, width)

    def _heading(self, width: int) -> Strip:
        titles = [Content(column.title) for column in self._columns]
        return self._strip(self._line(titles, width), width, self.get_visual_style("rows--heading"))

    def _empty_line(self, number: int, width: int) -> Strip:
        style = self.get_visual_style("rows--row")
        lines = [Content(""), *self._empty.wrap(max(1, width - 4))]
        shown = lines[number] if number < len(lines) else Content("")
        return self._strip(Content.assemble("  ", shown), width, style)

    def _row_strip(self, row: Row, place: int, width: int) -> Strip:
        is_marked = self._everything or row.id in self._marked
        names = ("rows--row", "rows--cursor") if place == self._cursor else ("rows--row",)
        style = self.get_visual_style(*names)
        key = (row, width, style, is_marked)
        if key not in self._strips:
            if len(self._strips) > 2000:
                self._strips.clear()
            line = self._line(row.cells, width, MARKED if is_marked else " ")
            self._strips[key] = self._strip(line, width, style)
        return self._strips[key]

    def _line(self, cells: Sequence[Content], width: int, mark: str = " ") -> Content:
        shown = [
            (cell, column)
            for cell, column in zip(cells, self._columns, strict=True)
            if width >= column.needs
        ]
        fixed = sum(column.cells_in(width) + 1 for _, column in shown if column.width)
        flexible = max(1, sum(not column.width for _, column in shown))
        rest = max(1, (width - fixed - 1 - flexible) // flexible)
        parts = [
            cell.truncate(column.cells_in(width) or rest, ellipsis=True, pad=True)
            for cell, column in shown
        ]
        lead = Content.styled(mark, MARK_STYLE) if mark.strip() else mark
        return Content.assemble(lead, Content(" ").join(parts))

    def _strip(self, content: Content, width: int, style: Style) -> Strip:
        strips = Visual.to_strips(self, content, width, 1, style, apply_selection=False)
        return strips[0].extend_cell_length(width, style.rich_style).crop(0, width)

    def notify_style_update(self) -> None:
        """Another palette: nothing drawn before is right."""
        self._strips.clear()
        super().notify_style_update()

    def on_resize(self, event: events.Resize) -> None:
        """Another size: keep the cursor in sight."""
        self.virtual_size = Size(event.size.width, len(self._rows) + HEADING_LINES)
        self._keep_in_sight()

    # Moving

    def action_step(self, by: int) -> None:
        """One row up or down."""
        self.move_to(self._cursor + by)

    def action_page(self, by: int) -> None:
        """One screen up or down."""
        self.move_to(self._cursor + by * max(1, self.size.height - HEADING_LINES - 1))

    def action_edge(self, last: int) -> None:
        """The first or the last row of what is loaded."""
        self.move_to(len(self._rows) - 1 if last else 0)

    def action_mark(self) -> None:
        """Mark the row, or take the mark off, and go on."""
        if self.cursor_id is not None and self.takes_marks:
            self._everything = False
            self._marked ^= {self.cursor_id}
            self.move_to(self._cursor + 1)
            self.post_message(MarksChanged(self.id))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, for those who have a mouse."""
        self.move_to(self.scroll_offset.y + event.y - HEADING_LINES)

    def move_to(self, place: int) -> None:
        """Put the cursor on the row at `place`, or the nearest there is."""
        if not self._rows:
            return
        before, self._moved = self.cursor_id, True
        self._cursor = min(max(place, 0), len(self._rows) - 1)
        self._keep_in_sight()
        self._tell_if_changed(before)
        self._tell_if_near_end()
        self.refresh()

    def _keep_in_sight(self) -> None:
        top, room = self.scroll_offset.y, max(1, self.size.height - HEADING_LINES)
        if self._cursor < top:
            self.scroll_to(y=self._cursor, animate=False, immediate=True)
        elif self._cursor >= top + room:
            self.scroll_to(y=self._cursor - room + 1, animate=False, immediate=True)

    def _tell_if_near_end(self) -> None:
        if self._cursor >= len(self._rows) - NEAR_END:
            self.post_message(EndReached(self.id, older=True))
        if self._cursor < NEAR_END:
            self.post_message(EndReached(self.id, older=False))

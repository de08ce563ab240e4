"""A place with several lists side by side; `]` and `[` go round them."""

from collections.abc import Iterable
from importlib import import_module
from typing import Any, ClassVar, TypeVar, cast

from textual.widget import Widget

from console.screens.listing import ListPlace
from console.screens.place import Place
from console.snapshots.bridge import Bridge
from console.widgets.filter_line import FilterLine
from console.widgets.lists_line import ListsLine
from console.widgets.rows import RowList
from storage.clock import offset_words

Item = TypeVar("Item")


class SideLists(Place):
    """One of them: a line that names them all above its own body.

    The first is the place itself, the others are opened above it.
    """

    LISTS: ClassVar[tuple[str, ...]]
    """Their `ID`s, in the order `]` goes through them."""
    ROOM: ClassVar[str]
    """The package that holds each but the first, by its name."""

    def body(self) -> Iterable[Widget]:
        """The names of the lists, then the list."""
        yield ListsLine(self.LISTS, self.ID)
        yield from super().body()

    def action_next_list(self) -> None:
        """]: the next one."""
        self._go(1)

    def action_previous_list(self) -> None:
        """[: the one before."""
        self._go(-1)

    def open_list(self, name: str) -> None:
        """Open one of the lists beside the first, from the first."""
        self.app.push_screen(self._list(name))

    def _go(self, by: int) -> None:
        there = self.LISTS[(self.LISTS.index(self.ID) + by) % len(self.LISTS)]
        if there == self.LISTS[0]:
            self.dismiss(None)
        elif self.LISTS[0] == self.ID:
            self.app.push_screen(self._list(there))
        else:
            self.app.switch_screen(self._list(there))

    def _list(self, name: str) -> ListPlace[Any]:
        """The screen of a list; its module is loaded when somebody goes there."""
        module = import_module(f"{self.ROOM}.{name}")
        return cast(ListPlace[Any], getattr(module, f"{name.capitalize()}Place")())


class SideList(SideLists, ListPlace[Item]):
    """A list that fits one window; its filter is words that must occur."""

    HINT = "words that must occur"
    TIME: ClassVar[str] = "LT"
    """What the time in the first column is; the heading adds the offset."""

    def show_bridge(self, bridge: Bridge) -> None:
        """The offset of the ship's time is in the heading."""
        super().show_bridge(bridge)
        offset = offset_words(bridge.vessel.offset_minutes) if bridge.vessel else "UTC"
        self.query_one("#list", RowList).retitle(0, f"{self.TIME} {offset}")

    def cursor_of(self, item: Item) -> object:
        """One window."""
        return None

    def action_back(self) -> None:
        """Esc: marks first, then the filter, then back to the first list."""
        if self.is_selecting() or self.query_one(FilterLine).has_class("-open"):
            self.query_one("#list", RowList).clear_marks()
            self.action_clear_filter()
        else:
            self.dismiss(None)

"""The lists of a place that has several: their names, the one in front marked."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from console.keys_aboard import key


class ListsLine(Static):
    """`[Jobs]  Groups   Schedules   Failures`, and the keys that go from one to the next."""

    def __init__(self, names: Sequence[str], here: str) -> None:
        super().__init__(markup=False)
        self._names, self._here = tuple(names), here

    def show(self, names: Sequence[str], here: str) -> None:
        """Other names, or another one in front."""
        if (tuple(names), here) != (self._names, self._here):
            self._names, self._here = tuple(names), here
            self.refresh()

    def render(self) -> Content:
        """One line as wide as the screen; the keys where there is room."""
        lists = Content(" ").join(self._tab(name) for name in self._names)
        hint = f"{key('previous_list')} {key('next_list')} another list"
        gap = self.content_size.width - lists.cell_length - len(hint)
        return Content.assemble(lists, " " * max(0, gap), (hint if gap > 0 else "", "$muted"))

    def _tab(self, name: str) -> Content:
        if name == self._here:
            return Content.assemble((f"[{name.capitalize()}]", "$place-here"))
        return Content(f" {name.capitalize()} ")

"""Charts below one another, drawn as wide as there is room."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from console.charts import BLOCKS, Chart, Line, drawn, plain

COPIED_WIDTH = 78


class Charts(Widget):
    """A block of charts as high as it needs to be."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._charts: tuple[Chart, ...] = ()

    @property
    def text(self) -> str:
        """All of it as plain text, for copying."""
        return "\n".join(
            line for chart in self._charts for line in plain(chart, COPIED_WIDTH, BLOCKS)
        )

    def show(self, charts: Sequence[Chart]) -> None:
        """Draw these charts, if they differ from those shown."""
        if tuple(charts) != self._charts:
            self._charts = tuple(charts)
            self.refresh(layout=True)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the charts have."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines, each cut where the room ends."""
        width = self.content_size.width
        lines = (Content.assemble(*line) for line in self._lines(width))
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)

    def _lines(self, width: int) -> list[Line]:
        return [line for chart in self._charts for line in drawn(chart, width, BLOCKS)]

"""Charts below one another, drawn as wide as there is room."""

from collections.abc import Sequence

from textual.content import Content

from console.drawing.charts import BLOCKS, Chart, drawn, plain
from console.widgets.block import Block

COPIED_WIDTH = 78


class Charts(Block):
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

    def lines(self, width: int) -> list[Content]:
        """Those of every chart, each cut where the room ends."""
        found = (line for chart in self._charts for line in drawn(chart, width, BLOCKS))
        return [Content.assemble(*line).truncate(width, ellipsis=True) for line in found]

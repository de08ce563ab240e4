"""A terminal in which nothing can be read says so in one sentence, and keeps everything behind it.

The stylesheet moves what a screen holds out of sight at `-slim` and `-slight`; it stays focused and
alive, and is back when there is room again.
"""

from typing import cast

from rich.console import RenderableType
from textual.widget import Widget

LEAST_WIDTH, LEAST_HEIGHT = 30, 7
"""Columns and rows from which on the console can be used."""


class Smallest(Widget):
    """A screen that has this one sentence behind all it holds."""

    def render(self) -> RenderableType:
        """What is seen when nothing else is."""
        width, height = self.size
        if width >= LEAST_WIDTH and height >= LEAST_HEIGHT:
            return cast(RenderableType, super().render())
        return f"Too small: {width}×{height}. It needs {LEAST_WIDTH}×{LEAST_HEIGHT}."

"""What several widgets are: a block of lines, as wide as there is room and as high as it needs."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class Block(Widget):
    """Lines that depend on the width only. A subclass says them in `lines`."""

    def lines(self, width: int) -> list[Content]:
        """The lines at this width, each no wider than it."""
        raise NotImplementedError

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are at this width."""
        return len(self.lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self.lines(self.content_size.width))

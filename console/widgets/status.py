"""The status line: one sentence about what just happened, and what is held back."""

from textual.content import Content
from textual.widgets import Static

from console.keys_aboard import key
from storage.text import visible

GLYPHS = {"information": "·", "warning": "!", "error": "✗", "done": "✓"}


class StatusLine(Static):
    """A sentence on the left, "12 new · F5 shows them" on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._sentence, self._severity = "", "information"
        self._news, self._paused, self._working = 0, False, 0

    def say(self, sentence: str, severity: str) -> None:
        """Show one sentence until the next."""
        self._sentence, self._severity = visible(sentence).replace("\n", " "), severity
        self.refresh()

    def news(self, count: int, *, paused: bool) -> None:
        """Show how much is held back."""
        if (count, paused) != (self._news, self._paused):
            self._news, self._paused = count, paused
            self.refresh()

    def working(self, begins: bool) -> None:
        """Show that something is being done, until as much has ended as began."""
        self._working += 1 if begins else -1
        self.refresh()

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence

    def render(self) -> Content:
        """One line as wide as the screen."""
        right = self._held()
        room = max(0, self.size.width - right.cell_length - 1)
        left = self._said().truncate(room, ellipsis=True)
        gap = " " * max(0, self.size.width - left.cell_length - right.cell_length)
        return Content.assemble(left, gap, right)

    def _said(self) -> Content:
        if self._working:
            return Content("… working").stylize("$muted")
        if not self._sentence:
            return Content("")
        glyph = GLYPHS.get(self._severity, "·")
        return Content.assemble((f"{glyph} {self._sentence}", f"$say-{self._severity}"))

    def _held(self) -> Content:
        words = [f"{self._news} new"] if self._news else []
        if self._paused:
            words.append(f"display held, {key('pause')} lets go")
        elif self._news:
            words.append(f"{key('refresh')} shows")
        return Content(" · ".join(words)).stylize("$say-warning")

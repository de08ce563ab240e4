"""The status line: one sentence about what just happened, and what is held back."""

from textwrap import wrap

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from console.keys_aboard import key
from storage.text import visible

MOST_LINES, MOST_LINES_FLAT, FLAT = 3, 2, 14
"""So many lines a long sentence may take, and on a terminal of fewer rows than that."""
LEAST_ROOM = 8
"""Fewer columns hold no word to break at."""
GLYPHS = {"information": "·", "warning": "!", "error": "✗", "done": "✓"}


class StatusLine(Static):
    """A sentence on the left, "12 new · F5 shows them" on the right."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._sentence, self._severity = "", "information"
        self.job_id = ""
        """The job that was asked for, where that is what it says."""
        self._news, self._paused, self._working = 0, False, 0

    def say(self, sentence: str, severity: str, job_id: str = "") -> None:
        """Show one sentence until the next, or until it is `past`."""
        self.job_id = job_id
        self._sentence, self._severity = visible(sentence).replace("\n", " "), severity
        self.refresh(layout=True)

    def past(self) -> None:
        """The person went on to something else; what is wrong is said until it is mended."""
        if self._severity != "error":
            self.say("", "information")

    def news(self, count: int, *, paused: bool) -> None:
        """Show how much is held back."""
        if (count, paused) != (self._news, self._paused):
            self._news, self._paused = count, paused
            self.refresh(layout=True)

    def working(self, begins: bool) -> None:
        """Show that something is being done, until as much has ended as began."""
        self._working += 1 if begins else -1
        self.refresh(layout=True)

    @property
    def sentence(self) -> str:
        """What it says."""
        return self._sentence

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the sentence needs, within reason: a reason cut in two explains half."""
        return max(1, len(self._lines(width, viewport.height)))

    def render(self) -> Content:
        """The sentence, and what is held back at the right of its first line."""
        right, width = self._held(), self.size.width
        lines = self._lines(width, self.app.size.height) or [""]
        gap = " " * max(0, width - len(lines[0]) - right.cell_length)
        said = [Content(line).stylize(self._colour()) for line in lines]
        return Content("\n").join([Content.assemble(said[0], gap, right), *said[1:]])

    def _lines(self, width: int, rows: int) -> list[str]:
        room = width - self._held().cell_length - 1
        if room < LEAST_ROOM:
            return [self._said()[: max(0, room)]]
        most = MOST_LINES if rows >= FLAT else MOST_LINES_FLAT
        return wrap(self._said(), room, subsequent_indent="  ", max_lines=most, placeholder=" …")

    def _said(self) -> str:
        if self._working:
            return "… working"
        if not self._sentence:
            return ""
        return f"{GLYPHS.get(self._severity, '·')} {self._sentence}"

    def _colour(self) -> str:
        return "$muted" if self._working else f"$say-{self._severity}"

    def _held(self) -> Content:
        words = [f"{self._news} new"] if self._news else []
        if self._paused:
            words.append(f"display held, {key('pause')} lets go")
        elif self._news:
            words.append(f"{key('refresh')} shows")
        return Content(" · ".join(words)).stylize("$say-warning")

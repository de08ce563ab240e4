"""One thing, whole: facts that scroll, opened from a list and left with Esc."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.clipboard import copy
from console.screens.live import LiveScreen
from console.widgets.facts import Fact, Facts
from console.widgets.keys import KeyLine
from console.widgets.status import StatusLine
from storage.clock import age_words
from storage.database import now
from storage.text import visible


class DetailScreen(LiveScreen):
    """A title, a block of facts, status and keys. A subclass gives `title_of` and `facts`."""

    def title_of(self, answer: Any) -> str:
        """The one line at the top."""
        raise NotImplementedError

    def facts(self, answer: Any) -> Sequence[Fact]:
        """All there is to know."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The frame."""
        yield Static("", classes="detail--title", markup=False)
        yield from self.body()
        yield StatusLine()
        yield KeyLine()

    def body(self) -> Iterable[Widget]:
        """The facts, scrolling."""
        with VerticalScroll(id="facts"):
            yield Facts(names=13)

    def on_mount(self) -> None:
        """Arrow keys scroll."""
        self.query_one("#facts", VerticalScroll).focus()
        self.refresh_keys()

    def show(self, answer: Any) -> None:
        """Draw all of it."""
        self.query_one(".detail--title", Static).update(Content(visible(self.title_of(answer))))
        self.query_one("#facts Facts", Facts).show(self.facts(answer))
        self.refresh_keys()

    def full_time(self, at: datetime | None) -> Content:
        """Ship's time, UTC and age (CONSOLE rule 10)."""
        if at is None:
            return Content("–")
        both = self.bridge.times(at) if self.bridge else f"{at:%Y-%m-%d %H:%M} UTC"
        return Content(f"{both} · {age_words((now() - at).total_seconds())}")

    def action_back(self) -> None:
        """Esc: back to the list."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """y: all of it."""
        text = self.query_one("#facts Facts", Facts).text
        self.say(copy(self.console, text, self.console.home), "done")

"""Sheets to write in: new words for an item, or one line of reason."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from console.keys_aboard import legend
from console.screens.handover.sheet import Sheet, labelled, quote
from console.widgets.fields import QuietInput, QuietTextArea
from storage.text import visible


class WordsSheet(Sheet[bool]):
    """New words and, if wanted, a reason. `verb` takes both."""

    def __init__(
        self,
        title: str,
        sentence: str,
        text: str,
        verb: Callable[[str, str], Any],
        *,
        home: Path,
        draft_name: str,
        above: Content | None = None,
    ) -> None:
        keys = legend(("ctrl+s", "save"), ("tab", "reason"), ("escape", "leave it for later"))
        super().__init__(title, sentence, keys=keys, home=home, draft_name=draft_name)
        self._text, self._verb, self._above = text, verb, above

    def body(self) -> Iterable[Widget]:
        """The words as they are, ready to be changed; control characters are written out."""
        if self._above is not None:
            yield quote(self._above)
        yield QuietTextArea(visible(self._text), id="words")
        yield labelled("Reason (kept with your name; may stay empty)", QuietInput(id="reason"))

    def begin(self) -> None:
        """Start at the end of the words."""
        area = self.query_one("#words", QuietTextArea)
        area.move_cursor(area.document.end)
        area.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the reason: save."""
        self.action_submit()

    def action_submit(self) -> None:
        """ctrl+s: save. Words nobody changed are passed on as they are stored."""
        written = self.query_one("#words", QuietTextArea).text
        text = self._text if written == visible(self._text) else written
        reason = self.query_one("#reason", Input).value
        self.carry_out(lambda: self._verb(text, reason))


class ReasonSheet(Sheet[bool]):
    """One line of reason for one verb; it stays on record."""

    def __init__(
        self,
        title: str,
        sentence: str,
        verb: Callable[[str], Any],
        *,
        home: Path,
        draft_name: str,
        above: Content | None = None,
    ) -> None:
        keys = legend(("enter", "done"), ("escape", "leave it for later"))
        super().__init__(title, sentence, keys=keys, home=home, draft_name=draft_name)
        self._verb, self._above = verb, above

    def body(self) -> Iterable[Widget]:
        """What it is about, and a line to write in."""
        if self._above is not None:
            yield quote(self._above)
        yield QuietInput(id="reason", placeholder="because …")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: carry it out."""
        self.action_submit()

    def action_submit(self) -> None:
        """Carry it out with this reason."""
        reason = self.query_one("#reason", Input).value
        self.carry_out(lambda: self._verb(reason))

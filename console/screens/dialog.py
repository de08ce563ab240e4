"""Dialogs are typed questions: one sheet, one answer, Esc for none."""

from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from console.keys_aboard import legend
from console.screens.smallest import Smallest
from storage.text import visible

Answer = TypeVar("Answer")

OUTSIDE_LINES = 4
SHEET_LINES = 6
"""Frame, title, a complaint, and the line of keys with the space above it."""
FLAT, FLAT_SHEET_LINES = 14, 4
"""Below so many rows a sheet is the whole screen: a title, a complaint, two lines of keys."""


ESC_BACK = legend(("escape", "back"))


class Dismissed(Exception):
    """A person left a dialog without an answer: the command that asked ends here, quietly."""


class Dialog(Smallest, ModalScreen[Answer | None], Generic[Answer]):
    """A sheet with a title, one sentence, a body and a line of keys. Esc answers None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "back", show=False)]

    def __init__(self, title: str, sentence: str = "", *, keys: str = ESC_BACK) -> None:
        super().__init__()
        self.heading = title
        self.sentence = sentence
        self.keys = keys

    def compose(self) -> ComposeResult:
        """The sheet; subclasses fill `body`."""
        with Vertical(classes="sheet"):
            yield Static(Content(visible(self.heading)), classes="sheet--title", markup=False)
            with VerticalScroll(classes="sheet--body", can_focus=False):
                if self.sentence:
                    yield Static(Content(visible(self.sentence)), classes="sheet--sentence")
                yield from self.body()
            yield Static("", classes="sheet--error", markup=False)
            yield Static(Content(self.keys), classes="sheet--keys", markup=False)

    def body(self) -> Iterable[Widget]:
        """What stands between the sentence and the keys."""
        return ()

    def on_mount(self) -> None:
        """A sheet that is only read scrolls with the arrow keys."""
        for body in self.query(".sheet--body"):  # none, when the console is leaving meanwhile
            if not self.focus_chain:
                body.can_focus = True
                body.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the status line of the place in sight, and room for the sheet's own lines.

        A sheet that is a whole screen (`-whole`) keeps what its stylesheet says.
        """
        if self.has_class("-whole"):
            return
        height = event.size.height
        outside, own = (OUTSIDE_LINES, SHEET_LINES) if height >= FLAT else (0, FLAT_SHEET_LINES)
        self.query_one(".sheet").styles.max_height = max(5, height - outside)
        self.query_one(".sheet--body").styles.max_height = max(1, height - outside - own)

    def complain(self, sentence: str) -> None:
        """Say in one sentence why the answer will not do; empty clears it."""
        for line in self.query(".sheet--error").results(Static):  # none, once the sheet is closed
            line.update(Content(visible(sentence)))
            line.set_class(bool(sentence), "-shown")
        if self.focused is not None:  # the line has taken a row from what is written in
            self.call_after_refresh(self.focused.scroll_visible, animate=False)

    def action_leave(self) -> None:
        """Esc: no answer."""
        self.dismiss(None)

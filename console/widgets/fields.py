"""Fields to write in that do not blink: a dark bridge stays dark."""

from typing import Any

from textual.events import Paste
from textual.widgets import Input, TextArea


class QuietInput(Input):
    """One line of text with a steady cursor; coming back to it, a key adds and never replaces."""

    def __init__(self, value: str = "", **options: Any) -> None:
        super().__init__(value, select_on_focus=False, **options)
        self.cursor_blink = False

    def on_paste(self, event: Paste) -> None:
        """Several lines become one; Textual would keep the first and drop the others."""
        event.prevent_default()
        event.stop()
        self.replace(" ".join(event.text.split("\n")), *self.selection)


class QuietTextArea(TextArea):
    """Many lines of text with a steady cursor; Tab leaves the field."""

    def __init__(self, text: str = "", **options: Any) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", **options)
        self.cursor_blink = False

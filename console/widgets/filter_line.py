"""The line above a list: how many rows the filter finds, and the filter while it is written."""

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from console.messages import FilterChanged
from console.widgets.fields import QuietInput


class FilterLine(Horizontal):
    """`193 entries` until `/` is pressed; then a field, with the count beside it."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The field and the count."""
        yield QuietInput(placeholder=self._hint, disabled=True)
        yield Static("", markup=False)

    @property
    def text(self) -> str:
        """The filter."""
        return self.query_one(QuietInput).value

    def show(self, count: str) -> None:
        """Draw how many there are."""
        self.query_one(Static).update(Content(count))

    def open(self) -> None:
        """Begin to write a filter, or go on with one: the very next key goes to its end."""
        self._set_open(True)
        field = self.query_one(QuietInput)
        field.cursor_position = len(field.value)
        self.screen.set_focus(field)

    def write(self, text: str) -> None:
        """Begin with this filter, which can be changed or cleared like any other."""
        self._set_open(True)
        self.query_one(QuietInput).value = text

    def clear(self) -> None:
        """No filter."""
        self.query_one(QuietInput).value = ""
        self._set_open(False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A key: show what it finds so far."""
        event.stop()
        self.post_message(FilterChanged(event.value, final=False))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter: keep it."""
        event.stop()
        self._set_open(bool(event.value))
        self.post_message(FilterChanged(event.value, final=True))

    def _set_open(self, is_open: bool) -> None:
        """By style as well as by class: a class is looked at only after the next key.

        A field that is only hidden could be given the focus, and take what is typed ahead.
        """
        self.set_class(is_open, "-open")
        field = self.query_one(QuietInput)
        field.display, field.disabled = is_open, not is_open

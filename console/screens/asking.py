"""The small questions that a key answers: are you sure, which of these; and what is only read."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from console.keys_aboard import legend
from console.screens.dialog import Dialog
from storage.text import visible


class Confirm(Dialog[bool]):
    """Whether to do something that cannot be undone; nothing happens unless `y` is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "yes", "yes", show=False),
        Binding("n,enter", "leave", "no", show=False),
    ]

    def __init__(self, title: str, sentence: str, *, yes: str, no: str = "leave as it is") -> None:
        super().__init__(title, sentence, keys=legend(("y", yes), ("n,enter,escape", no)))

    def on_key(self, event: Key) -> None:
        """Any other key waits until this is answered, and is told so."""
        if event.is_printable and event.key not in ("y", "n"):
            self.complain(f"This question comes first: {self.keys}.")

    def action_yes(self) -> None:
        """y: do it."""
        self.dismiss(True)


class Choose(Dialog[str]):
    """One of a few; `options` are (answer, words)."""

    def __init__(self, title: str, sentence: str, options: Iterable[tuple[str, str]]) -> None:
        super().__init__(
            title,
            sentence,
            keys=legend(("up,down", "choose"), ("enter", "done"), ("escape", "back")),
        )
        self._options = tuple(options)

    def body(self) -> Iterable[Widget]:
        """The options, one a line."""
        shown = (Option(Content(visible(words)), id=answer) for answer, words in self._options)
        yield OptionList(*shown)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter: this one."""
        self.dismiss(event.option.id)


class Tell(Dialog[bool]):
    """Something to read, whole; nothing is asked."""

    def __init__(self, title: str, text: Content, sentence: str = "") -> None:
        super().__init__(title, sentence, keys=legend(("escape", "back")))
        self._text = text

    def body(self) -> Iterable[Widget]:
        """The text."""
        yield Static(self._text)

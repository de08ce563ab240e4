"""A box a person ticks before a signature: a word in brackets, so it shows without colour."""

from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.events import Key
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget


class Tick(Widget, can_focus=True):
    """`[ ] words`; Space ticks it, or takes the tick away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "tick", "tick", show=False)]

    is_ticked: reactive[bool] = reactive(False)

    @dataclass
    class Ticked(Message):
        """The box was ticked, or no longer is."""

        is_ticked: bool

    @dataclass
    class PinBegun(Message):
        """A digit was typed here instead of in the PIN's field."""

        digit: str

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words

    def render(self) -> Content:
        """The box and its words."""
        box = "[x]" if self.is_ticked else "[ ]"
        return Content.assemble((box, "$key"), f" {self._words}")

    def on_key(self, event: Key) -> None:
        """A digit is the PIN begun too early: pass it on to whoever has the field for it."""
        if event.character and event.character.isdigit():
            event.stop()
            self.post_message(self.PinBegun(event.character))

    def action_tick(self) -> None:
        """Space: tick it, or take the tick away."""
        self.is_ticked = not self.is_ticked
        self.post_message(self.Ticked(self.is_ticked))

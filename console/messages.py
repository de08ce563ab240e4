"""The whole conversation of the console on one page. Widgets report, screens decide."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

if TYPE_CHECKING:
    from console.snapshots.bridge import Bridge


@dataclass
class StoreRead(Message):
    """background → the screen that asked: one frozen picture of the store."""

    bridge: "Bridge"
    answer: Any

    def can_replace(self, message: Message) -> bool:
        """Only the newest picture matters."""
        return isinstance(message, StoreRead)


@dataclass
class StoreUnreadable(Message):
    """background → the screen that asked: the store did not answer; the sentence says why."""

    sentence: str

    def can_replace(self, message: Message) -> bool:
        """Only the newest complaint matters."""
        return isinstance(message, StoreUnreadable)


@dataclass
class RowHighlighted(Message):
    """a list → its screen: the cursor is on another row."""

    list_id: str | None
    row_id: str

    def can_replace(self, message: Message) -> bool:
        """Only where the cursor came to rest matters."""
        return isinstance(message, RowHighlighted) and message.list_id == self.list_id


@dataclass
class MarksChanged(Message):
    """a list → its screen: rows were marked, or are no longer."""

    list_id: str | None


@dataclass
class EndReached(Message):
    """a list → its screen: the cursor nears an end of what is loaded."""

    list_id: str | None
    older: bool


@dataclass
class FilterChanged(Message):
    """the filter line → its screen: show only what this text asks for."""

    text: str
    final: bool

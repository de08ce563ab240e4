"""`?`: every key that works here, and what it does; what cannot be done now says why."""

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from console.command import Command
from console.screens.dialog import Dialog

MOVING = (
    ("↑ ↓ j k", "move the cursor; PgUp, PgDn, Home and End go further"),
    ("Tab", "the next part of the screen"),
)


class HelpSheet(Dialog[bool]):
    """The keys of one screen."""

    def __init__(
        self, commands: Sequence[type[Command]], reasons: Mapping[str, str | None]
    ) -> None:
        super().__init__("Keys that work here", keys="↑↓ scroll   Esc back")
        self._commands, self._reasons = commands, reasons

    def body(self) -> Iterable[Widget]:
        """One line a command."""
        lines = [_line(key, "", words, None) for key, words in MOVING]
        lines += [
            _line(c.key_label(), c.name, c.sentence(), self._reasons.get(c.id()))
            for c in self._commands
        ]
        yield Static(Content("\n").join(lines))


def _line(key: str, name: str, sentence: str, reason: str | None) -> Content:
    parts = [Content.assemble((f"{key:<8}", "$key"), (f"{name:<15} " if name else "", "bold"), sentence)]
    if reason:
        parts.append(Content.assemble((f"\n{'':<8}not now: {reason}", "$say-warning")))
    return Content("").join(parts)

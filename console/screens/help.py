"""`?`: every key that works here, and what it does; what cannot be done now says why."""

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content
from textual.widget import Widget

from console.command import Command
from console.screens.dialog import Dialog
from console.widgets.facts import Fact, Facts

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
        """One fact a command."""
        moving = [(key, Content(words)) for key, words in MOVING]
        yield Facts([*moving, *(fact for c in self._commands for fact in self._facts(c))], names=9)

    def _facts(self, command: type[Command]) -> list[Fact]:
        said = Content.assemble((command.name, "bold"), f"  {command.sentence()}")
        reason = self._reasons.get(command.id())
        if reason is None:
            return [(command.key_label(), said)]
        no = Content.assemble((f"not now: {reason}", "$say-warning"))
        return [(command.key_label(), said), ("", no)]

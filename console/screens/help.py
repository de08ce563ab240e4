"""`?`: every key that works here, and what it does; what cannot be done now says why."""

from collections.abc import Iterable, Mapping, Sequence

from textual.content import Content
from textual.widget import Widget

from console.commands.command import Command
from console.keys_aboard import legend
from console.screens.dialog import Dialog
from console.widgets.facts import Fact, Facts
from storage.matching import Fields

MOVING = (
    ("↑ ↓ j k", "move the cursor; PgUp, PgDn, Home and End go further"),
    ("Tab", "the next part of the screen"),
)
FILTERING = (
    ("filter", "words that must occur, “quoted words”, and fields: name:value or name:one,other"),
    ("", "not, or and brackets work; numbers and times take > >= < <= and !="),
)


class HelpSheet(Dialog[bool]):
    """The keys of one screen."""

    def __init__(
        self,
        commands: Sequence[type[Command]],
        reasons: Mapping[str, str | None],
        fields: Fields,
        keymap: Mapping[str, str],
    ) -> None:
        super().__init__(
            "Keys that work here", keys=legend(("up,down", "scroll"), ("escape", "back"))
        )
        self._commands, self._reasons, self._fields = commands, reasons, fields
        self._keymap = keymap

    def body(self) -> Iterable[Widget]:
        """One fact a command."""
        moving = [(key, Content(words)) for key, words in MOVING]
        told = [fact for command in self._commands for fact in self._facts(command)]
        yield Facts([*moving, *told, *self._filter_facts()], names=9)

    def _filter_facts(self) -> list[Fact]:
        if not self._fields:
            return []
        named = [(f"{name}:", Content(field.sentence)) for name, field in self._fields.items()]
        return [*((key, Content(words)) for key, words in FILTERING), *named]

    def _facts(self, command: type[Command]) -> list[Fact]:
        said = Content.assemble((command.name, "bold"), f"  {command.sentence()}")
        reason = self._reasons.get(command.id())
        if reason is None:
            return [(command.key_label(self._keymap), said)]
        no = Content.assemble((f"not now: {reason}", "$say-warning"))
        return [(command.key_label(self._keymap), said), ("", no)]

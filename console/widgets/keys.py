"""The line of keys at the bottom: what works here, dimmed where it does not work now."""

from collections.abc import Mapping, Sequence

from textual.content import Content
from textual.widgets import Static

from console.commands.command import NO_KEYMAP, Command


class KeyLine(Static):
    """`? help  n new entry  (r retry)`: in brackets and dim what is not possible now."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self._commands: tuple[type[Command], ...] = ()
        self._reasons: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        self._keymap = NO_KEYMAP

    def show(
        self,
        commands: Sequence[type[Command]],
        reasons: Mapping[str, str | None],
        names: Mapping[str, str],
        keymap: Mapping[str, str],
    ) -> None:
        """Draw these commands by their keys aboard; one with a reason cannot be done now.

        `names` holds what some of them are called as things stand.
        """
        self._keymap = keymap
        shown = tuple(command for command in commands if command.footer)
        if (shown, reasons, names) != (self._commands, self._reasons, self._names):
            self._commands, self._reasons, self._names = shown, dict(reasons), dict(names)
            self.refresh()

    def render(self) -> Content:
        """As many keys as fit; help and quit always do.

        What works everywhere gives way first, then what cannot be done now.
        """
        last = [c for c in self._commands if c.id() in ("help", "quit")]
        first = [c for c in self._commands if c not in last]
        while first and _width([self._part(c) for c in (*first, *last)]) > self.size.width:
            everywhere = [command for command in first if not command.places]
            idle = [command for command in first if self._reasons.get(command.id())]
            first.remove((everywhere or idle or first)[-1])
        return Content("  ").join(self._part(command) for command in (*first, *last))

    def _part(self, command: type[Command]) -> Content:
        key = command.key_label(self._keymap)
        name = self._names.get(command.id(), command.name)
        if self._reasons.get(command.id()):
            return Content.assemble((f"({key} {name})", "$muted"))
        return Content.assemble((key, "$key"), f" {name}")


def _width(parts: Sequence[Content]) -> int:
    return sum(part.cell_length for part in parts) + 2 * max(0, len(parts) - 1)

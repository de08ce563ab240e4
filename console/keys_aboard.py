"""The keys in force, for the sentences people read: nothing shown names a key in any other way.

A key map is read once, when the console starts; until then, and where there are no keys at all, a
command has the key it was built with.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from console.commands.command import KEY_LABELS, NO_KEYMAP
from console.commands.table import COMMANDS

SHEET_KEYS = frozenset(
    {"enter", "escape", "space", "tab", "shift+tab", "ctrl+s", "ctrl+r", "ctrl+t", "ctrl+q",
     "up", "down", "pageup", "pagedown"}
)  # fmt: skip
"""Keys that do the same in every sheet, and are no command's there."""

_aboard: dict[str, str] = {}


def take_up(keymap: Mapping[str, str]) -> None:
    """From now on sentences name these keys, by command id; for all others the built-in ones."""
    _aboard.update((command.id(), command.key_label(keymap)) for command in COMMANDS)


@contextmanager
def saying(words: Mapping[str, str]) -> Iterator[None]:
    """Meanwhile sentences name these words instead of keys, by command id: nothing is pressed."""
    before = dict(_aboard)
    _aboard.update(words)
    try:
        yield
    finally:
        _aboard.update(before)


def key(command_id: str) -> str:
    """The key of a command as it is aboard, as people write it.

    Raises:
        KeyError: there is no such command.
    """
    return _aboard[command_id]


def fixed(name: str) -> str:
    """A key that sheets and lists have of their own, as people write it.

    Raises:
        KeyError: there is no such key.
    """
    if name not in SHEET_KEYS:
        raise KeyError(name)
    return KEY_LABELS.get(name, name)


def legend(*keys: tuple[str, str]) -> str:
    """`y do it   n, Enter or Esc leave it`: the keys of a sheet, with what they do there.

    Several that do the same are separated by commas, as in a command.
    """
    return "   ".join(f"{_any_of(names.split(','))} {does}" for names, does in keys)


def _any_of(names: Sequence[str]) -> str:
    *others, last = (KEY_LABELS.get(name, name) for name in names)
    if not others or names == ["up", "down"]:
        return "".join((*others, last))
    return f"{', '.join(others)} or {last}"


take_up(NO_KEYMAP)

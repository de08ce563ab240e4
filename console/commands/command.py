"""A command is a class: its key, its name and one sentence. Everything shown derives from it."""

import re
from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.keys import key_to_character

KEY_LABELS = {
    "question_mark": "?",
    "slash": "/",
    "equals_sign": "=",
    "plus": "+",
    "colon": ":",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "space": "Space",
    "tab": "Tab",
    "shift+tab": "shift+Tab",
    "enter": "Enter",
    "escape": "Esc",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "f5": "F5",
}
NO_KEYMAP: Mapping[str, str] = {}
"""Every command has the key it was built with."""


class Command:
    """One thing a person can do from the keyboard. The docstring is its one sentence.

    A screen carries it out in `action_<id>`, where the id is the class name in small letters, and
    may say why it cannot be done now in `why_not_<id>`.
    """

    key: ClassVar[str]
    """Textual's name of the key; several are separated by commas, the first one is shown."""
    name: ClassVar[str]
    places: ClassVar[tuple[str, ...]] = ()
    """Where it exists; empty means on every screen."""
    footer: ClassVar[bool] = False
    """Whether it is worth a word in the one line of keys."""

    @classmethod
    def id(cls) -> str:
        """The name programs and key maps use: `NewEntry` is `new_entry`."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", cls.__name__).lower()

    @classmethod
    def sentence(cls) -> str:
        """What it does, for help, palette and README."""
        return " ".join((cls.__doc__ or "").split())

    @classmethod
    def key_label(cls, keymap: Mapping[str, str] = NO_KEYMAP) -> str:
        """The shown key as people write it; `keymap` holds the keys given to other commands."""
        return label_of(keymap.get(cls.id(), cls.key).partition(",")[0])


def label_of(key: str) -> str:
    """A key as people write it: `slash` is `/`, `ctrl+a` is `^a`, `alt+full_stop` is `alt+.`."""
    modifiers, plus, bare = key.rpartition("+")
    label = KEY_LABELS.get(bare) or key_to_character(bare) or bare
    return f"{modifiers}{plus}{label}".replace("ctrl+", "^")


def bindings_of(commands: Iterable[type[Command]]) -> list[BindingType]:
    """The keys of these commands, each remappable by the command's id."""
    return [
        Binding(
            command.key,
            f"do('{command.id()}')",
            command.name,
            show=command.footer,
            tooltip=command.sentence(),
            id=command.id(),
        )
        for command in commands
    ]

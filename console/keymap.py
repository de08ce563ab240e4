"""Other keys for commands, by the ids of the commands (pure): what fits holds, the rest is said."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from console.commands.command import Command
from console.commands.table import COMMANDS, commands_for

FIXED = frozenset(
    {"up", "down", "left", "right", "j", "k", "g", "G", "pageup", "pagedown", "home", "end",
     "space", "tab", "shift+tab", "ctrl+c", "ctrl+q", "ctrl+z"}
)  # fmt: skip
"""Keys that move, mark, copy, suspend or leave wherever somebody is."""
MODIFIERS = ("ctrl+", "alt+", "shift+", "super+")


def settle(asked: Mapping[str, Any]) -> tuple[dict[str, str], list[str]]:
    """The keys that can be given as asked, by command id, and a sentence for each that cannot."""
    known = {command.id(): command for command in COMMANDS}
    kept, problems = {}, []
    for name, keys in asked.items():
        problem = _problem(name, keys, known)
        if problem:
            problems.append(f"settings.toml [keys]: {problem}")
        else:
            kept[name] = ",".join(_textual_name(key) for key in keys.split(","))
    while clash := _clash(kept):
        name, other, key = clash
        held = f"{other.id()} has it on the same screen"
        problems.append(f"settings.toml [keys]: {name} cannot be {key}; {held}.")
        del kept[name]
    return kept, problems


def keys_of_command(command: type[Command], keymap: Mapping[str, str]) -> list[str]:
    """The keys of a command as they are aboard."""
    return keymap.get(command.id(), command.key).split(",")


def _problem(name: str, keys: Any, known: Iterable[str]) -> str | None:
    if name not in known:
        return f"there is no command {name!r}; docs/keys.md lists them."
    if not isinstance(keys, str) or not keys.strip():
        return f"{name} is a key in quotes, or several with commas."
    for key in (key.strip() for key in keys.split(",")):
        if not _is_key(key):
            return f"{name}: there is no key {key!r}."
        if _textual_name(key) in FIXED:
            return f"{name} cannot be {key}, which does the same everywhere."
    return None


def _clash(kept: Mapping[str, str]) -> tuple[str, type[Command], str] | None:
    """The last of the given keys that another command has on a screen of both."""
    places = {place for command in COMMANDS for place in command.places}
    for name in reversed(list(kept)):
        for place in sorted(places):
            here = commands_for(place)
            mine = next((command for command in here if command.id() == name), None)
            for other in here if mine else ():
                shared = {*kept[name].split(",")} & {*keys_of_command(other, kept)}
                if other is not mine and shared:
                    return name, other, min(shared)
    return None


def _textual_name(key: str) -> str:
    """`?` is `question_mark` to Textual; a word is its own name."""
    key = key.strip()
    return _name_of(key) if len(key) == 1 else key


def _name_of(character: str) -> str:
    if character.isalnum():
        return character
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


NAMED = {key.value for key in Keys} | {_name_of(chr(code)) for code in range(33, 127)}


def _is_key(key: str) -> bool:
    bare = key
    for modifier in MODIFIERS:
        bare = bare.removeprefix(modifier)
    return bare in NAMED or key in NAMED or (len(bare) == 1 and bare.isprintable())

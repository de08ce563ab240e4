"""What settings.toml says of the console: how it is drawn, and which keys do what.

    [console]
    palette = "night"              # dusk, night, day, contrast
    colours = "16"                 # full, 16, none; else what the terminal can do
    plain_borders = true           # ASCII only; else where the terminal needs it

    [keys]
    go_audit = "f9"                # by the ids of docs/keys.md; several: "f9,ctrl+g"

A preference that cannot be followed is one sentence, and the others hold: a wrong key must not keep
an officer from the handover.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.drawing.look import Colours, Wish
from console.drawing.palettes import PALETTES
from console.keymap import settle
from storage.foreign import read_toml
from storage.jobs.limits import FILE_NAME

ALLOWED: dict[str, tuple[object, ...]] = {
    "palette": tuple(palette.name for palette in PALETTES),
    "colours": tuple(colours.value for colours in Colours),
    "plain_borders": (True, False),
}


@dataclass(frozen=True)
class Preferences:
    """What is to hold, and a sentence for each thing that cannot. `keys`: command id → keys."""

    wish: Wish = field(default_factory=Wish)
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def read_preferences(home: Path) -> Preferences:
    """The preferences in a store's folder; those of a ship without the file when there is none."""
    try:
        told = read_toml((home / FILE_NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Preferences()
    except (OSError, ValueError) as error:
        return Preferences(problems=(f"{FILE_NAME} cannot be read: {error}.",))
    drawn, asked = told.get("console", {}), told.get("keys", {})
    problems = [*_problems(drawn), *_not_a_table("keys", asked)]
    keys, clashes = settle(asked if isinstance(asked, dict) else {})
    return Preferences(_wish(drawn), keys, (*problems, *clashes))


def _problems(drawn: Any) -> Iterator[str]:
    yield from _not_a_table("console", drawn)
    for name, value in drawn.items() if isinstance(drawn, dict) else ():
        if name not in ALLOWED:
            yield f"{FILE_NAME} [console]: there is no {name!r}; there are {', '.join(ALLOWED)}."
        elif not _is_allowed(name, value):
            known = ", ".join(_as_written(one) for one in ALLOWED[name])
            yield f"{FILE_NAME} [console]: {name} is one of {known}, not {value!r}."


def _not_a_table(name: str, told: Any) -> Iterator[str]:
    if not isinstance(told, dict):
        yield f"{FILE_NAME}: {name} is a table of its own, [{name}]."


def _wish(drawn: Any) -> Wish:
    good = {n: v for n, v in drawn.items() if _is_allowed(n, v)} if isinstance(drawn, dict) else {}
    colours = good.get("colours")
    return Wish(good.get("palette"), colours and Colours(colours), good.get("plain_borders"))


def _is_allowed(name: str, value: object) -> bool:
    """Without taking 1 for true."""
    return any(value == one and type(value) is type(one) for one in ALLOWED.get(name, ()))


def _as_written(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else f'"{value}"'

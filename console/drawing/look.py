"""How the console is drawn here: what the terminal can do, and what was asked for (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console

COLOURLESS_TERMINALS = frozenset({"vt100", "vt102", "vt220", "dumb", "unknown"})
ASCII_TERMINALS = frozenset({*COLOURLESS_TERMINALS, "linux", "ansi", "cons25"})
"""Their character sets lack the glyphs of the console, whatever the locale says."""
ASCII_LOCALES = frozenset({"C", "POSIX"})


class Colours(StrEnum):
    """How many colours are used."""

    FULL = "full"
    SIXTEEN = "16"
    NONE = "none"


@dataclass(frozen=True)
class Look:
    """`palette`: the one to begin with; `encoding`: what the terminal's text is written in."""

    palette: str = "dusk"
    colours: Colours = Colours.FULL
    plain_borders: bool = False
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Wish:
    """What somebody asked for; None leaves it to the terminal."""

    palette: str | None = None
    colours: Colours | None = None
    plain_borders: bool | None = None


def look_for(environment: Mapping[str, str], encoding: str, wish: Wish) -> Look:
    """The look for a terminal that says this of itself; `NO_COLOR` goes before every wish."""
    colours = Colours.NONE if "NO_COLOR" in environment else wish.colours
    plain = wish.plain_borders
    if _locale(environment) in ASCII_LOCALES:
        encoding = "ascii"  # Python would write UTF-8 all the same
    return Look(
        palette=wish.palette or Look.palette,
        colours=colours or _colours_of(environment),
        plain_borders=_needs_ascii(environment, encoding) if plain is None else plain,
        encoding=encoding,
    )


def _colours_of(environment: Mapping[str, str]) -> Colours:
    if _terminal(environment) in COLOURLESS_TERMINALS:
        return Colours.NONE
    known = Console(force_terminal=True, _environ=environment).color_system
    return Colours.FULL if known in ("256", "truecolor") else Colours.SIXTEEN


def _needs_ascii(environment: Mapping[str, str], encoding: str) -> bool:
    speaks_utf8 = encoding.lower().replace("-", "") == "utf8"
    return not speaks_utf8 or _terminal(environment) in ASCII_TERMINALS


def _locale(environment: Mapping[str, str]) -> str:
    """The one that decides about characters; empty when nothing is said."""
    named = (environment.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG"))
    return next(filter(None, named), "")


def _terminal(environment: Mapping[str, str]) -> str:
    return environment.get("TERM", "").lower()

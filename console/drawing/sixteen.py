"""The palettes on a terminal of sixteen colours, or of none.

Such a terminal cannot be trusted with nearest colours: two that differ by day are one there, and
its bold may be its bright. So each palette says which of the sixteen its meanings become. Paper is
one of the first eight, because some terminals blink for the others. Where ink and paper would lie
too close, the paper has one ink for all words: glyph and word still tell them apart.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE = range(8)
BRIGHT = 8
DARK = (None, BLACK, BLUE)
"""Papers on which words may be bold: a terminal that makes bold bright spoils the others."""
HUE = re.compile(r"#[0-9a-fA-F]{6}")
Hue = tuple[int, int, int]
T = TypeVar("T")


@dataclass(frozen=True)
class Paper:
    """What a background becomes. `ink`: that of every word on it; `reverse`: ink and paper swap."""

    colour: int | None
    ink: int | None = None
    reverse: bool = False


@dataclass(frozen=True)
class Form:
    """A palette in few colours, by the names of its meanings; one that is not named is `ink`."""

    paper: Paper
    ink: int | None
    bar: Paper
    cursor: Paper
    inks: Mapping[str, int] = field(default_factory=dict)


_BLUE, _YELLOW, _BAD = BRIGHT + BLUE, BRIGHT + YELLOW, BRIGHT + RED
_ON_DARK = {
    "muted": CYAN, "key": _YELLOW, "primary": _YELLOW, "place-here": _YELLOW,
    "safety": _BAD, "compliance": BRIGHT + MAGENTA, "guest": BRIGHT + CYAN, "cost": YELLOW,
    "debt": YELLOW, "queued": _YELLOW, "running": BRIGHT + CYAN, "done": BRIGHT + GREEN,
    "failed": _BAD, "error": _BAD, "say-done": BRIGHT + GREEN, "say-warning": _YELLOW,
    "say-error": _BAD, "rule": CYAN,
}  # fmt: skip

FORMS = {
    "dusk": Form(Paper(BLACK), WHITE, Paper(BLUE), Paper(CYAN, BLACK), _ON_DARK),
    "contrast": Form(
        Paper(BLACK),
        BRIGHT + WHITE,
        Paper(BLUE, BRIGHT + WHITE),
        Paper(WHITE, BLACK),
        {**_ON_DARK, "muted": WHITE, "rule": WHITE, "cost": _YELLOW, "debt": _YELLOW},
    ),
    "night": Form(
        Paper(BLACK),
        RED,
        Paper(BLACK),
        Paper(BLACK, _BAD, reverse=True),
        dict.fromkeys(
            ("place-here", "safety", "compliance", "running", "failed", "error", "say-error"), _BAD
        ),
    ),
    "day": Form(
        Paper(WHITE),
        BLACK,
        Paper(CYAN, BLACK),
        Paper(BLUE, BRIGHT + WHITE),
        {
            **dict.fromkeys(("key", "primary", "place-here", "guest", "running"), BLUE),
            **dict.fromkeys(("safety", "compliance", "failed", "error", "say-error"), RED),
        },
    ),
}
"""By the name of the palette."""

COLOURLESS = Form(Paper(None), None, Paper(None), Paper(None, reverse=True))
"""No colour at all (`NO_COLOR`): the cursor is reversed, everything else is words and glyphs."""


class FewColours(LineFilter):
    """Draws a palette in its form of sixteen colours; or, without `sixteen`, in none."""

    def __init__(self, palette: Theme, *, sixteen: bool) -> None:
        super().__init__()
        form = FORMS[palette.name] if sixteen else COLOURLESS
        self._form, self._papers, self._inks = form, _papers(palette, form), _inks(palette, form)
        self._style = lru_cache(4096)(self._written)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same text in other colours."""
        return [
            Segment(text, self._style(style) if style else style, control)
            for text, style, control in segments
        ]

    def _written(self, style: Style) -> Style:
        paper = _nearest(self._papers, style.bgcolor) or self._form.paper
        ink = paper.ink if paper.ink is not None else self._ink(style.color)
        return style + Style(
            color=_named(ink),
            bgcolor=_named(paper.colour),
            reverse=bool(style.reverse) != paper.reverse,
            bold=None if paper.colour in DARK else False,
        )

    def _ink(self, colour: RichColor | None) -> int | None:
        found = _nearest(self._inks, colour)
        return self._form.ink if found is None else found


def _papers(palette: Theme, form: Form) -> dict[Hue, Paper]:
    """What each background of the palette becomes; a bar of colour is the cursor's."""
    hues = {
        palette.foreground: form.cursor,
        palette.primary: form.cursor,
        palette.variables["rule"]: form.bar,
        palette.panel: form.bar,
        palette.surface: form.paper,
        palette.background: form.paper,
        palette.variables["cursor-background"]: form.cursor,
    }
    return {_hue(text): paper for text, paper in hues.items() if text}


def _inks(palette: Theme, form: Form) -> dict[Hue, int | None]:
    """What each colour of words becomes; a word in the colour of the paper stays unseen."""
    words = {"background": palette.background, "foreground": palette.foreground}
    words |= {"primary": palette.primary, "error": palette.error, **palette.variables}
    meant = {**form.inks, "background": form.paper.colour}
    return {_hue(text): meant.get(name, form.ink) for name, text in words.items() if text}


def _hue(text: str) -> Hue:
    found = HUE.search(text)
    assert found is not None, f"{text!r} names no colour"
    return Color.parse(found[0]).rgb


def _nearest(known: Mapping[Hue, T], colour: RichColor | None) -> T | None:
    if colour is None or colour.is_default:
        return None
    red, green, blue = colour.get_truecolor()

    def distance(hue: Hue) -> int:
        return (hue[0] - red) ** 2 + (hue[1] - green) ** 2 + (hue[2] - blue) ** 2

    return known[min(known, key=distance)]


def _named(number: int | None) -> RichColor:
    return RichColor.parse("default") if number is None else RichColor.from_ansi(number)

"""Palettes by the light on the bridge. Colours are named for what they mean (pure).

Night is red on black and nothing else, so that eyes stay adapted to the dark. Contrast is for bad
eyes, bad screens and bright sun: every word stands out at least seven to one. How each looks on a
terminal of sixteen colours is said in sixteen.py.
"""

from textual.theme import Theme

DAY = Theme(
    name="day",
    primary="#1f4e79",
    foreground="#16202a",
    background="#f4f1ea",
    surface="#ebe6db",
    panel="#ded7c8",
    warning="#8a5a00",
    error="#a3211b",
    success="#1d6b3a",
    dark=False,
    variables={
        "muted": "#6b6a64",
        "key": "#1f4e79 bold",
        "place-here": "bold #1f4e79",
        "safety": "bold #a3211b",
        "compliance": "bold #7a3e9d",
        "guest": "#1f5f8b",
        "cost": "#8a5a00",
        "debt": "#6b5b3e",
        "queued": "#8a5a00",
        "running": "#1f5f8b",
        "done": "#1d6b3a",
        "failed": "bold #a3211b",
        "say-information": "#16202a",
        "say-done": "#1d6b3a",
        "say-warning": "#8a5a00",
        "say-error": "bold #a3211b",
        "cursor-background": "#cfe0ee",
        "rule": "#c9c1b0",
    },
)

DUSK = Theme(
    name="dusk",
    primary="#7fb4d8",
    foreground="#c8ccd0",
    background="#10151a",
    surface="#161d24",
    panel="#1e2730",
    warning="#d9a441",
    error="#e06c5f",
    success="#7dbb84",
    dark=True,
    variables={
        "muted": "#77828c",
        "key": "#7fb4d8 bold",
        "place-here": "bold #9fd0f0",
        "safety": "bold #ef7d70",
        "compliance": "bold #c59be0",
        "guest": "#7fb4d8",
        "cost": "#d9a441",
        "debt": "#b3a284",
        "queued": "#d9a441",
        "running": "#7fb4d8",
        "done": "#7dbb84",
        "failed": "bold #ef7d70",
        "say-information": "#c8ccd0",
        "say-done": "#7dbb84",
        "say-warning": "#d9a441",
        "say-error": "bold #ef7d70",
        "cursor-background": "#24435a",
        "rule": "#2b3742",
    },
)

_RED, _DIM, _BRIGHT = "#c03018", "#9a2e1a", "#f0452a"

NIGHT = Theme(
    name="night",
    primary=_RED,
    secondary=_RED,
    accent=_RED,
    foreground=_RED,
    background="#000000",
    surface="#0a0000",
    panel="#140200",
    warning=_RED,
    error=_BRIGHT,
    success=_RED,
    dark=True,
    variables={
        "muted": _DIM,
        "key": f"bold {_RED}",
        "place-here": f"bold {_BRIGHT}",
        "safety": f"bold {_BRIGHT}",
        "compliance": f"bold {_BRIGHT}",
        "guest": _RED,
        "cost": _RED,
        "debt": _RED,
        "queued": _RED,
        "running": _BRIGHT,
        "done": _RED,
        "failed": f"bold {_BRIGHT}",
        "say-information": _RED,
        "say-done": _RED,
        "say-warning": f"bold {_RED}",
        "say-error": f"bold {_BRIGHT}",
        "cursor-background": "#300a03",
        "rule": "#4a1006",
    },
)

CONTRAST = Theme(
    name="contrast",
    primary="#ffe000",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#141414",
    warning="#ffd24d",
    error="#ff9d94",
    success="#7df09a",
    dark=True,
    variables={
        "muted": "#d0d0d0",
        "key": "#ffe000 bold",
        "place-here": "bold underline #ffe000",
        "safety": "bold #ff9d94",
        "compliance": "bold #e6b8ff",
        "guest": "#9fdaff",
        "cost": "#ffd24d",
        "debt": "#e6cf9f",
        "queued": "#ffd24d",
        "running": "#9fdaff",
        "done": "#7df09a",
        "failed": "bold #ff9d94",
        "say-information": "#ffffff",
        "say-done": "#7df09a",
        "say-warning": "#ffd24d",
        "say-error": "bold #ff9d94",
        "cursor-background": "#00184a",
        "rule": "#9a9a9a",
    },
)

PALETTES = (DUSK, NIGHT, DAY, CONTRAST)
"""In the order `T` goes through them."""


def after(name: str) -> str:
    """The palette that follows this one."""
    names = [palette.name for palette in PALETTES]
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]

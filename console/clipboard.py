"""Copying: to the terminal's clipboard where there is one, else to a file."""

import os
from pathlib import Path

from textual.app import App

DEAF_TERMINALS = frozenset({"", "dumb", "linux", "vt100", "vt220"})
"""Terminals that swallow OSC 52 without a clipboard behind it."""


def copy(app: App[int], text: str, home: Path) -> str:
    """Copy `text` and return the sentence that says where it went."""
    if os.environ.get("TERM", "") not in DEAF_TERMINALS:
        app.copy_to_clipboard(text)
        return "Copied to the terminal's clipboard."
    path = home / "copied.txt"
    path.touch(mode=0o600)
    path.write_text(text)
    return f"This terminal has no clipboard: written to {path}."

"""Borders and glyphs in ASCII, one cell for one cell, where a terminal has nothing better.

What people wrote stays as they wrote it wherever the terminal's encoding can write it; what it
cannot is written by its nearest letters, else as `?`.
"""

import unicodedata
from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from console.drawing import charts

GLYPHS = {
    "─": "-", "━": "-", "│": "|", "┃": "|", "·": ".", "•": "*", "→": ">", "…": "~", "–": "-",
    "—": "-", "✓": "+", "✗": "x", "▶": ">", "▸": ">", "○": "o", "●": "@", "▲": "^", "▽": "v",
    "■": "#", "◆": "*", "█": "#", "░": ".", "▒": ":", "▓": "#", "↑": "^", "↓": "v", "↘": "\\",
    "↻": "@", "⏎": "/", "≠": "!", "×": "x", "»": ">", "‹": "<", "›": ">", "“": '"', "”": '"',
    "’": "'", "‖": "|", "✎": "e", "Σ": "S", "▌": ">", "▐": "|", "▎": "|", "▊": "|", "▁": "_",
    "▔": "-", "▀": "-", "▤": "=", "▥": "=", "⌘": "*", "⎙": "p", "⎌": "r", "⌖": "c", "☰": "=",
    "☑": "v", "∑": "S", "⚑": "!", "⟳": "@", "✂": "%",
    **dict(zip(charts.BLOCKS.nothing + charts.BLOCKS.steps,
               charts.ASCII.nothing + charts.ASCII.steps, strict=True)),
}  # fmt: skip
"""What the console itself draws. Every other line of a box is `+`."""

BOXES = range(0x2500, 0x2580)
BLOCKS = range(0x2580, 0x25A0)


class AsciiOnly(LineFilter):
    """Draws every glyph and border in ASCII on a terminal of this encoding."""

    def __init__(self, encoding: str = "ascii") -> None:
        super().__init__()
        self._encoding = encoding
        self._written = lru_cache(4096)(self._write)

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells in other characters."""
        return [
            segment
            if segment.text.isascii()
            else segment._replace(text=self._written(segment.text))
            for segment in segments
        ]

    def _write(self, text: str) -> str:
        return "".join(self._character(character) for character in text)

    def _character(self, character: str) -> str:
        if character.isascii():
            return character
        if character in GLYPHS:
            return GLYPHS[character]
        if ord(character) in BOXES:
            return "+"
        if ord(character) in BLOCKS:
            return "#"
        return self._of_people(character)

    def _of_people(self, character: str) -> str:
        try:
            character.encode(self._encoding)
        except UnicodeEncodeError:
            letters = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
            room = cell_len(character)
            return letters if len(letters) == room else "?" * room
        return character

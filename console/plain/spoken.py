"""Text as it is read aloud: no glyph that a screen reader would spell out, no key to press (pure).

Every glyph of the console stands beside a word, so nothing is lost with it.
"""

import re
import unicodedata

from storage.text import visible

SAID = {"→": "to", "×": "times", "≠": "not the same", "–": ",", "—": ",", "…": "..."}
"""Signs that carry a word of their own."""
FROM_TO = re.compile(r"(?<=\d)–(?=\d)")


def spoken(text: str) -> str:
    """One line of text without glyphs; `·` is a comma."""
    words = "".join(map(_said, FROM_TO.sub(" to ", visible(text).replace("\n", " "))))
    closed = re.sub(r"\s+([,.;:])", r"\1", " ".join(words.split()))
    return re.sub(r"[,.]+\.$", ".", closed).removeprefix("! ").replace(": ! ", ": ").strip(" ,")


def without_keys(text: str) -> str:
    """The part of a sentence of the screen that names no key: what stands before `;`."""
    return text.partition(";")[0]


def _said(character: str) -> str:
    if character.isascii():
        return character
    if character == "·":
        return ","
    if character in SAID:
        return f" {SAID[character]} "
    return " " if unicodedata.category(character) in ("So", "Sm", "Cn", "Co") else character

"""Text from people and files, made safe to look at (pure; I17).

Stored text is kept verbatim; only what is shown passes through here, on paper and on screen alike.
"""

import re

_UNSEEN = re.compile(
    "["
    "\x00-\x09\x0b-\x1f\x7f-\x9f"  # control characters, the newline excepted
    "\xad\u180e\u200b-\u200f\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # no width
    "\u061c\u2028-\u202e"  # line and paragraph separators, directions
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"  # other format characters
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\ud800-\udfff"  # halves of a character, which no encoding can write
    "]"
)


def visible(text: str) -> str:
    """The text with every character that acts or hides instead of showing written as `<U+202E>`.

    Those are C0 and C1 controls (tab and escape too), direction overrides, zero-width and other
    format characters, and unpaired surrogates: what could drive a terminal, reorder a line or make
    two different texts look the same. Newlines are kept (`\\r\\n` becomes one): a caller that has
    a single line to fill decides itself what to make of them.
    """
    return _UNSEEN.sub(_notation, text.replace("\r\n", "\n"))


def _notation(match: re.Match[str]) -> str:
    return f"<U+{ord(match[0]):04X}>"

"""The last look at everything that is drawn: nothing on its way to the terminal may drive it (I17).

Text from the store is written out by `storage.text.visible` before it is drawn. This is for the
fields people write in, which show what was typed or pasted as it stands.
"""

import re

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
"""Controls, escape among them, and what reorders or hides; none of them is a cell wide."""


class Harmless(LineFilter):
    """Leaves out what acts instead of showing; the text in the field keeps it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells."""
        if not any(ACTING.search(segment.text) for segment in segments):
            return segments
        return [Segment(ACTING.sub("", text), style, control) for text, style, control in segments]

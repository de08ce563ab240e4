"""An item and the end of a section as lines of a given width (pure).

Stored words pass through `visible` and are never read as markup (CONSOLE rule 8, I17). A row tells
its height without being drawn, so a list of thousands lays out at once and draws what is on screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from textual.content import Content

from console.keys_aboard import key
from console.widgets.handover.marks import (
    CONFIDENCES,
    DIM,
    KEY,
    NUMBER,
    SEEN,
    STATES,
    UNSEEN,
    Mark,
    flag_marks,
    plural,
    risk_marks,
)
from console.widgets.handover.words import cut, wrapped
from storage.drafts.views import ItemView, SectionView
from storage.taxonomy.risks import Confidence
from storage.text import visible

INDENT = 6
MOST_LINES = 8
"""Longer texts are cut in the list; the evidence shows them whole."""
END = "end"
"""The id of the row that closes a section."""

_GAP = Content("  ")


@dataclass(frozen=True)
class ItemRow:
    """Number and risks, the words, then what else must be known about one item."""

    item: ItemView
    is_roomy: bool = False
    """Whether a blank line follows, where the screen is tall enough for calm."""

    @property
    def id(self) -> str:
        """The item's id."""
        return self.item.id

    def height(self, width: int) -> int:
        """How many lines `draw` gives."""
        flags = _packed(flag_marks(self.item, plans=bool(self.item.planning)), width - INDENT)
        return 1 + len(body_lines(self.item.text, width - INDENT)) + len(flags) + self.is_roomy

    def draw(self, width: int) -> list[Content]:
        """The lines, none wider than `width`."""
        body = body_lines(self.item.text, width - INDENT)
        drawn = [head_line(self.item, width)]
        drawn += [
            Content(" " * INDENT) + Content.styled(line, DIM if line == _cut_here() else "")
            for line in body
        ]
        flags = _packed(flag_marks(self.item, plans=bool(self.item.planning)), width - INDENT)
        drawn += [Content(" " * INDENT) + joined(marks) for marks in flags]
        return [*drawn, Content("")] if self.is_roomy else drawn


@dataclass(frozen=True)
class EndRow:
    """The foot of a section: whether it counts as seen, and where to go from here."""

    section: SectionView
    following: str
    id: str = END

    def height(self, width: int) -> int:
        """How many lines `draw` gives."""
        return 1 + len(wrapped(self._told(), width - INDENT))

    def draw(self, width: int) -> list[Content]:
        """A rule, the mark, and the next key."""
        style = SEEN.style if self.section.seen else KEY
        lines = [Content(" " * INDENT) + line for line in self._styled(width - INDENT, style)]
        return [Content.styled("─" * max(width - 1, 1), DIM), *lines]

    def _told(self) -> str:
        count = plural(len(self.section.items), "item")
        mark = SEEN if self.section.seen else UNSEEN
        return f"{mark.glyph} {self.section.label}, {count}: {mark.word}. {self.following}"

    def _styled(self, width: int, style: str) -> list[Content]:
        return [Content.styled(line, style) for line in wrapped(self._told(), width)]


def head_line(item: ItemView, width: int) -> Content:
    """`2.1  ▲ Safety  open            ENG-08 · LOW confidence`."""
    number = Content.styled(f"{item.number:<{INDENT}}", NUMBER)
    marks = [mark.content for mark in risk_marks(item)]
    state = STATES[item.state]
    if state.word:
        marks.append(Content.styled(state.word, state.style))
    left = number + _GAP.join(marks)
    for right in _right_sides(item):
        space = width - left.cell_length - right.cell_length
        if space >= 2:
            return left.append(Content(" " * space)).append(right)
    return left.truncate(width, ellipsis=True)


def body_lines(text: str, width: int) -> list[str]:
    """Stored words wrapped, cut after `MOST_LINES`."""
    width = max(width, 8)
    shown = visible(text[: width * (MOST_LINES + 1)])
    lines = wrapped(shown, width)
    if len(lines) <= MOST_LINES and len(text) <= width * (MOST_LINES + 1):
        return lines
    return [*lines[: MOST_LINES - 1], cut(_cut_here(), width)]


def _cut_here() -> str:
    return f"… cut here; {key('evidence')} shows it whole"


def joined(marks: Iterable[Mark]) -> Content:
    """Marks in a row."""
    return _GAP.join([mark.content for mark in marks])


def _packed(marks: Iterable[Mark], width: int) -> list[list[Mark]]:
    """Marks in as few lines as they need, none hidden."""
    lines: list[list[Mark]] = []
    used = width + 1
    for mark in marks:
        size = len(mark.glyph) + len(mark.word) + 3
        if used + size > width + 2:
            lines.append([])
            used = 0
        lines[-1].append(mark)
        used += size
    return lines


def _right_sides(item: ItemView) -> list[Content]:
    """What stands at the right, from the longest that may fit to the shortest."""
    sure = CONFIDENCES[item.confidence]
    told = Content.styled(f" · {sure.word}", sure.style)
    code = Content.styled(item.domain, DIM)
    named = Content.styled(f"{item.domain} {item.domain_name}", DIM)
    short = Content.styled("LOW", sure.style) if item.confidence is Confidence.LOW else code
    return [named + told, code + told, short]

"""Word, glyph and colour of everything an item can be (pure; never the colour alone).

A style names a colour of the palette by its meaning, so it follows day, dusk and night.
"""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from textual.content import Content

from console.drawing.glyphs import RISKS
from storage.drafts.content import ItemState, SlotState
from storage.drafts.states import ConcernKind
from storage.taxonomy.risks import CONFIDENCE_WORDS, RISK_WORDS, RiskTag


class Mark(NamedTuple):
    """How one fact is drawn."""

    glyph: str
    word: str
    style: str

    @property
    def content(self) -> Content:
        """Glyph and word in their colour."""
        return Content.styled(f"{self.glyph} {self.word}", self.style)


NUMBER, DIM, KEY, TITLE = "bold", "$muted", "$key", "bold"
GOOD, WARN, ALERT = "$done", "$say-warning", "$failed"
DIFFERS = "bold underline $say-warning"
"""A word the other text lacks; underlined, so that it shows without colour too."""

STATES = {
    ItemState.OPEN: Mark("", "open", WARN),
    ItemState.DONE: Mark("", "done", GOOD),
    ItemState.RESTRICTION: Mark("", "in force", WARN),
    ItemState.NONE: Mark("", "", ""),
}

CONFIDENCES = {confidence: Mark("", word, DIM) for confidence, word in CONFIDENCE_WORDS.items()}

SLOTS = {
    SlotState.STATED: Mark("✓", "stated", GOOD),
    SlotState.STATED_NIL: Mark("○", "stated nil", GOOD),
    SlotState.NOT_COVERED: Mark("–", "not covered", WARN),
}

CONCERNS = {
    ConcernKind.CONFLICT: Mark("≠", "conflict", ALERT),
    ConcernKind.UNCERTAINTY: Mark("?", "uncertain", WARN),
    ConcernKind.PLANNING: Mark("»", "assigns work", WARN),
}

SEEN = Mark("✓", "seen", GOOD)
UNSEEN = Mark("○", "not seen", WARN)
EDITED = Mark("✎", "edited", DIM)
SUMMARISED = Mark("Σ", "summarised", DIM)
CARRIED = Mark("↻", "carried", WARN)


class Told(Protocol):
    """An item, of a draft or signed, as far as its marks go."""

    @property
    def risk_tags(self) -> tuple[RiskTag, ...]:
        """What it puts at risk."""
        ...

    @property
    def conflict(self) -> bool:
        """Whether its statements contradict each other."""
        ...

    @property
    def uncertain(self) -> bool:
        """Whether its words are unsure."""
        ...

    @property
    def summarised(self) -> bool:
        """Whether its text is shorter than what was said."""
        ...

    @property
    def carried(self) -> bool:
        """Whether an earlier handover told of it."""
        ...

    @property
    def age_days(self) -> int:
        """Whole days since it was first raised."""
        ...

    @property
    def count(self) -> int:
        """How many handovers have told of it."""
        ...

    @property
    def edits(self) -> Sequence[object]:
        """What people changed."""
        ...


def risk_marks(item: Told, at_most: int = 2) -> list[Mark]:
    """The gravest risks of an item, and how many more there are."""
    tags = item.risk_tags or (RiskTag.INFORMATIONAL,)
    shown = [Mark(RISKS[tag][0], RISK_WORDS[tag], RISKS[tag][1]) for tag in tags[:at_most]]
    if len(tags) > at_most:
        shown.append(Mark("+", str(len(tags) - at_most), DIM))
    return shown


def flag_marks(item: Told, *, plans: bool = False) -> list[Mark]:
    """What else a reader must know about an item, gravest first; `plans`: it assigns work."""
    flags = []
    if item.conflict:
        flags.append(CONCERNS[ConcernKind.CONFLICT])
    if item.uncertain:
        flags.append(CONCERNS[ConcernKind.UNCERTAINTY])
    if plans:
        flags.append(CONCERNS[ConcernKind.PLANNING])
    if item.carried:
        flags.append(CARRIED._replace(word=carried_words(item)))
    if item.summarised:
        flags.append(SUMMARISED)
    if item.edits:
        flags.append(EDITED)
    return flags


def carried_words(item: Told) -> str:
    """`4th handover, first raised 12 days ago`."""
    age = "today" if item.age_days == 0 else plural(item.age_days, "day") + " ago"
    return f"{ordinal(item.count)} handover, first raised {age}"


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `22nd`."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def plural(number: int, noun: str) -> str:
    """`1 item`, `2 items`, `2 uncertainties`."""
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith(("ty", "ry")) else f"{number} {noun}s"

"""How a text was read: the domain, the words that led to it, the runner-up, and planning words."""

from textual.content import Content
from textual.widgets import Static

from console import glyphs
from storage.taxonomy.classification import Classification
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS
from storage.taxonomy.roles import ROLE_LABELS
from storage.text import visible

NOTHING_YET = (
    "Say what is so and what it means for the ship, in your own words. Here you will see where it "
    "would be filed and why, before it is saved."
)


class ReadingPanel(Static):
    """A proposal in the fixed taxonomy; the person decides."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.show(None)

    def show(self, reading: Classification | None) -> None:
        """Draw a reading, or what the panel is for."""
        self.update(Content(NOTHING_YET).stylize("$muted") if reading is None else _lines(reading))


def _lines(reading: Classification) -> Content:
    domain = DOMAINS[reading.primary_domain]
    bucket = BUCKET_LABELS[reading.bucket]
    lines = [
        _line("filed under", Content.assemble((f"{domain.code} {domain.name}", "bold"), f" · {bucket}")),
        _line("because of", Content(_because(reading))),
        _line("nearly", Content(_nearly(reading))),
        _line("risk", glyphs.risks(reading.risk_tags)),
        _line("concerns", Content(", ".join(ROLE_LABELS[role] for role in reading.owner_roles))),
    ]
    lines += [_planning(phrase) for phrase in reading.planning]
    return Content("\n").join(lines)


def _because(reading: Classification) -> str:
    words = " · ".join(visible(word) for word in reading.reasons)
    return words or "no word it knows; somebody should look at this"


def _nearly(reading: Classification) -> str:
    if reading.runner_up is None:
        return "nothing else"
    other = DOMAINS[reading.runner_up.domain]
    sure = reading.text_confidence.value.lower()
    return f"{other.code} {other.name} ({sure} certainty, ahead by {reading.runner_up.margin} of 100)"


def _planning(phrase: str) -> Content:
    text = visible(phrase).replace("\n", " ")
    said = f"! plans work, which a handover does not: “{text}”"
    return Content.assemble((said, "$say-warning"))


def _line(name: str, said: Content) -> Content:
    return Content.assemble((f"{name:<12}", "$muted"), said)

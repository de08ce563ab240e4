"""How a text was read: the domain, the words that led to it, the runner-up, and planning words."""

from textual.content import Content

from console.drawing import glyphs
from console.widgets.facts import Fact, Facts
from storage.taxonomy.classification import Classification
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS
from storage.taxonomy.risks import confidence_words
from storage.taxonomy.roles import ROLE_LABELS
from storage.text import visible

NOTHING_YET = (
    "Say what is so and what it means for the ship, in your own words. Here you will see where it "
    "would be filed and why, before it is saved."
)


class ReadingPanel(Facts):
    """A proposal in the fixed taxonomy; the person decides."""

    def __init__(self) -> None:
        super().__init__(names=13)
        self.show_reading(None)

    def show_reading(self, reading: Classification | None) -> None:
        """Draw a reading, or what the panel is for."""
        self.show(
            reading_facts(reading) if reading else [("", Content(NOTHING_YET).stylize("$muted"))]
        )


def reading_facts(reading: Classification) -> list[Fact]:
    """A reading in facts: where it is filed, because of which words, and the runner-up."""
    domain = DOMAINS[reading.primary_domain]
    filed = (f"{domain.code} {domain.name}", "bold")
    shown: list[Fact] = [
        ("filed under", Content.assemble(filed, f" · {BUCKET_LABELS[reading.bucket]}")),
        ("because of", Content(_because(reading))),
        ("nearly", Content(_nearly(reading))),
        ("risk", glyphs.risks(reading.risk_tags)),
        ("read with", Content(confidence_words(reading.confidence, reading.text_confidence))),
        ("for", Content(", ".join(ROLE_LABELS[role] for role in reading.owner_roles))),
    ]
    return shown + [("! plans work", _planning(phrase)) for phrase in reading.planning]


def _because(reading: Classification) -> str:
    words = " · ".join(visible(word) for word in reading.reasons)
    return words or "no word it knows; somebody should look at this"


def _nearly(reading: Classification) -> str:
    if reading.runner_up is None:
        return "nothing else"
    other = DOMAINS[reading.runner_up.domain]
    ahead = f"behind by {reading.runner_up.margin} of 100"
    return f"{other.code} {other.name} ({ahead})"


def _planning(phrase: str) -> Content:
    text = visible(phrase).replace("\n", " ")
    return Content(f"“{text}” — a handover says what is so, not what to do").stylize("$say-warning")

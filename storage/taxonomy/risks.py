"""Risk tags and confidence, most severe first (DOMAIN §1; pure)."""

from collections.abc import Iterable
from enum import StrEnum


class RiskTag(StrEnum):
    """What an unresolved fact puts at risk, most severe first."""

    SAFETY_CRITICAL = "Safety_Critical"
    COMPLIANCE_CRITICAL = "Compliance_Critical"
    GUEST_IMPACTING = "Guest_Impacting"
    COST_IMPACTING = "Cost_Impacting"
    OPERATIONAL_DEBT = "Operational_Debt"
    INFORMATIONAL = "Informational"


class Confidence(StrEnum):
    """How far the machine trusts its own reading."""

    HIGH = "HIGH"
    MEDIUM = "MEDIUM"
    LOW = "LOW"


SEVERITY = {tag: rank for rank, tag in enumerate(RiskTag)}
"""0 for the most severe."""

RISK_WORDS = {
    RiskTag.SAFETY_CRITICAL: "Safety",
    RiskTag.COMPLIANCE_CRITICAL: "Compliance",
    RiskTag.GUEST_IMPACTING: "Guest",
    RiskTag.COST_IMPACTING: "Cost",
    RiskTag.OPERATIONAL_DEBT: "Debt",
    RiskTag.INFORMATIONAL: "Info",
}
"""The word shown beside a tag's glyph and colour, never the colour alone."""

CONFIDENCE_WORDS = {
    Confidence.HIGH: "high confidence",
    Confidence.MEDIUM: "medium confidence",
    Confidence.LOW: "low confidence",
}
"""The words for how sure a reading is, at capture and ever after."""


def confidence_words(stored: Confidence, of_the_words: Confidence) -> str:
    """What is stored, and why it is less than the words alone would give (DOMAIN §1)."""
    said = CONFIDENCE_WORDS[stored]
    if stored is of_the_words:
        return said
    return f"{said}: no event or document shows it; the words alone {of_the_words.lower()}"


CRITICAL = frozenset({RiskTag.SAFETY_CRITICAL, RiskTag.COMPLIANCE_CRITICAL})
"""Items with one of these are read back one by one at the countersignature (I12)."""


def severity(tags: Iterable[RiskTag]) -> int:
    """The rank of the most severe tag; no tag at all ranks with Informational."""
    return min((SEVERITY[tag] for tag in tags), default=SEVERITY[RiskTag.INFORMATIONAL])


def by_severity(tags: Iterable[RiskTag]) -> tuple[RiskTag, ...]:
    """The distinct tags, most severe first."""
    return tuple(sorted(set(tags), key=SEVERITY.__getitem__))


def is_critical(tags: Iterable[RiskTag]) -> bool:
    """Whether the incoming officer must read this back."""
    return not CRITICAL.isdisjoint(tags)

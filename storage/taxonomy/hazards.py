"""Which risk tags the words of an unresolved fact earn (DOMAIN §1, §5.6; pure)."""

from functools import cache

from storage.taxonomy.cues import cues
from storage.taxonomy.knowledge import table, toml
from storage.taxonomy.risks import RiskTag, by_severity
from storage.taxonomy.scoring import linear
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, plain, stems

_TAG_OF_CUE = {
    "safety": RiskTag.SAFETY_CRITICAL,
    "compliance": RiskTag.COMPLIANCE_CRITICAL,
    "guest": RiskTag.GUEST_IMPACTING,
    "cost": RiskTag.COST_IMPACTING,
    "debt": RiskTag.OPERATIONAL_DEBT,
}
_LIVE = frozenset({ItemState.OPEN, ItemState.RESTRICTION})


def risk_tags(found: Words, domain: str, state: ItemState, benign: bool) -> tuple[RiskTag, ...]:
    """The tags of a fact of `domain` told in the words `found`, most severe first.

    What is done, or said to be well, puts nothing at risk: it is Informational.
    """
    if benign or state is ItemState.DONE:
        return (RiskTag.INFORMATIONAL,)
    tags = {_TAG_OF_CUE[cue.sort] for cue in cues(plain(found), "risk_cues")}
    if state in _LIVE:
        tags.add(RiskTag(toml("risk_cues")["domain"][domain]))
    return by_severity(tags) or (RiskTag.INFORMATIONAL,)

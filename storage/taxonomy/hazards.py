"""Which risk tags the words of an unresolved fact earn (DOMAIN §1, §5.6; pure)."""

from collections.abc import Mapping

from storage.taxonomy.cues import cues
from storage.taxonomy.knowledge import toml
from storage.taxonomy.linear import logits
from storage.taxonomy.risks import CRITICAL, SEVERITY, RiskTag, by_severity
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
_CALM = 0.5
"""How much likelier a fact is to be harmless when its words leave nothing open."""
_PRIOR = 0.8
"""What the usual tag of an open fact of a domain weighs beside the fitted weights."""


def risk_tags(found: Words, domain: str, state: ItemState, benign: bool) -> tuple[RiskTag, ...]:
    """The tags of a fact of `domain` told in the words `found`, most severe first.

    The gravest tag comes from fitted weights and the usual tag of the domain; words that name
    lesser risks add theirs. What is done, or said to be well, puts nothing at risk.
    """
    if benign or state is ItemState.DONE:
        return (RiskTag.INFORMATIONAL,)
    gravest = _gravest(found, domain, state, benign)
    if gravest is RiskTag.INFORMATIONAL:
        return (RiskTag.INFORMATIONAL,)
    named = {_TAG_OF_CUE[cue.sort] for cue in cues(plain(found), "risk_cues")}
    lesser = {tag for tag in named if SEVERITY[tag] > SEVERITY[gravest]}
    return by_severity({gravest, *lesser})


def risk_features(found: Words, domain: str, state: ItemState, benign: bool) -> tuple[str, ...]:
    """What the risk weights read of a fact."""
    prefix = domain.split("-", 1)[0]
    named = sorted({cue.sort for cue in cues(plain(found), "risk_cues")})
    marks = [f"domain={domain}", f"state={state.value}", f"benign={benign}"]
    marks += [f"{domain} {state.value}", f"{prefix} {state.value}"]
    marks += [f"names {sort}" for sort in named] + [f"{domain} names {sort}" for sort in named]
    return (*stems(found), *marks)


def _gravest(found: Words, domain: str, state: ItemState, benign: bool) -> RiskTag:
    said = logits("risk_weights", risk_features(found, domain, state, benign))
    weighed = {tag: said.get(tag.value, 0.0) + _usual(tag, domain, state) for tag in RiskTag}
    return max(RiskTag, key=lambda tag: weighed[tag])


def _usual(tag: RiskTag, domain: str, state: ItemState) -> float:
    usual: Mapping[str, str] = toml("risk_cues")["domain"]
    if state in _LIVE:
        return _PRIOR if usual[domain] == tag.value else 0.0
    if tag is RiskTag.INFORMATIONAL:
        return _CALM
    return -_CALM if tag in CRITICAL else 0.0

"""Which risk tags the words of an unresolved fact earn (DOMAIN §1, §5.6; pure)."""

import math

from storage.taxonomy.cues import cues
from storage.taxonomy.knowledge import toml
from storage.taxonomy.linear import logits, turns
from storage.taxonomy.polarity import Standing, cued_state, planned, says_benign
from storage.taxonomy.risks import CRITICAL, SEVERITY, RiskTag, by_severity
from storage.taxonomy.states import ItemState
from storage.taxonomy.words import Words, plain, stems, words

_TAG_OF_CUE = {
    "safety": RiskTag.SAFETY_CRITICAL,
    "compliance": RiskTag.COMPLIANCE_CRITICAL,
    "guest": RiskTag.GUEST_IMPACTING,
    "cost": RiskTag.COST_IMPACTING,
    "debt": RiskTag.OPERATIONAL_DEBT,
}
_CALM = frozenset({ItemState.DONE, ItemState.NONE})
_CERTAIN = 1e-4
_STANDING = 0.7
"""How much it counts, beside the words, how surely a fact stands open."""
_USUAL = 0.3
"""What the usual tag of an open fact of a domain weighs beside the fitted weights."""
_OPEN_ENOUGH = 0.5
"""How surely a fact must stand open to be called critical."""
_COMMON = 0.5
"""How much likelier than the rest mere debt must be; most lines the weights know are that."""
# The four were chosen together by cross-validation on the tuning lines; see docs/quality.md.


def risk_tags(text: str, domain: str, stands: Standing) -> tuple[RiskTag, ...]:
    """The tags of the fact of `domain` that `text` tells, most severe first.

    The gravest tag comes from fitted weights and the usual tag of the domain; words that name
    lesser risks add theirs. What is done, or said to be well, puts nothing at risk; work that is
    handed out is owed, and tells no fact that could be graver.
    """
    if words(text) and planned(text):
        return (RiskTag.OPERATIONAL_DEBT,)
    if stands.state is ItemState.DONE or (stands.state in _CALM and says_benign(text)):
        return (RiskTag.INFORMATIONAL,)
    gravest = _gravest(text, domain, stands)
    if gravest is RiskTag.INFORMATIONAL:
        return (RiskTag.INFORMATIONAL,)
    named = {_TAG_OF_CUE[cue.sort] for cue in cues(plain(words(text)), "risk_cues")}
    lesser = {tag for tag in named if SEVERITY[tag] > SEVERITY[gravest]}
    return by_severity({gravest, *lesser})


def risk_features(text: str, domain: str) -> tuple[str, ...]:
    """What the risk weights read of a fact: its words, its domain, what its cues say and name."""
    found = words(text)
    prefix, state = domain.split("-", 1)[0], cued_state(text).value
    marks = [f"domain={domain}", f"state={state}", f"told={state}/{says_benign(text)}"]
    marks += [f"{domain}={state}", f"{prefix}={state}"]
    for sort in _sorts(found, "risk_cues"):
        marks += [f"names={sort}", f"{domain}={sort}", f"{prefix}={state}={sort}"]
    marks += [f"cue={sort}" for sort in _sorts(found, "state_cues")]
    return (*stems(found), *turns(plain(found)), *marks)


def _sorts(found: Words, name: str) -> list[str]:
    return sorted({cue.sort for cue in cues(plain(found), name)})


def _gravest(text: str, domain: str, stands: Standing) -> RiskTag:
    said = logits("risk_weights", risk_features(text, domain))
    live = min(max(stands.live, _CERTAIN), 1 - _CERTAIN)
    weighed = {
        tag: said.get(tag.value, 0.0)
        + _STANDING * math.log(1 - live if tag is RiskTag.INFORMATIONAL else live)
        + (_USUAL if tag == toml("risk_cues")["domain"][domain] else 0.0)
        - (_COMMON if tag is RiskTag.OPERATIONAL_DEBT else 0.0)
        for tag in RiskTag
        if tag not in CRITICAL or stands.live >= _OPEN_ENOUGH
    }
    if _is_grave(text, stands):
        weighed = {tag: weight for tag, weight in weighed.items() if tag in CRITICAL}
    return max(weighed, key=lambda tag: weighed[tag])


def _is_grave(text: str, stands: Standing) -> bool:
    """Whether something is wrong with gear that lives hang on: then mere debt is too little."""
    if stands.live < _OPEN_ENOUGH or cued_state(text) is not ItemState.OPEN:
        return False
    named = _sorts(words(text), "safety_gear")
    return "gear" in named and "minor" not in named

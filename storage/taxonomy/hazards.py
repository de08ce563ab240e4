"""Which risk tags the words of an unresolved fact earn (DOMAIN §1, §5.6; pure)."""

import math
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from storage.taxonomy.cues import cues
from storage.taxonomy.linear import reader, turns
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
_OPEN_ENOUGH = 0.6
"""How surely a fact must stand open to be called critical."""
_LIKELY_ENOUGH = 0.02
"""The least share of a domain that is weighed."""
_SENSE = 0.4
"""What one word of a kind counts, twice at most, beside a domain that is certain."""
_REGRESSION = 0.5
"""What the regression counts beside the margins."""
_STANDING = 0.35
"""How much it counts beside both how surely a fact stands open."""
_CERTAIN = 1e-4
_BESIDE = {RiskTag.INFORMATIONAL: 0.05, RiskTag.OPERATIONAL_DEBT: -0.3}
"""What counts besides: a false alarm costs a read-back, and most lines the weights know are mere
debt."""
# How these were chosen is told in docs/quality.md.


def risk_tags(text: str, domains: Mapping[str, float], stands: Standing) -> tuple[RiskTag, ...]:
    """The tags of the fact `text` tells, most severe first.

    The gravest tag comes from two fitted readers, margins and a regression; words that name lesser
    risks add theirs. What is done, or said to be well, puts nothing at risk; work that is handed
    out is owed, and tells no fact that could be graver.

    Args:
        text: the narrative, as typed.
        domains: how surely it belongs to each domain (shares that sum to 1).
        stands: how the fact stands.
    """
    if words(text) and planned(text):
        return (RiskTag.OPERATIONAL_DEBT,)
    if stands.state is ItemState.DONE or (stands.state in _CALM and says_benign(text)):
        return (RiskTag.INFORMATIONAL,)
    gravest = _gravest(text, domains, stands)
    if gravest is RiskTag.INFORMATIONAL:
        return (RiskTag.INFORMATIONAL,)
    named = {_TAG_OF_CUE[cue.sort] for cue in cues(plain(words(text)), "risk_cues")}
    lesser = {tag for tag in named if SEVERITY[tag] > SEVERITY[gravest]}
    return by_severity({gravest, *lesser})


@lru_cache(maxsize=16)
def risk_words(text: str) -> Mapping[str, tuple[str, ...]]:
    """What the tables of risk read of the words of a fact: its stems, its turns of phrase, and
    what its cues say and name."""
    found = words(text)
    state = cued_state(text).value
    named = _sorts(found, "risk_cues")
    marks = [f"state={state}", f"told={state}/{says_benign(text)}"]
    marks += [f"names={sort}" for sort in named] + [f"{state}={sort}" for sort in named]
    marks += [f"cue={sort}" for sort in _sorts(found, "state_cues")]
    marks += [f"gear={sort}" for sort in _sorts(found, "safety_gear")]
    return MappingProxyType(
        {
            "risk_stems": stems(found),
            "risk_turns": turns(plain(found)),
            "risk_marks": tuple(marks),
        }
    )


def risk_ground(text: str, domains: Mapping[str, float], stands: Standing) -> dict[str, float]:
    """How much of what a risk grows from there is: of each state, of each domain in each state, and
    of the kinds of thing its words speak of (`gravity_cues.toml`)."""
    amounts = {state.value: share for state, share in stands.shares.items()}
    for domain, likely in domains.items():
        if likely >= _LIKELY_ENOUGH:
            for state, share in stands.shares.items():
                amounts[f"{domain} {state.value}"] = likely * share
    kinds = Counter(cue.sort for cue in cues(stems(words(text)), "gravity_cues", stems))
    return {**amounts, **{kind: _SENSE * min(often, 2) for kind, often in kinds.items()}}


def risk_features(text: str, domain: str) -> tuple[str, ...]:
    """What the regression reads of a fact: its words, and what its cues say and name in its
    domain."""
    read = risk_words(text)
    prefix, state = domain.split("-", 1)[0], cued_state(text).value
    marks = [f"domain={domain}", f"{domain}={state}", f"{prefix}={state}"]
    for sort in _sorts(words(text), "risk_cues"):
        marks += [f"{domain}={sort}", f"{prefix}={state}={sort}"]
    return (*read["risk_stems"], *read["risk_turns"], *read["risk_marks"], *marks)


def margins(text: str, domains: Mapping[str, float], stands: Standing) -> dict[str, float]:
    """How far a fact lies on the side of each tag."""
    sums = reader("risk_ground").measure(risk_ground(text, domains, stands))
    for name, features in risk_words(text).items():
        for tag, value in reader(name).weigh(features).items():
            sums[tag] += value
    return sums


def _sorts(found: Words, name: str) -> list[str]:
    return sorted({cue.sort for cue in cues(plain(found), name)})


def _gravest(text: str, domains: Mapping[str, float], stands: Standing) -> RiskTag:
    said = margins(text, domains, stands)
    likeliest = max(domains, key=lambda code: domains[code])
    regressed = reader("risk_weights").weigh(risk_features(text, likeliest))
    live = min(max(stands.live, _CERTAIN), 1 - _CERTAIN)
    weighed = {
        tag: said[tag.value]
        + _REGRESSION * regressed[tag.value]
        + _STANDING * math.log(1 - live if tag is RiskTag.INFORMATIONAL else live)
        + _BESIDE.get(tag, 0.0)
        for tag in RiskTag
        if tag not in CRITICAL or stands.live >= _OPEN_ENOUGH
    }
    if _is_grave(text, stands):
        weighed = {tag: value for tag, value in weighed.items() if tag in CRITICAL}
    return max(weighed, key=lambda tag: weighed[tag])


def _is_grave(text: str, stands: Standing) -> bool:
    """Whether something is wrong with gear that lives hang on: then mere debt is too little."""
    if stands.live < _OPEN_ENOUGH or cued_state(text) is not ItemState.OPEN:
        return False
    named = _sorts(words(text), "safety_gear")
    return "gear" in named and "minor" not in named

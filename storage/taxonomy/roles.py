"""Roles, who among them is an officer, and the order in which each reads (DOMAIN §3; pure)."""

from enum import StrEnum

from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import RiskTag
from storage.value import Value


class Role(StrEnum):
    """The role identifiers of DOMAIN §3, the watchkeeping ranks, and one that only reads."""

    YACHT_MANAGER = "yacht_manager"
    CAPTAIN = "captain"
    CHIEF_ENGINEER = "chief_engineer"
    ETO = "eto"
    BOSUN = "bosun"
    DECKHAND = "deckhand"
    CHIEF_STEW = "chief_stew"
    STEW = "stew"
    PURSER = "purser"
    CHIEF_OFFICER = "chief_officer"
    SECOND_OFFICER = "second_officer"
    THIRD_OFFICER = "third_officer"
    SECOND_ENGINEER = "second_engineer"
    THIRD_ENGINEER = "third_engineer"
    RATING = "rating"
    AUDITOR = "auditor"


ROLE_LABELS = {
    Role.YACHT_MANAGER: "Yacht Manager",
    Role.CAPTAIN: "Captain",
    Role.CHIEF_ENGINEER: "Chief Engineer",
    Role.ETO: "ETO / AV-IT Officer",
    Role.BOSUN: "Bosun",
    Role.DECKHAND: "Deckhand",
    Role.CHIEF_STEW: "Chief Stew",
    Role.STEW: "Stew",
    Role.PURSER: "Purser",
    Role.CHIEF_OFFICER: "Chief Officer",
    Role.SECOND_OFFICER: "2nd Officer",
    Role.THIRD_OFFICER: "3rd Officer",
    Role.SECOND_ENGINEER: "2nd Engineer",
    Role.THIRD_ENGINEER: "3rd Engineer",
    Role.RATING: "Rating",
    Role.AUDITOR: "Auditor",
}

READERS = frozenset({Role.AUDITOR})
"""Surveyors, inspectors, the company: they read everything and change nothing."""
OFFICERS = frozenset(Role) - {Role.DECKHAND, Role.STEW, Role.RATING} - READERS
"""Roles that may accept and countersign; ratings may not."""


class Bias(Value):
    """What a role reads first. Bias orders; it never hides, removes or rewords (I16)."""

    primary: tuple[Bucket, ...]
    secondary: tuple[Bucket, ...] = ()
    risks: tuple[RiskTag, ...] = ()
    command: tuple[str, ...] = ()


_SAFETY, _COMPLIANCE = RiskTag.SAFETY_CRITICAL, RiskTag.COMPLIANCE_CRITICAL
_GUEST, _COST, _DEBT = (
    RiskTag.GUEST_IMPACTING,
    RiskTag.COST_IMPACTING,
    RiskTag.OPERATIONAL_DEBT,
)
_COMMAND, _ENGINEERING, _ETO = Bucket.COMMAND, Bucket.ENGINEERING, Bucket.ETO_AVIT
_DECK, _INTERIOR, _ADMIN = Bucket.DECK, Bucket.INTERIOR, Bucket.ADMIN_COMPLIANCE
_ALL_COMMAND = ("CMD-01", "CMD-02", "CMD-03")

BIAS: dict[Role, Bias] = {
    Role.YACHT_MANAGER: Bias(
        primary=(_COMMAND, _ADMIN),
        secondary=(_ENGINEERING,),
        risks=(_COMPLIANCE, _COST, _SAFETY),
        command=("CMD-01", "CMD-03"),
    ),
    Role.CAPTAIN: Bias(
        primary=(_COMMAND, _ENGINEERING, _DECK),
        secondary=(_ETO, _ADMIN),
        risks=(_SAFETY, _COMPLIANCE, _GUEST),
        command=_ALL_COMMAND,
    ),
    Role.CHIEF_ENGINEER: Bias(
        primary=(_ENGINEERING,),
        secondary=(_ETO, _COMMAND),
        risks=(_SAFETY, _DEBT, _COST),
        command=("CMD-03",),
    ),
    Role.ETO: Bias(
        primary=(_ETO,),
        secondary=(_ENGINEERING, _DECK, _INTERIOR),
        risks=(_SAFETY, _GUEST, _DEBT),
        command=("CMD-02", "CMD-03"),
    ),
    Role.BOSUN: Bias(
        primary=(_DECK,),
        secondary=(_ENGINEERING, _ETO),
        risks=(_SAFETY, _GUEST),
        command=("CMD-02",),
    ),
    Role.DECKHAND: Bias(primary=(_DECK,), risks=(_SAFETY,)),
    Role.CHIEF_STEW: Bias(
        primary=(_INTERIOR,),
        secondary=(_DECK, _ETO),
        risks=(_GUEST, _SAFETY),
        command=("CMD-02",),
    ),
    Role.STEW: Bias(primary=(_INTERIOR,), risks=(_GUEST,)),
    Role.PURSER: Bias(
        primary=(_ADMIN,),
        secondary=(_COMMAND,),
        risks=(_COMPLIANCE, _COST),
        command=("CMD-01",),
    ),
}
for _rank in (Role.CHIEF_OFFICER, Role.SECOND_OFFICER, Role.THIRD_OFFICER):
    BIAS[_rank] = BIAS[Role.BOSUN]
for _rank in (Role.SECOND_ENGINEER, Role.THIRD_ENGINEER):
    BIAS[_rank] = BIAS[Role.CHIEF_ENGINEER]
BIAS[Role.RATING] = BIAS[Role.DECKHAND]
BIAS[Role.AUDITOR] = BIAS[Role.YACHT_MANAGER]


def role_words(role: str) -> str:
    """`2nd Officer` for `second_officer`; what is no role, as it is."""
    return ROLE_LABELS[Role(role)] if role in set(Role) else role


def section_order(role: Role | None) -> tuple[Bucket, ...]:
    """Every bucket exactly once, in the order `role` reads them on screen."""
    if role is None:
        return tuple(Bucket)
    bias = BIAS[role]
    first = (*bias.primary, *bias.secondary)
    return (*first, *(bucket for bucket in Bucket if bucket not in first))


def floats_up(role: Role | None, tags: tuple[RiskTag, ...]) -> bool:
    """Whether an item with these tags floats up inside its bucket for this role."""
    return role is not None and not set(BIAS[role].risks).isdisjoint(tags)

"""Whether two narratives tell the same fault, and the same work on it (pure)."""

from functools import cache

from storage.taxonomy.knowledge import listed, toml

_GENERIC = frozenset({"broken", "damaged", "low", "tripped"})
_NO_FAULT = frozenset({"missing", "expired", "delayed", "unpaid"})
"""Conditions of what is sound in itself: what is not there is not broken."""
_UNSAID = 0.88
"""What the same fact counts where only one says what was done."""


def condition_share(one: frozenset[str], two: frozenset[str]) -> float:
    """1 when the same is wrong, 0 when something else is, between when one does not say."""
    if one == two:
        return 1.0
    if not one.isdisjoint(two):
        return 0.8
    if not one or not two:
        return 0.6
    generic = not _GENERIC.isdisjoint(one | two) and not (one <= _NO_FAULT or two <= _NO_FAULT)
    return 0.6 if generic or not _kin(one).isdisjoint(_kin(two)) else 0.0


@cache
def _kin(conditions: frozenset[str]) -> frozenset[str]:
    """The families of conditions that one and the same fault is told by: loose and noisy."""
    families = toml("synonyms")["kin"].items()
    return frozenset(name for name, some in families if not conditions.isdisjoint(listed(some)))


def action_share(one: frozenset[str], two: frozenset[str]) -> float:
    """1 when the same was done, 0 when something else, between when one does not say."""
    if one == two or one & two:
        return 1.0
    return 0.0 if one and two else _UNSAID

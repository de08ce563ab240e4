"""Whether two narratives may tell the same fault, by the words for what is wrong (pure)."""

from functools import cache

from storage.taxonomy.knowledge import listed, toml

_GENERIC = frozenset({"broken", "damaged", "low", "tripped"})
_NO_FAULT = frozenset({"missing", "expired", "delayed", "unpaid"})
"""Conditions of what is sound in itself: what is not there is not broken."""


@cache
def kindred(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two sets of conditions may tell one and the same fault: "tripped" and "dead"."""
    generic = not _GENERIC.isdisjoint(one | two) and not (one <= _NO_FAULT or two <= _NO_FAULT)
    return generic or not _kin(one).isdisjoint(_kin(two))


@cache
def _kin(conditions: frozenset[str]) -> frozenset[str]:
    """The families of conditions that one and the same fault is told by: loose and noisy."""
    families = toml("synonyms")["kin"].items()
    return frozenset(name for name, some in families if not conditions.isdisjoint(listed(some)))


@cache
def excluded(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether what one says is wrong is never what the other does: high and low, missing and
    broken."""
    if not one.isdisjoint(two):
        return False
    if one and two and not kindred(one, two) and (one <= _NO_FAULT or two <= _NO_FAULT):
        return True
    against = toml("synonyms")["against"].items()
    return any(
        (one & {here} and not two.isdisjoint(listed(there)))
        or (two & {here} and not one.isdisjoint(listed(there)))
        for here, there in against
    )

"""What a job may write (pure): what its kind needs, or less if it was asked with less (JOBS §2).

A reference is `noun:id` as audit events name their subjects, or `noun:*` where the thing is made
by the job itself. The store holds `settle` to it (storage/audit/confinement.py).
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from storage.audit.reach import covers

VIOLATION = "access_violation"
"""What such a job is `poisoned:` by."""


class AccessMode(StrEnum):
    """What a job may write: nothing, nothing but its preview, or the entities it lists.

    A preview is the job's own receipt, so the first two write no entity.
    """

    ANALYSIS_ONLY = "analysis_only"
    PREVIEW_ONLY = "preview_only"
    APPLY_SCOPED = "apply_scoped"


_MORE = list(AccessMode)


def default_mode(writes: Sequence[str]) -> AccessMode:
    """The mode of a kind: a kind that says nothing of what it writes may write nothing."""
    return AccessMode.APPLY_SCOPED if writes else AccessMode.ANALYSIS_ONLY


def entities(writes: Sequence[str], facts: Mapping[str, Any]) -> tuple[str, ...]:
    """A kind's references with the facts of one request in place (`draft:{draft_id}`)."""
    return tuple(ref.format_map(facts) for ref in writes)


def why_not_mode(kind: str, own: AccessMode, asked: AccessMode) -> str | None:
    """The sentence that refuses an access mode; None when it is the kind's own or less."""
    if _MORE.index(asked) <= _MORE.index(own):
        return None
    return f"access_mode: {kind} is {own}; a request may ask for less, not for {asked}."


def why_not_entities(own: Sequence[str], asked: Sequence[str]) -> str | None:
    """The sentence that refuses a list of entities; None when the kind's own covers it."""
    beyond = [ref for ref in asked if not covers(own, ref)]
    return f"entity_refs: {', '.join(beyond)} is not among {', '.join(own)}." if beyond else None


def the_lesser(one: AccessMode, two: AccessMode) -> AccessMode:
    """The mode that may write less."""
    return min(one, two, key=_MORE.index)


def bounds(mode: AccessMode, entity_refs: Sequence[str]) -> Sequence[str]:
    """What a job may write at all."""
    return entity_refs if mode is AccessMode.APPLY_SCOPED else ()

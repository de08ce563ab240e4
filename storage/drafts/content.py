"""What the handover pipeline reads and what it hands back: frozen values, no store (pure).

`storage` owns these because both sides speak them: the worker's `gather` builds a `DraftInput`
from rows, the pipeline turns it into a `DraftContent`, and `settle` writes that in one transaction.
"""

from datetime import datetime
from enum import StrEnum

from pydantic.dataclasses import dataclass

from storage.taxonomy.domains import Bucket
from storage.taxonomy.risks import Confidence, RiskTag
from storage.taxonomy.states import ItemState as ItemState
from storage.value import STRICT, Value


class HandoverType(StrEnum):
    """Which list of completeness slots applies (DOMAIN §5)."""

    BRIDGE_WATCH = "bridge_watch"
    ENGINE_WATCH = "engine_watch"
    ROTATION = "rotation"
    CHANGE_OF_COMMAND = "change_of_command"


class ProposalKind(StrEnum):
    """What the machine thinks two narratives are to each other; a person decides."""

    DUPLICATE = "duplicate"
    PROGRESS = "progress"


class SlotState(StrEnum):
    """Printed as such and never filled by inference."""

    STATED = "stated"
    STATED_NIL = "stated_nil"
    NOT_COVERED = "not_covered"


class Carried(Value):
    """An unresolved item of earlier signed handovers. `count` includes the one being drafted."""

    first_raised_at: datetime
    count: int


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class Candidate:
    """One entry as the pipeline sees it."""

    entry_id: str
    created_at: datetime
    author: str
    role: str
    narrative: str
    primary_domain: str
    secondary_domains: tuple[str, ...] = ()
    risk_tags: tuple[RiskTag, ...] = ()
    confidence: Confidence = Confidence.MEDIUM
    event_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    resolved: bool = False
    carried: Carried | None = None
    corrected: bool = False
    """Whether an officer corrected the domain; one that did is a reason to draft again."""


class MergedEarlier(Value):
    """Entries a person made one item of in an earlier handover that was signed with it."""

    entry_ids: tuple[str, ...]
    by: str
    at: datetime


class DraftInput(Value):
    """Everything a draft is made of. `as_of` is the end of the window; nothing else is "now"."""

    handover_type: HandoverType
    as_of: datetime
    candidates: tuple[Candidate, ...]
    refused_pairs: frozenset[tuple[str, str]] = frozenset()
    """Entry id pairs, smaller id first, a person has already said are not the same."""
    merged_earlier: tuple[MergedEarlier, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class TracedSentence:
    """A sentence of an item's text and the entry whose words it is made of (I9)."""

    text: str
    entry_id: str


@dataclass(frozen=True, slots=True, kw_only=True, config=STRICT)
class ItemContent:
    """One numbered item of a section. `key` is stable: same entries, same key."""

    key: str
    domain: str
    text: str
    sentences: tuple[TracedSentence, ...]
    risk_tags: tuple[RiskTag, ...]
    confidence: Confidence
    state: ItemState = ItemState.NONE
    conflict: bool = False
    uncertain: bool = False
    note: str = ""
    """What is conflicting or uncertain, in words; empty when nothing is."""
    summarised: bool = False
    planning: tuple[str, ...] = ()
    """Phrases that assign work, which do not belong in a handover (DOMAIN §4)."""
    entry_ids: tuple[str, ...]
    event_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    carried: Carried | None = None


class SectionContent(Value):
    """One bucket with at least one item, ranked."""

    bucket: Bucket
    items: tuple[ItemContent, ...]


class ProposalContent(Value):
    """Two or more items a person may merge into `merged_text`. `score` is 0–100."""

    key: str
    kind: ProposalKind
    entry_ids: tuple[str, ...]
    item_keys: tuple[str, ...]
    score: int
    reason: str
    merged_text: str


class ConflictContent(Value):
    """Statements on one matter that cannot all hold; flagged with every source, never resolved."""

    key: str
    entry_ids: tuple[str, ...]
    item_keys: tuple[str, ...]
    reason: str


class SlotContent(Value):
    """One line of the completeness table."""

    slot: str
    label: str
    state: SlotState
    item_keys: tuple[str, ...] = ()


class DraftContent(Value):
    """A whole draft. Equal inputs give equal bytes of `model_dump_json()` (I6)."""

    sections: tuple[SectionContent, ...]
    proposals: tuple[ProposalContent, ...]
    conflicts: tuple[ConflictContent, ...]
    completeness: tuple[SlotContent, ...]

"""Contents of drafts, named in words: what the pipeline would hand over (no store needed)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from storage.drafts.content import (
    ConflictContent,
    DraftContent,
    ItemContent,
    ProposalContent,
    ProposalKind,
    SectionContent,
    SlotContent,
    SlotState,
    TracedSentence,
)
from storage.entries.views import EntryDetail
from storage.taxonomy.domains import Bucket, bucket_of
from storage.taxonomy.risks import Confidence, RiskTag

SAFETY = (RiskTag.SAFETY_CRITICAL,)


def an_item(of: EntryDetail | Sequence[EntryDetail], **facts: Any) -> ItemContent:
    """What the pipeline would make of an entry (or of several, in their order)."""
    sources = [of] if isinstance(of, EntryDetail) else list(of)
    plain: dict[str, Any] = {
        "key": "+".join(source.id for source in sources),
        "domain": sources[0].primary_domain,
        "text": " ".join(source.narrative for source in sources),
        "sentences": tuple(TracedSentence(text=s.narrative, entry_id=s.id) for s in sources),
        "risk_tags": (RiskTag.INFORMATIONAL,),
        "confidence": Confidence.MEDIUM,
        "entry_ids": tuple(source.id for source in sources),
        "event_ids": tuple(i for source in sources for i in source.event_ids),
    }
    return ItemContent(**(plain | facts))


def a_command_item(about: ItemContent, text: str = "Bilge pumping is degraded.") -> ItemContent:
    """A Command statement citing an item's sources."""
    key = f"CMD-01/{about.key}"
    return replace(about, key=key, domain="CMD-01", text=text, sentences=())


def a_merge_proposal(
    *items: ItemContent, kind: ProposalKind = ProposalKind.DUPLICATE
) -> ProposalContent:
    """The machine's guess that these items say the same."""
    return ProposalContent(
        key="=".join(item.key for item in items), kind=kind,
        entry_ids=tuple(i for item in items for i in item.entry_ids),
        item_keys=tuple(item.key for item in items),
        score=93, reason="nearly the same words", merged_text=items[0].text,
    )  # fmt: skip


def a_conflict(*items: ItemContent) -> ConflictContent:
    """Items that cannot both be true."""
    return ConflictContent(
        key="#".join(item.key for item in items),
        entry_ids=tuple(i for item in items for i in item.entry_ids),
        item_keys=tuple(item.key for item in items),
        reason="Two readings of one tank differ.",
    )


def a_slot(slot: str, state: SlotState, *items: ItemContent) -> SlotContent:
    """One line of the completeness table."""
    keys = tuple(item.key for item in items)
    return SlotContent(slot=slot, label=slot.capitalize(), state=state, item_keys=keys)


def contents(
    *items: ItemContent,
    proposals: Iterable[ProposalContent] = (),
    conflicts: Iterable[ConflictContent] = (),
    completeness: Iterable[SlotContent] = (),
) -> DraftContent:
    """A draft's contents: items in the order given, each in the section of its domain."""
    sections = (
        SectionContent(
            bucket=bucket, items=tuple(i for i in items if bucket_of(i.domain) is bucket)
        )
        for bucket in Bucket
    )
    return DraftContent(
        sections=tuple(section for section in sections if section.items),
        proposals=tuple(proposals),
        conflicts=tuple(conflicts),
        completeness=tuple(completeness),
    )


def own_words(text: str) -> str:
    """The first words of a text and two more, as somebody says them who has heard it."""
    return " ".join([*text.split()[:4], "that", "stands"])

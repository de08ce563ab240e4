"""Stage 7: the three Command statements, derived and always cited (DOMAIN §2, §5; pure)."""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from datetime import datetime
from typing import NamedTuple

from storage.drafts.content import ItemContent, SectionContent, TracedSentence
from storage.taxonomy.domains import BUCKET_LABELS, DOMAINS, Bucket, bucket_of
from storage.taxonomy.polarity import cued_state
from storage.taxonomy.risks import (
    CRITICAL,
    RISK_WORDS,
    SEVERITY,
    Confidence,
    RiskTag,
    by_severity,
)
from storage.taxonomy.states import ItemState

_TOP = 3
_SORTS = 4
_CITED = 40
_QUOTE = 140
_Quote = Sequence[TracedSentence]
_WEAKEST = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)


class _Statement(NamedTuple):
    """One of the three: its domain, its words for one and for many, what it counts, and what it
    sorts what it counts by."""

    code: str
    one: str
    many: str
    counts: Callable[[ItemContent], bool]
    sort: Callable[[ItemContent], str]


def command_section(items: Sequence[ItemContent], as_of: datetime) -> SectionContent | None:
    """The Command section over `items` (their people-edited texts included), or None when nothing
    unresolved calls for it. Command items among `items` are left out: they are derived anew."""
    open_items = [item for item in items if _is_open(item)]
    ranked = sorted(open_items, key=lambda item: _gravity(item, as_of))
    found: list[ItemContent] = []
    told: set[str] = set()
    for statement in _STATEMENTS:
        counted = [item for item in ranked if statement.counts(item)]
        if counted:
            top = _top(counted, told)
            told.update(item.key for item in top)
            found.append(_item(statement, counted, top))
    return SectionContent(bucket=Bucket.COMMAND, items=tuple(found)) if found else None


def _top(counted: Sequence[ItemContent], told: Set[str]) -> list[ItemContent]:
    """The gravest of the cited items, those another statement has quoted only after the rest."""
    return sorted(counted[:_CITED], key=lambda item: item.key in told)[:_TOP]


def _is_open(item: ItemContent) -> bool:
    real = bucket_of(item.domain) is not Bucket.COMMAND
    return real and item.state is not ItemState.DONE and bool(_live(item))


def _live(item: ItemContent) -> set[RiskTag]:
    return set(item.risk_tags) - {RiskTag.INFORMATIONAL}


def _gravity(item: ItemContent, as_of: datetime) -> tuple[int, float]:
    """Most severe first, and of those what has been open longest; then as ranked before."""
    raised = item.carried.first_raised_at if item.carried else as_of
    return min(SEVERITY[tag] for tag in _live(item)), -(as_of - raised).total_seconds()


def _is_limiting(item: ItemContent) -> bool:
    """Whether the item limits what the vessel can do: a restriction, or something open in what she
    moves, sees, powers and saves herself with."""
    if item.state is ItemState.RESTRICTION:
        return True
    tags = _live(item)
    return item.domain in _READINESS and not tags.isdisjoint(
        {RiskTag.SAFETY_CRITICAL, RiskTag.COMPLIANCE_CRITICAL, RiskTag.OPERATIONAL_DEBT}
    )


def _item(
    statement: _Statement, counted: Sequence[ItemContent], top: Sequence[ItemContent]
) -> ItemContent:
    cited = counted[:_CITED]
    quotes = [quote for item in top if (quote := _quoted(item))]
    doubtful = sum(item.conflict or item.uncertain for item in counted)
    return ItemContent(
        key=statement.code,
        domain=statement.code,
        text=_text(statement, counted, quotes),
        sentences=tuple(sentence for quote in quotes for sentence in quote),
        risk_tags=by_severity(tag for item in counted for tag in _live(item)),
        confidence=min((item.confidence for item in counted), key=_WEAKEST.index),
        state=ItemState.OPEN,
        uncertain=bool(doubtful),
        note=_note(counted, doubtful),
        entry_ids=_ids([item.entry_ids for item in cited]),
        event_ids=_ids([item.event_ids for item in cited]),
        document_ids=_ids([item.document_ids for item in cited]),
    )


def _text(
    statement: _Statement,
    counted: Sequence[ItemContent],
    quotes: Sequence[Sequence[TracedSentence]],
) -> str:
    sorts = Counter(map(statement.sort, counted)).most_common()
    where = ", ".join(f"{sort} {count}" for sort, count in sorts[:_SORTS])
    rest = sum(count for _, count in sorts[_SORTS:])
    others = f", others {rest}" if rest else ""
    subject = statement.one if len(counted) == 1 else statement.many
    said = "; ".join(f"“{'. '.join(one.text for one in quote)}”" for quote in quotes)
    lead = "Among them" if len(counted) > len(quotes) else "Namely"
    return f"{len(counted)} {subject} ({where}{others}). {lead}: {said}."


def _gravest(item: ItemContent) -> str:
    return RISK_WORDS[by_severity(_live(item))[0]].lower()


def _bucket(item: ItemContent) -> str:
    return BUCKET_LABELS[bucket_of(item.domain)]


def _domain(item: ItemContent) -> str:
    return DOMAINS[item.domain].name


def _note(counted: Sequence[ItemContent], doubtful: int) -> str:
    notes = []
    if doubtful:
        notes.append(f"{doubtful} of {len(counted)} rest on conflicting or uncertain statements.")
    observed = sum(not item.event_ids and not item.document_ids for item in counted)
    if observed:
        notes.append(f"{observed} of {len(counted)} are human-observed, without system evidence.")
    carried = sum(item.carried is not None for item in counted)
    if carried:
        notes.append(f"{carried} carried forward from earlier handovers.")
    if len(counted) > _CITED:
        notes.append(f"The {_CITED} gravest are cited.")
    return " ".join(notes)


def _quoted(item: ItemContent) -> _Quote:
    """The first sentence of an item and, where it does not say what stands open or is limited, the
    first one that does; nothing when it has none."""
    if not item.sentences:
        return []
    first = item.sentences[0]
    says = [one for one in item.sentences if cued_state(one.text) is item.state]
    return [_cut(first)] if first in says or not says else [_cut(first), _cut(says[0])]


def _cut(sentence: TracedSentence) -> TracedSentence:
    """A sentence without its end, cut at a word when long."""
    words = sentence.text.rstrip(" .;")
    cut = words if len(words) <= _QUOTE else words[:_QUOTE].rsplit(" ", 1)[0]
    return TracedSentence(text=cut or words, entry_id=sentence.entry_id)


def _ids(several: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for ids in several for one in ids))


_READINESS = frozenset(
    f"{prefix}-{number:02}"
    for prefix, numbers in {
        "ENG": (1, 2, 3, 5, 6, 7, 8, 9, 10),
        "ETO": (1, 5, 6),
        "DECK": (1, 2, 5),
        "ADM": (1, 5),
    }.items()
    for number in numbers
)
"""Domains whose open facts limit what the vessel can do next."""

_STATEMENTS = (
    _Statement(
        "CMD-01",
        "unresolved safety- or compliance-critical item",
        "unresolved safety- or compliance-critical items",
        lambda item: not CRITICAL.isdisjoint(item.risk_tags),
        _gravest,
    ),
    _Statement(
        "CMD-02",
        "unresolved item touches the guests",
        "unresolved items touch the guests",
        lambda item: RiskTag.GUEST_IMPACTING in item.risk_tags,
        _bucket,
    ),
    _Statement(
        "CMD-03",
        "open item limits the vessel's readiness",
        "open items limit the vessel's readiness",
        _is_limiting,
        _domain,
    ),
)

"""Scoring labelled pairs through the whole draft, two entries at a time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bench.quality_lines import Pair
from storage.drafts.content import Candidate, DraftInput, HandoverType
from storage.taxonomy.classify import classify
from worker.pipeline.draft import draft

_AT = datetime(2026, 1, 1, tzinfo=UTC)


def score_pairs(some: Sequence[Pair]) -> dict[str, float]:
    """Shares (0–1): what is proposed, linked or flagged against the labels."""
    read = [(pair.kind, relation(pair)) for pair in some]

    def share(kind: str, found: str) -> float:
        hits = [found in relations for labelled, relations in read if labelled == kind]
        return sum(hits) / len(hits) if hits else 0.0

    return {
        "duplicate precision": _precision(read, "dup", "duplicate"),
        "duplicate recall": share("dup", "duplicate"),
        "duplicate F1": _f1(_precision(read, "dup", "duplicate"), share("dup", "duplicate")),
        "near misses proposed": share("near", "duplicate"),
        "progress proposed": share("progress", "duplicate"),
        "progress linked": share("progress", "progress"),
        "conflict precision": _precision(read, "conflict", "conflict"),
        "conflict recall": share("conflict", "conflict"),
    }


def relation(pair: Pair) -> set[str]:
    """What the draft of just these two entries says of them."""
    content = draft(
        DraftInput(
            handover_type=HandoverType.ROTATION,
            as_of=_AT + timedelta(days=30),
            candidates=(_entry("a", 0.0, pair.one), _entry("b", pair.hours, pair.two)),
        ),
        lambda phase, current, total: None,
    )
    found = {proposal.kind.value for proposal in content.proposals}
    return found | {"conflict"} if content.conflicts else found


def _entry(name: str, hours: float, text: str) -> Candidate:
    found = classify(text)
    return Candidate(
        entry_id=name,
        created_at=_AT + timedelta(hours=hours),
        author="",
        role="",
        narrative=text,
        primary_domain=found.primary_domain,
        risk_tags=found.risk_tags,
    )


def _precision(read: Sequence[tuple[str, set[str]]], kind: str, found: str) -> float:
    hits = [labelled == kind for labelled, relations in read if found in relations]
    return sum(hits) / len(hits) if hits else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

"""Candidates and drafts in few words; a plain builder, importable as a fixture."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from storage.drafts.content import Candidate, DraftContent, DraftInput, HandoverType
from storage.taxonomy.classify import classify
from worker.pipeline.draft import draft

NOON = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)

Said = str | tuple[float, str]
DraftOf = Callable[..., DraftContent]


def candidate(number: int, said: Said) -> Candidate:
    """Entry e`number`: a text at noon, or (hours after noon, text)."""
    hours, text = said if isinstance(said, tuple) else (0.0, said)
    found = classify(text)
    return Candidate(
        entry_id=f"e{number:03}",
        created_at=NOON + timedelta(hours=hours),
        author="A. Hand",
        role="bosun",
        narrative=text,
        primary_domain=found.primary_domain,
        secondary_domains=found.secondary_domains,
        risk_tags=found.risk_tags,
        confidence=found.confidence,
    )


def given(*said: Said, kind: HandoverType = HandoverType.ROTATION) -> DraftInput:
    """A draft input of these texts."""
    return DraftInput(
        handover_type=kind,
        as_of=NOON + timedelta(days=7),
        candidates=tuple(candidate(number, one) for number, one in enumerate(said)),
    )


def silent(phase: str, current: int, total: int) -> None:
    """A report nobody reads."""


@pytest.fixture
def draft_of() -> DraftOf:
    """The draft of some texts."""
    return lambda *said, **more: draft(given(*said, **more), silent)


@pytest.fixture
def input_of() -> Callable[..., DraftInput]:
    """The input made of some texts."""
    return given

"""Requests to correct a classification, what was decided, and the classification that stands."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import peewee

from storage.database import read_only
from storage.engine import tuples
from storage.entries.states import Decision
from storage.entries.tables import ClassificationCorrection, CorrectionDecision, Entry
from storage.taxonomy.corrections import Correction
from storage.taxonomy.domains import Bucket
from storage.value import Value

TAUGHT_BY = 500
"""How many of the newest accepted corrections the reading of a narrative learns from."""
BATCH = 500


class OriginalReading(Value):
    """How an entry was filed when it was captured; kept beside what stands now (I10)."""

    primary_domain: str
    secondary_domains: tuple[str, ...]
    bucket: Bucket
    owner_roles: tuple[str, ...]
    reasons: tuple[str, ...]
    runner_up: dict[str, Any] | None


class Corrected(Value):
    """Who corrected a classification and when, and how it was read before."""

    by: str
    at: datetime
    reason: str
    original: OriginalReading


class CorrectionView(Value):
    """A request to look at a classification again, and what was decided about it, if anything was.

    `domain` is what an accepted one filed the entry under.
    """

    id: str
    original_domain: str
    suggested_domain: str | None
    reason: str
    requested_by: str
    requested_at: datetime
    decision: Decision | None = None
    domain: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str = ""


class OpenCorrection(Value):
    """A request nobody has decided about yet, with the words it is about."""

    id: str
    entry_id: str
    narrative: str
    filed_under: str
    suggested_domain: str | None
    reason: str
    requested_by: str
    requested_at: datetime


def corrections_of(entry_id: str) -> tuple[CorrectionView, ...]:
    """Every request about an entry with its decision, oldest first."""
    decided = {
        row.correction_id: row
        for row in CorrectionDecision.select().where(CorrectionDecision.entry_id == entry_id)
    }
    asked = ClassificationCorrection.select().where(ClassificationCorrection.entry_id == entry_id)
    ordered = asked.order_by(ClassificationCorrection.requested_at, ClassificationCorrection.id)
    return tuple(_correction(row, decided.get(row.id)) for row in ordered)


def open_corrections(
    *, entry_id: str | None = None, limit: int = 200
) -> tuple[OpenCorrection, ...]:
    """The requests that wait for an officer, oldest first; of one entry where it is named."""
    asked = _undecided(ClassificationCorrection, Entry.narrative, Entry.primary_domain).join(
        Entry, on=(Entry.id == ClassificationCorrection.entry_id)
    )
    if entry_id is not None:
        asked = asked.where(ClassificationCorrection.entry_id == entry_id)
    with read_only():
        rows = list(
            asked.order_by(ClassificationCorrection.requested_at, ClassificationCorrection.id)
            .limit(limit)
            .objects()
        )
        stands = standing(row.entry_id for row in rows)
    return tuple(_open(row, stands) for row in rows)


def count_open_corrections() -> int:
    """How many requests wait for an officer."""
    with read_only():
        return int(_undecided(ClassificationCorrection).count())


def accepted_corrections() -> tuple[Correction, ...]:
    """What the newest accepted corrections say, oldest first, at most `TAUGHT_BY`."""
    rows = (
        CorrectionDecision.select(
            Entry.narrative, CorrectionDecision.primary_domain, CorrectionDecision.decided_at
        )
        .join(Entry, on=(Entry.id == CorrectionDecision.entry_id))
        .where(CorrectionDecision.decision == Decision.ACCEPTED.value)
        .order_by(CorrectionDecision.seq.desc())
        .limit(TAUGHT_BY)
    )
    return tuple(
        Correction(narrative=narrative, domain=domain, on=at.date())
        for narrative, domain, at in reversed(tuples(rows))
    )


def standing(entry_ids: Iterable[str]) -> dict[str, CorrectionDecision]:
    """The accepted decision that holds for each of the entries that has one: the last."""
    wanted, found = sorted(set(entry_ids)), dict[str, CorrectionDecision]()
    for start in range(0, len(wanted), BATCH):
        rows = CorrectionDecision.select().where(
            CorrectionDecision.entry_id.in_(wanted[start : start + BATCH]),
            CorrectionDecision.decision == Decision.ACCEPTED.value,
        )
        found.update((row.entry_id, row) for row in rows.order_by(CorrectionDecision.seq))
    return found


def stands_as(column: str) -> Any:
    """An entry's `primary_domain` or `bucket` as it stands, for the conditions of a list."""
    last = (
        CorrectionDecision.select(getattr(CorrectionDecision, column))
        .where(
            CorrectionDecision.entry_id == Entry.id,
            CorrectionDecision.decision == Decision.ACCEPTED.value,
        )
        .order_by(CorrectionDecision.seq.desc())
        .limit(1)
    )
    return peewee.fn.COALESCE(last, getattr(Entry, column))


def corrected(values: Mapping[str, Any], decision: CorrectionDecision) -> dict[str, Any]:
    """The values of an entry as they stand after a decision, with those it was captured with."""
    by, at = decision.decided_by, decision.decided_at
    original = {name: values[name] for name in OriginalReading.model_fields}
    return {
        **values,
        "primary_domain": decision.primary_domain,
        "secondary_domains": decision.secondary_domains,
        "bucket": decision.bucket,
        "owner_roles": decision.owner_roles,
        "reasons": (f"corrected by {by} on {at.date()}",),
        "runner_up": None,
        "corrected": Corrected(
            by=by, at=at, reason=decision.reason, original=OriginalReading(**original)
        ),
    }


def _undecided(*columns: Any) -> Any:
    decided = CorrectionDecision.select(CorrectionDecision.correction_id)
    return ClassificationCorrection.select(*columns).where(
        ClassificationCorrection.id.not_in(decided)
    )


def _correction(
    row: ClassificationCorrection, decision: CorrectionDecision | None
) -> CorrectionView:
    asked = {
        name: getattr(row, name)
        for name in (
            "id", "original_domain", "suggested_domain", "reason", "requested_by", "requested_at",
        )
    }  # fmt: skip
    if decision is None:
        return CorrectionView(**asked)
    return CorrectionView(
        **asked, decision=decision.decision, domain=decision.primary_domain,
        decided_by=decision.decided_by, decided_at=decision.decided_at,
        decision_reason=decision.reason,
    )  # fmt: skip


def _open(row: Any, stands: Mapping[str, CorrectionDecision]) -> OpenCorrection:
    last = stands.get(row.entry_id)
    return OpenCorrection(
        id=row.id, entry_id=row.entry_id, narrative=row.narrative,
        filed_under=last.primary_domain if last else row.primary_domain,
        suggested_domain=row.suggested_domain, reason=row.reason,
        requested_by=row.requested_by, requested_at=row.requested_at,
    )  # fmt: skip

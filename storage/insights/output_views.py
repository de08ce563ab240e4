"""Regenerations and the versions they made, as shown."""

from datetime import datetime
from typing import Any

from storage.database import read_only
from storage.errors import NotFound
from storage.insights.states import OutputStatus, RegenerationStatus, Scope
from storage.insights.tables import (
    OutputDecision,
    Regeneration,
    RegenerationOutput,
    Suggestion,
)
from storage.insights.views import DecisionView, decision_view, rows_by
from storage.value import Value


class OutputLine(Value):
    """One line of an output: words of its sources, and the ids of those."""

    text: str
    sources: tuple[str, ...]


class OutputView(Value):
    """One version of what was collected about a target. `restores`: the version it puts back.

    `stands`: it is the newest approved version of its target.
    """

    id: str
    regeneration_id: str | None
    restores: str | None
    scope: Scope
    target: str
    version: int
    title: str
    lines: tuple[OutputLine, ...]
    content_hash: str
    made_at: datetime
    status: OutputStatus
    stands: bool
    decision: DecisionView | None


class RegenerationView(Value):
    """One approved regeneration, and its output once there is one.

    `retried_by`: the id of the one retry it has been used for.
    """

    id: str
    suggestion_id: str
    scope: Scope
    target: str
    retry_of: str | None
    retried_by: str | None
    reason: str
    approved_by: str
    approved_at: datetime
    status: RegenerationStatus
    detail: str | None
    finished_at: datetime | None
    job_id: str | None
    output: OutputView | None


def list_regenerations(
    status: RegenerationStatus | None = None, *, limit: int = 200
) -> list[RegenerationView]:
    """Regenerations, newest first."""
    rows = Regeneration.select()
    if status is not None:
        rows = rows.where(Regeneration.status == status.value)
    with read_only():
        return _regenerations(rows.order_by(Regeneration.id.desc()).limit(limit))


def regeneration(regeneration_id: str) -> RegenerationView:
    """One regeneration.

    Raises:
        NotFound: no such regeneration.
    """
    with read_only():
        found = _regenerations(Regeneration.select().where(Regeneration.id == regeneration_id))
    if not found:
        raise NotFound(kind="regeneration", id=regeneration_id)
    return found[0]


def versions(scope: Scope, target: str) -> list[OutputView]:
    """Every version of what was collected about a target, newest first."""
    rows = RegenerationOutput.select().where(
        RegenerationOutput.scope == scope.value, RegenerationOutput.target == target
    )
    with read_only():
        return _outputs(rows.order_by(RegenerationOutput.version.desc()))


def output(output_id: str) -> OutputView:
    """One version.

    Raises:
        NotFound: no such output.
    """
    with read_only():
        found = _outputs(RegenerationOutput.select().where(RegenerationOutput.id == output_id))
    if not found:
        raise NotFound(kind="output", id=output_id)
    return found[0]


def any_pending() -> bool:
    """Whether a regeneration waits for the worker; one seek."""
    rows = Regeneration.select().where(Regeneration.status == RegenerationStatus.PENDING.value)
    return bool(rows.exists())


def _regenerations(rows: Any) -> list[RegenerationView]:
    found = list(rows)
    ids = [row.id for row in found]
    suggested = rows_by(Suggestion.id, [row.suggestion_id for row in found])
    retries = rows_by(Regeneration.retry_of, ids)
    made = RegenerationOutput.select().where(RegenerationOutput.regeneration_id.in_(ids))
    outputs = {it.regeneration_id: it for it in _outputs(made)}
    own = RegenerationView.model_fields.keys() - {"scope", "target", "retried_by", "output"}
    return [
        RegenerationView(
            **{name: getattr(row, name) for name in own},
            scope=suggested[row.suggestion_id].scope,
            target=suggested[row.suggestion_id].target,
            retried_by=retries[row.id].id if row.id in retries else None,
            output=outputs.get(row.id),
        )
        for row in found
    ]


def _outputs(rows: Any) -> list[OutputView]:
    found = list(rows)
    decided = rows_by(OutputDecision.output_id, [row.id for row in found])
    own = OutputView.model_fields.keys() - {"status", "stands", "decision"}
    return [
        OutputView(
            **{name: getattr(row, name) for name in own},
            status=decided[row.id].decision if row.id in decided else OutputStatus.PENDING,
            stands=row.id == standing_version(row.scope, row.target),
            decision=decision_view(decided.get(row.id)),
        )
        for row in found
    ]


def standing_version(scope: str, target: str) -> str | None:
    """The id of the newest approved version about a target; None before the first."""
    rows = (
        RegenerationOutput.select(RegenerationOutput.id)
        .join(OutputDecision, on=(OutputDecision.output_id == RegenerationOutput.id))
        .where(
            RegenerationOutput.scope == scope,
            RegenerationOutput.target == target,
            OutputDecision.decision == OutputStatus.APPROVED.value,
        )
    )
    newest = rows.order_by(RegenerationOutput.version.desc()).first()
    return newest.id if newest else None

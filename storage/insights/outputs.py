"""Outputs: pending until an officer approves or rejects; rolled back by a new version."""

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.entries.rules import check_reason
from storage.errors import NotFound, WrongState
from storage.identity import new_id
from storage.insights.output_views import OutputView, output
from storage.insights.regenerating import Digest, keep_version
from storage.insights.states import OutputStatus
from storage.insights.tables import OutputDecision, RegenerationOutput


def approve(actor: Actor, output_id: str, *, reason: str = "") -> OutputView:
    """Let an output stand for its target; `output_id` may be that of its regeneration.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. WrongState: decided already.
    """
    return _decide(actor, output_id, OutputStatus.APPROVED, reason.strip())


def reject(actor: Actor, output_id: str, *, reason: str) -> OutputView:
    """Let an output not stand; it stays on record. `output_id` as in `approve`.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. WrongState: decided already.
        BadInput, TooLong: the reason.
    """
    return _decide(actor, output_id, OutputStatus.REJECTED, reason)


def rollback(actor: Actor, output_id: str, *, reason: str) -> OutputView:
    """Put an earlier approved version back, as a new version; nothing that was made changes.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. BadInput, TooLong: the reason.
        WrongState: it was never approved, or it is the one that stands.
    """
    with act(actor, "output.rolled_back", "output") as deed:
        before, why = output(_resolved(output_id)), check_reason(reason)
        if before.status is not OutputStatus.APPROVED:
            raise WrongState(why=f"Version {before.version} is {before.status}; only an approved "
                                 "one can be put back.")  # fmt: skip
        if before.stands:
            raise WrongState(why=f"Version {before.version} is the one that stands.")
        deed.subject_id = new_id()
        digest = Digest(title=before.title, lines=before.lines)
        version = keep_version(
            deed.subject_id, before.scope.value, before.target, digest, deed.at, restores=before.id
        )
        _note(actor, deed.subject_id, OutputStatus.APPROVED, why, deed.at)
        deed.detail.update(restores=before.id, version=version, reason=why)
    return output(deed.subject_id)


def _decide(actor: Actor, output_id: str, status: OutputStatus, reason: str) -> OutputView:
    with act(actor, f"output.{status.value}", "output", output_id) as deed:
        deed.subject_id = _resolved(output_id)
        before = output(deed.subject_id)
        if before.status is not OutputStatus.PENDING:
            raise WrongState(why=f"The output is {before.status} already.")
        why = check_reason(reason) if reason or status is OutputStatus.REJECTED else ""
        _note(actor, before.id, status, why, deed.at)
        deed.detail.update(reason=why, version=before.version)
    return output(before.id)


def _resolved(given: str) -> str:
    """The id of an output, given that or the id of the regeneration that made it.

    Raises:
        NotFound: neither.
    """
    row = RegenerationOutput.get_or_none(
        (RegenerationOutput.id == given) | (RegenerationOutput.regeneration_id == given)
    )
    if row is None:
        raise NotFound(kind="output", id=given)
    return str(row.id)


def _note(actor: Actor, output_id: str, status: OutputStatus, reason: str, at: object) -> None:
    OutputDecision.insert(
        output_id=output_id, decision=status.value, reason=reason,
        decided_by_id=actor.id, decided_by=actor.name, decided_at=at,
    ).execute()  # fmt: skip

"""Regenerations: approved by an officer, processed once by the worker, oldest first (JOBS §8)."""

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.canonical import canonical_json, sha256_hex
from storage.entries.rules import check_reason
from storage.errors import NotFound, WrongState
from storage.identity import new_id
from storage.insights.output_views import OutputLine, RegenerationView, regeneration
from storage.insights.states import OutputStatus, RegenerationStatus
from storage.insights.tables import Regeneration, RegenerationOutput, Suggestion
from storage.people.rules import check_officer
from storage.value import Value

MAX_DETAIL = 2_000


class Digest(Value):
    """What is collected about a target: a title, and lines of its sources' own words."""

    title: str
    lines: tuple[OutputLine, ...]


def approve_regeneration(actor: Actor, suggestion_id: str, reason: str) -> str:
    """Queue the regeneration a suggestion asks for; its id.

    Raises:
        NotPermitted: not an officer, not a person (I13).
    """
    with act(actor, "regeneration.approved", "regeneration") as deed:
        check_officer(actor, "approve a regeneration")
        deed.subject_id = new_id()
        deed.detail.update(suggestion=suggestion_id, reason=reason)
        Regeneration.insert(
            id=deed.subject_id, suggestion_id=suggestion_id, reason=reason,
            approved_by_id=actor.id, approved_by=actor.name, approved_at=deed.at,
            status=RegenerationStatus.PENDING.value,
        ).execute()  # fmt: skip
        return deed.subject_id


def retry(actor: Actor, regeneration_id: str, *, reason: str) -> RegenerationView:
    """Approve another try of one that failed, or whose output was rejected; once for each.

    Raises:
        NotPermitted: not an officer, not a person (I13). NotFound. BadInput, TooLong: the reason.
        WrongState: it neither failed nor was rejected, or its retry has been used.
    """
    with act(actor, "regeneration.retried", "regeneration") as deed:
        check_officer(actor, "approve a retry")
        before = regeneration(regeneration_id)
        _check_retry(before)
        deed.subject_id = new_id()
        deed.detail.update(retry_of=before.id, reason=check_reason(reason))
        Regeneration.insert(
            id=deed.subject_id, suggestion_id=before.suggestion_id, retry_of=before.id,
            reason=reason.strip(), approved_by_id=actor.id, approved_by=actor.name,
            approved_at=deed.at, status=RegenerationStatus.PENDING.value,
        ).execute()  # fmt: skip
    return regeneration(deed.subject_id)


def oldest_pending() -> RegenerationView | None:
    """The regeneration that is next; None when none waits."""
    rows = Regeneration.select().where(Regeneration.status == RegenerationStatus.PENDING.value)
    row = rows.order_by(Regeneration.id).first()
    return regeneration(row.id) if row else None


def complete(actor: Actor, regeneration_id: str, digest: Digest, *, job_id: str | None) -> str:
    """Keep the one output of the oldest pending regeneration; the id of the output.

    Raises:
        WrongState: it is not pending, or an older one is.
    """
    with act(actor, "regeneration.completed", "regeneration", regeneration_id,
             job_id=job_id) as deed:  # fmt: skip
        _move(regeneration_id, RegenerationStatus.COMPLETED, deed.at, job_id)
        row = Regeneration.get_by_id(regeneration_id)
        about = Suggestion.get_by_id(row.suggestion_id)
        output_id = new_id()
        keep_version(
            output_id, about.scope, about.target, digest, deed.at, regeneration_id=regeneration_id
        )
        deed.detail.update(output=output_id, lines=len(digest.lines))
        return output_id


def fail(actor: Actor, regeneration_id: str, detail: str, *, job_id: str | None) -> None:
    """Note that the oldest pending regeneration came to nothing, and why.

    Raises:
        WrongState: it is not pending, or an older one is.
    """
    with act(actor, "regeneration.failed", "regeneration", regeneration_id,
             job_id=job_id) as deed:  # fmt: skip
        _move(regeneration_id, RegenerationStatus.FAILED, deed.at, job_id, detail[:MAX_DETAIL])
        deed.detail.update(detail=detail[:MAX_DETAIL])


def keep_version(
    output_id: str,
    scope: str,
    target: str,
    digest: Digest,
    at: object,
    *,
    regeneration_id: str | None = None,
    restores: str | None = None,
) -> int:
    """Write the next version about a target, inside the caller's act; its number."""
    of_target = (RegenerationOutput.scope == scope, RegenerationOutput.target == target)
    version = RegenerationOutput.select().where(*of_target).count() + 1
    content = digest.model_dump(mode="json")
    RegenerationOutput.insert(
        id=output_id, regeneration_id=regeneration_id, restores=restores, scope=scope,
        target=target, version=version, title=digest.title, lines=content["lines"],
        content_hash=sha256_hex(canonical_json(content)), made_at=at,
    ).execute()  # fmt: skip
    return int(version)


def _check_retry(before: RegenerationView) -> None:
    rejected = before.output is not None and before.output.status is OutputStatus.REJECTED
    if before.status is not RegenerationStatus.FAILED and not rejected:
        raise WrongState(why="It neither failed nor was rejected; there is nothing to try again.")
    if before.retried_by is not None:
        raise WrongState(why=f"Its retry has been used, by regeneration {before.retried_by}.")


def _move(
    regeneration_id: str,
    status: RegenerationStatus,
    at: object,
    job_id: str | None,
    detail: str | None = None,
) -> None:
    row = Regeneration.get_or_none(Regeneration.id == regeneration_id)
    if row is None:
        raise NotFound(kind="regeneration", id=regeneration_id)
    nxt = oldest_pending()
    if nxt is None or nxt.id != regeneration_id:
        raise WrongState(why=f"The regeneration is {row.status}; the oldest pending one is next.")
    Regeneration.update(
        status=status.value, detail=detail, finished_at=at, job_id=job_id
    ).where(
        Regeneration.id == regeneration_id,
        Regeneration.status == RegenerationStatus.PENDING.value,
    ).execute()  # fmt: skip

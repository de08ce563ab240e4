"""Regenerations: processed once, oldest first, with one output that never changes (JOBS §8)."""

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.canonical import canonical_json, sha256_hex
from storage.errors import NotFound, WrongState
from storage.identity import new_id
from storage.insights.output_views import (
    OutputLine,
    RegenerationView,
    any_pending,
    regeneration,
)
from storage.insights.states import RegenerationStatus
from storage.insights.tables import Regeneration, RegenerationOutput, Suggestion
from storage.jobs.kinds import JobKind
from storage.jobs.states import JobStatus
from storage.jobs.views import counts
from storage.value import Value

MAX_DETAIL = 2_000


class Digest(Value):
    """What is collected about a target: a title, and lines of its sources' own words."""

    title: str
    lines: tuple[OutputLine, ...]


def oldest_pending() -> RegenerationView | None:
    """The regeneration that is next; None when none waits."""
    rows = Regeneration.select().where(Regeneration.status == RegenerationStatus.PENDING.value)
    row = rows.order_by(Regeneration.id).first()
    return regeneration(row.id) if row else None


def regeneration_is_due() -> bool:
    """Whether one waits and nothing is in its way: a worker's job that failed waits for a person's
    answer first, so that what ends a job does not end one each minute."""
    failed = counts().get((JobStatus.FAILED, JobKind.REGENERATION_WORKER), 0)
    return not failed and any_pending()


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

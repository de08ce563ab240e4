"""The round a diagnostic job writes, to prove that the store keeps, changes and gives up a row."""

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.errors import Failed
from storage.manifests.tables import Scratch

LIFECYCLE = ("created", "read", "updated", "verified", "deleted", "confirmed_gone")
"""What a whole round goes through, in this order (JOBS §7)."""


def exercise(
    actor: Actor, first: str, second: str, *, job_id: str, trace_id: str
) -> tuple[str, ...]:
    """Create a row, read it, change it, verify it, delete it and confirm that it is gone.

    All of it within the transaction that ends the job, so nobody else ever sees the row. Returns
    the steps in the order they were done.

    Raises:
        Failed: what was read is not what was written; nothing remains.
    """
    ids = {"job_id": job_id, "trace_id": trace_id}
    with act(actor, "scratch.exercised", "scratch", job_id, **ids) as deed:
        steps = []
        Scratch.insert(job_id=job_id, value=first).execute()
        steps.append("created")
        _expect(job_id, first)
        steps.append("read")
        Scratch.update(value=second).where(Scratch.job_id == job_id).execute()
        steps.append("updated")
        _expect(job_id, second)
        steps.append("verified")
        Scratch.delete().where(Scratch.job_id == job_id).execute()
        steps.append("deleted")
        _expect(job_id, None)
        steps.append("confirmed_gone")
        deed.detail = {"steps": len(steps)}
        return tuple(steps)


def _expect(job_id: str, value: str | None) -> None:
    row = Scratch.get_or_none(Scratch.job_id == job_id)
    found = row and row.value
    if found != value:
        raise Failed(why=f"The store was to hold {value!r} for this job and gave {found!r}.")

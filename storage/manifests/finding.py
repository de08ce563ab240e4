"""Which work order is meant: by its id, its name, or the file a person has before them."""

from pathlib import Path
from typing import Any

from storage.errors import NotFound
from storage.manifests.files import own_name
from storage.manifests.reading import hash_of
from storage.manifests.tables import Link, WorkOrder


def order_row(order_id: str) -> WorkOrder:
    """A work order by its id.

    Raises:
        NotFound.
    """
    row = WorkOrder.get_or_none(WorkOrder.order_id == order_id)
    if row is None:
        raise NotFound(kind="work order", id=order_id)
    return row


def find_row(given: str) -> WorkOrder | None:
    """The work order of an id, a name (with or without its ending) or a file; None if unknown.

    A file from elsewhere is known by what is in it, else by where the order was taken in from,
    so that one which was changed since is still found.
    """
    named = _row((WorkOrder.order_id == given) | (WorkOrder.name << [given, f"{given}.jsonl"]))
    if named is not None:
        return named
    path = Path(given)
    name = own_name(path)
    if name is not None:
        return _row(WorkOrder.name == name)
    same = _row(WorkOrder.sha256 == hash_of(path))
    return same or _taken_from(path)


def order_of_job(job_id: str) -> str | None:
    """The id of the work order one of whose lines became this job; None for any other job."""
    link = Link.get_or_none(Link.job_id == job_id)
    return str(link.order_id) if link else None


def _row(condition: Any) -> WorkOrder | None:
    found: WorkOrder | None = WorkOrder.get_or_none(condition)
    return found


def _taken_from(path: Path) -> WorkOrder | None:
    taken = WorkOrder.select().where(WorkOrder.source == str(path.resolve()))
    found: WorkOrder | None = taken.order_by(WorkOrder.planned_at.desc()).first()
    return found

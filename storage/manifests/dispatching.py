"""Sending a work order: every entry becomes a job, in one transaction, and its link is kept.

The file is read and checked once, without the write lock; what was read is what is sent, and its
hash is on record. A file that is changed afterwards is another one, and is told as that.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from storage.audit.actions import Deed, act, asking
from storage.audit.actor import Actor
from storage.engine import execute_many, ledger
from storage.errors import BadInput, WrongState
from storage.evidence.lines import Rejected, bad_lines
from storage.identity import new_id
from storage.jobs.actions import cancel, open_group, seal
from storage.jobs.many import Prepared, submit_all
from storage.jobs.states import JobStatus
from storage.manifests.files import own_name, path_of, taken_in
from storage.manifests.finding import find_row, order_row
from storage.manifests.planning import Authorship, record_plan
from storage.manifests.reading import Survey, survey
from storage.manifests.rules import entry_key, why_not_again, why_not_move
from storage.manifests.spool import Ready, Spool
from storage.manifests.states import OrderState
from storage.manifests.tables import WorkOrder
from storage.value import Value

_LINK = "INSERT INTO manifest_link (order_id, line, round, entry_id, job_id) VALUES (?, ?, ?, ?, ?)"
_LATEST = """
SELECT l.line, job.job_id, job.status FROM manifest_link l JOIN job ON job.job_id = l.job_id
WHERE l.order_id = ? AND l.round = (
    SELECT max(round) FROM manifest_link m WHERE m.order_id = l.order_id AND m.line = l.line)
"""


class Dispatched(Value):
    """What sending a manifest came to. `sent` jobs are new; `rejected` lines were left out.

    `outcome`: `already_dispatched` when the same content was sent before, and nothing is new.
    """

    outcome: Literal["dispatched", "already_dispatched", "dry_run"]
    order_id: str | None = None
    name: str
    sha256: str
    group_id: str | None = None
    round: int = 1
    entries: int
    sent: int = 0
    bad: int = 0
    rejected: tuple[Rejected, ...] = ()


def dispatch(
    actor: Actor, path: Path, *, dry_run: bool = False, keep_going: bool = False
) -> Dispatched:
    """Send every entry of a manifest to the queue, all in one transaction (JOBS §7).

    A file from elsewhere is copied among the manifests first. The same content a second time
    sends nothing. A dry run checks all of it and writes nothing but its record.

    Raises:
        BadLines: some lines cannot be used, and `keep_going` is not asked. BadInput: the file
        cannot be read or has no entry. WrongState: it is not what was planned or dispatched under
        its name, or it was withdrawn.
    """
    spool = Spool(actor)
    with asking(actor, "order.dispatched", "order", path.name):
        found = survey(path, spool.keep)
        row = _known(path, found)
        if row is not None and row.state == OrderState.DISPATCHED:
            return _sent_before(row)
        _check_lines(found, keep_going)
    if dry_run:
        return _tried(actor, path, found)
    with (
        taken_in(path, found.sha256) as name,
        act(actor, "order.dispatched", "order") as deed,
    ):
        row = order_row(_order(actor, path, name, found))
        deed.subject_id = row.order_id
        if row.state == OrderState.DISPATCHED:
            deed.unchanged()
            return _sent_before(row)
        sent = _send(actor, row, deed, spool)
    return _dispatched(row.order_id, sent, found)


def dispatch_again(actor: Actor, order_id: str) -> Dispatched:
    """Send the entries whose job failed or was cancelled once more, as new jobs of a next round.

    Their failed jobs are closed, so that nobody retries them beside.

    Raises:
        NotFound. WrongState: it was not dispatched, jobs of it still wait or run, nothing failed,
        or the file is not what was dispatched any more. BadInput: the file cannot be read.
    """
    spool = Spool(actor)
    with asking(actor, "order.dispatched_again", "order", order_id):
        name = order_row(order_id).name
        found = survey(path_of(name), spool.keep)
    with act(actor, "order.dispatched_again", "order", order_id) as deed:
        row = order_row(order_id)
        _check_same(row, found)
        failed = _failed(order_id, OrderState(row.state))
        for job_id, status in failed.values():
            if status == JobStatus.FAILED:
                cancel(actor, job_id)
        sent = _send(actor, row, deed, (ready for ready in spool if ready.line in failed))
    return _dispatched(order_id, sent)


_OVER = (JobStatus.FAILED.value, JobStatus.CANCELLED.value)


def _failed(order_id: str, state: OrderState) -> dict[int, tuple[str, str]]:
    """Line → the job that failed and its status, of every entry that has to be sent again.

    Raises:
        WrongState: there is none, or others still wait or run.
    """
    latest = ledger.execute_sql(_LATEST, (order_id,)).fetchall()
    failed = {line: (job, status) for line, job, status in latest if status in _OVER}
    pending = sum(status in ("queued", "running") for *_, status in latest)
    refusal = why_not_again(state, pending, len(failed))
    if refusal:
        raise WrongState(why=refusal)
    return failed


def _known(path: Path, found: Survey) -> WorkOrder | None:
    """The work order of a file, which must be what the record says.

    Raises:
        WrongState: it was changed since, or it was withdrawn.
    """
    name = own_name(path)
    row = find_row(name) if name else WorkOrder.get_or_none(WorkOrder.sha256 == found.sha256)
    if row is None:
        return None
    _check_same(row, found)
    if row.state == OrderState.WITHDRAWN:
        raise WrongState(why=str(why_not_move(OrderState.WITHDRAWN, OrderState.DISPATCHED)))
    return row


def _check_same(row: WorkOrder, found: Survey) -> None:
    if row.sha256 != found.sha256:
        raise WrongState(
            why=f"{row.name} is not what was {row.state}: its content was changed since. "
            "Give it another name to send it as a work order of its own."
        )


def _check_lines(found: Survey, keep_going: bool) -> None:
    if found.bad and not keep_going:
        refusal = bad_lines(found.rejected, found.lines)
        refusal.facts["count"] = found.bad
        raise type(refusal)(**refusal.facts)
    if not found.entries:
        raise BadInput(why="It has no entry that can be sent.")


def _tried(actor: Actor, path: Path, found: Survey) -> Dispatched:
    """The record of a dry run, which is all that it writes (I18)."""
    with act(actor, "order.dispatched", "order", path.name) as deed:
        deed.outcome = "dry_run"
        deed.detail = {"sha256": found.sha256, "entries": found.entries, "bad": found.bad}
    return Dispatched(
        outcome="dry_run", name=path.name, sha256=found.sha256, entries=found.entries,
        bad=found.bad, rejected=found.rejected,
    )  # fmt: skip


def _order(actor: Actor, path: Path, name: str, found: Survey) -> str:
    """The id of the work order of a content, which is put on record if it is new."""
    row = WorkOrder.get_or_none(WorkOrder.sha256 == found.sha256)
    if row is not None:
        return str(row.order_id)
    source = "" if own_name(path) else str(path.resolve())
    author = Authorship(planner=(actor.id, actor.name), source=source)
    return record_plan(actor, name, found, author, trace_id=new_id())


def _send(
    actor: Actor, row: WorkOrder, deed: Deed, entries: Iterable[Ready]
) -> tuple[str, int, int]:
    """Queue entries as one group and link them; the group, the round, and how many are new jobs."""
    round = row.round + 1
    group_id = open_group(actor, f"work order {row.name}", trace_id=row.trace_id)
    sent, links = 0, list[tuple[int, str]]()

    def jobs() -> Iterator[Prepared]:
        for line, entry_id, job in entries:
            links.append((line, entry_id))
            yield job.of(group_id, entry_key(row.sha256, line, round))

    for answers in submit_all(actor, jobs(), group_id=group_id, trace_id=row.trace_id):
        pairs = zip(links, answers, strict=True)
        execute_many(
            _LINK, [(row.order_id, line, round, id, job.job_id) for (line, id), job in pairs]
        )
        sent += sum(job.created for job in answers)
        links.clear()
    seal(actor, group_id)
    _note(actor, row, deed, round, group_id)
    deed.detail = {"name": row.name, "sha256": row.sha256, "round": round, "sent": sent}
    return group_id, round, sent


def _note(actor: Actor, row: WorkOrder, deed: Deed, round: int, group_id: str) -> None:
    change: dict[str, Any] = {"round": round, "group_id": group_id}
    if round == 1:
        change |= {
            "state": OrderState.DISPATCHED.value, "dispatched_at": deed.at,
            "dispatched_by": actor.id, "dispatched_by_name": actor.name,
        }  # fmt: skip
    WorkOrder.update(**change).where(WorkOrder.order_id == row.order_id).execute()


def _dispatched(
    order_id: str, sent: tuple[str, int, int], found: Survey | None = None
) -> Dispatched:
    row, (group_id, round, number) = order_row(order_id), sent
    return Dispatched(
        outcome="dispatched", order_id=order_id, name=row.name, sha256=row.sha256,
        group_id=group_id, round=round, entries=row.entries, sent=number,
        bad=found.bad if found else 0, rejected=found.rejected if found else (),
    )  # fmt: skip


def _sent_before(row: WorkOrder) -> Dispatched:
    return Dispatched(
        outcome="already_dispatched", order_id=row.order_id, name=row.name, sha256=row.sha256,
        group_id=row.group_id, round=row.round, entries=row.entries,
    )  # fmt: skip

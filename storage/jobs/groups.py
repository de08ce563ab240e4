"""Groups: jobs asked for together, closed exactly once, in the transaction that ends the last.

The store's triggers count the children; here is only what happens when the count is full.
"""

from datetime import datetime
from typing import Any, Unpack

from storage.audit.actions import act, append
from storage.audit.actor import SYSTEM, Actor
from storage.clock import to_text
from storage.engine import insert_rows, ledger
from storage.errors import BadInput, NotFound, Refused, WrongState
from storage.identity import new_id
from storage.jobs.arguments import checked
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.membership import admit, require_open
from storage.jobs.record import Origin, Submitted
from storage.jobs.rules import Tally, group_state, why_not_cancel_group, why_not_follow
from storage.jobs.states import FOLLOWED, GroupState, Reason
from storage.jobs.submission import Terms, submit, submit_many
from storage.jobs.tables import JobGroup
from storage.jobs.together import FollowUp

_SEAL = "UPDATE job_group SET sealed_at = coalesce(sealed_at, ?) WHERE group_id = ?"
_ASK = "UPDATE job_group SET cancel_requested_at = ? WHERE group_id = ?"
_CANCEL_QUEUED = """
UPDATE job SET status = 'cancelled', status_reason = ?, finished_at = ?, last_activity_at = ?
WHERE group_id = ? AND status = 'queued' RETURNING job_id, trace_id
"""
_TOUCHED = """
SELECT group_id FROM job_group WHERE parent_id = ? AND sealed_at IS NULL
UNION ALL
SELECT g.group_id FROM job JOIN job_group g ON g.group_id = job.group_id
WHERE job.job_id = ? AND g.state = 'open' AND g.sealed_at IS NOT NULL
AND g.queued = 0 AND g.running = 0
"""
_CLOSE = """
UPDATE job_group SET state = ?, closed_at = ?, follow_up_job_id = ?
WHERE group_id = ? AND state = 'open'
"""


def open_group(
    actor: Actor,
    label: str,
    *,
    follow_up: FollowUp | None = None,
    parent_id: str | None = None,
    trace_id: str | None = None,
) -> str:
    """Open a group and return its id; children name it as their `group_id` when submitted.

    `parent_id` is the job that makes it; when that job ends, it has stopped adding.

    Raises:
        BadInput: no label, or bad arguments of the follow-up. WrongState: its kind may not
        follow. NotFound: no such parent.
    """
    group_id, trace_id = new_id(), trace_id or new_id()
    with act(actor, "group.opened", "group", group_id, trace_id=trace_id) as deed:
        if not label.strip():
            raise BadInput(why="label: a group needs a name.")
        admit(None, parent_id)
        _check_follow_up(follow_up)
        deed.detail = {"label": label, "follow_up": follow_up.kind.value if follow_up else None}
        row = {
            "group_id": group_id, "trace_id": trace_id, "label": label, "parent_id": parent_id,
            "opened_by": actor.id, "opened_by_name": actor.name, "opened_at": deed.at,
            "state": GroupState.OPEN.value, **dict.fromkeys((*Tally.__slots__, "total"), 0),
            "follow_up": follow_up.model_dump(mode="json") if follow_up else None,
        }  # fmt: skip
        insert_rows(JobGroup, [row])
    return group_id


def submit_together(
    actor: Actor,
    kind: JobKind | str,
    arguments: dict[str, Any],
    number: int,
    **terms: Unpack[Terms],
) -> tuple[str, list[Submitted]]:
    """Queue `number` jobs of one kind as one group, all or none; the group's id and the jobs.

    Raises:
        What `submit` raises; nothing is queued then.
    """
    with act(actor, "group.opened", "group") as deed:
        trace_id = terms.get("trace_id") or new_id()
        group_id = open_group(actor, f"{number} × {kind}", trace_id=trace_id)
        child: Terms = {**terms, "group_id": group_id, "trace_id": trace_id}
        made = submit_many(actor, kind, arguments, number, **child)
        seal(actor, group_id)
        deed.unchanged()  # every part has its own event
    return group_id, made


def seal(actor: Actor, group_id: str) -> None:
    """Say that nothing more is added; the group closes here if all its children have ended.

    Raises:
        NotFound. WrongState: it is sealed already.
    """
    with act(actor, "group.sealed", "group", group_id) as deed:
        require_open(group_id)
        ledger.execute_sql(_SEAL, (to_text(deed.at), group_id))
        deed.detail = {"total": _group(group_id).total}
        _close_if_over(group_id)


def cancel_group(actor: Actor, group_id: str) -> int:
    """Cancel the queued children and let the running ones end; how many were cancelled.

    Nothing is added or queued again afterwards, and nothing follows.

    Raises:
        NotFound. WrongState: it has closed, or is cancelled already.
    """
    with act(actor, "group.cancelled", "group", group_id) as deed:
        group = _group(group_id)
        asked = group.cancel_requested_at is not None
        refusal = why_not_cancel_group(GroupState(group.state), asked, group.running)
        if refusal:
            raise WrongState(why=refusal)
        ledger.execute_sql(_ASK, (to_text(deed.at), group_id))
        ledger.execute_sql(_SEAL, (to_text(deed.at), group_id))
        cancelled = _cancel_queued(actor, group_id, deed.at)
        deed.detail = {"cancelled": cancelled, "running": group.running}
        _close_if_over(group_id)
        return cancelled


def job_ended(job_id: str) -> None:
    """Close the group whose last child this job was, and seal those it was making.

    Called in the transaction of every ending: settled, rescued for good, cancelled.
    """
    for (group_id,) in ledger.execute_sql(_TOUCHED, (job_id, job_id)).fetchall():
        if _group(group_id).sealed_at is None:
            seal(SYSTEM, group_id)
        else:
            _close_if_over(group_id)


def _check_follow_up(follow_up: FollowUp | None) -> None:
    if follow_up is None:
        return
    refusal = why_not_follow(KINDS[follow_up.kind])
    if refusal:
        raise WrongState(why=refusal)
    checked(KINDS[follow_up.kind].arguments, follow_up.arguments)


def _cancel_queued(actor: Actor, group_id: str, at: datetime) -> int:
    moment, reason = to_text(at), Reason.PARENT_CANCELLED
    ended = ledger.execute_sql(_CANCEL_QUEUED, (reason, moment, moment, group_id)).fetchall()
    for job_id, trace_id in ended:
        detail = {"from": "queued", "reason": reason.value, "group": group_id}
        append(actor, "job.cancelled", "job", job_id, detail, job_id=job_id, trace_id=trace_id)
    return len(ended)


def _close_if_over(group_id: str) -> None:
    group = _group(group_id)
    tally = Tally(**{name: getattr(group, name) for name in Tally.__slots__})
    sealed, asked = group.sealed_at is not None, group.cancel_requested_at is not None
    state = group_state(tally, sealed, asked)
    if state is GroupState.OPEN:
        return
    with act(SYSTEM, "group.closed", "group", group_id, trace_id=group.trace_id) as deed:
        deed.detail = {"state": state.value, "total": tally.total}
        next_job = None
        if group.follow_up and state in FOLLOWED:
            next_job = _follow(group, deed.detail)
        ledger.execute_sql(_CLOSE, (state, to_text(deed.at), next_job, group_id))


def _follow(group: JobGroup, detail: dict[str, Any]) -> str | None:
    """Submit the follow-up; a refusal goes into `detail` and does not keep the last child back."""
    plan = FollowUp.model_validate(group.follow_up)
    try:
        job_id = submit(
            SYSTEM, plan.kind, plan.arguments, subject=plan.subject, vessel_id=plan.vessel_id,
            trace_id=group.trace_id, origin=Origin.GROUP,
        ).job_id  # fmt: skip
    except Refused as refusal:
        detail["follow_up_refused"] = str(refusal)
        return None
    detail["follow_up"] = job_id
    return job_id


def _group(group_id: str) -> JobGroup:
    group = JobGroup.get_or_none(JobGroup.group_id == group_id)
    if group is None:
        raise NotFound(kind="group", id=group_id)
    return group

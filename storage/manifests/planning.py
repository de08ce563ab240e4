"""Putting a manifest on record: what is in it and by whose will."""

from typing import NamedTuple

from storage.audit.actions import act
from storage.audit.actor import Actor
from storage.identity import new_id
from storage.manifests.reading import Survey
from storage.manifests.states import OrderState
from storage.manifests.tables import WorkOrder


class Authorship(NamedTuple):
    """Who wanted a work order, and what wrote it; all but the person empty for a hand-written one.

    `planner` is the person's id and name.
    """

    planner: tuple[str, str]
    workflow: str = ""
    mode: str = ""
    job_id: str | None = None
    source: str = ""


def record_plan(
    actor: Actor, name: str, survey: Survey, author: Authorship, *, trace_id: str
) -> str:
    """Put a manifest on record as planned, in the transaction that ends its job; returns its id.

    The file lies under its name when this commits; a file that no row names was left by a crash.
    """
    with act(actor, "order.planned", "order", job_id=author.job_id, trace_id=trace_id) as deed:
        deed.subject_id = new_id()
        deed.detail = {
            "name": name, "sha256": survey.sha256, "entries": survey.entries,
            "workflow": author.workflow, "mode": author.mode,
        }  # fmt: skip
        WorkOrder.insert(
            order_id=deed.subject_id, name=name, sha256=survey.sha256, source=author.source,
            workflow=author.workflow, mode=author.mode, lines=survey.lines,
            entries=survey.entries, tasks=survey.tasks, state=OrderState.PLANNED.value,
            trace_id=trace_id, planned_at=deed.at, planned_by=author.planner[0],
            planned_by_name=author.planner[1], plan_job_id=author.job_id, round=0,
        ).execute()  # fmt: skip
        return deed.subject_id

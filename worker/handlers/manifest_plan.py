"""manifest_plan: what a workflow wants done, written as a manifest. Planning sends nothing."""

import os
from pathlib import Path
from typing import Any, NamedTuple

from pydantic_core import to_json

from storage.audit.actor import WORKER
from storage.errors import BadInput
from storage.evidence.lines import bad_lines
from storage.jobs.arguments import ManifestPlan
from storage.jobs.record import ClaimedJob
from storage.manifests.actions import record_plan
from storage.manifests.files import next_name, path_of, put_in_place, workshop
from storage.manifests.planning import Authorship
from storage.manifests.reading import Survey, survey
from storage.value import Value
from worker.handler import NothingToDo, Reporter
from worker.workflows.catalogue import workflow
from worker.workflows.workflow import PlanRequest, Workflow

NOTHING = "nothing to do"


class Assignment(NamedTuple):
    """A manifest to write: by which workflow, what is asked, and where it is written first."""

    workflow: Workflow
    request: PlanRequest
    draft: Path


class Planned(Value):
    """A manifest that is durable and waits for its name. `found`: how many of each sort."""

    name: str
    workflow: str
    mode: str
    found: dict[str, int]
    draft: Path
    survey: Survey


def gather(job: ClaimedJob) -> Assignment | NothingToDo:
    """The workflow, what it finds in the store, and the name of the manifest."""
    asked = job.arguments_as(ManifestPlan)
    known = workflow(asked.workflow)
    mode = _mode(known, asked.mode)
    found = known.found()
    if known.look and not any(found.values()):
        return NothingToDo(result=_result(_numbers(found), reason=NOTHING))
    name = next_name(asked.workflow)
    request = PlanRequest(
        name=Path(name).stem, mode=mode, count=asked.count or known.count, found=found
    )
    return Assignment(known, request, workshop() / name)


def perform(given: Assignment, report: Reporter) -> Planned:
    """Write what the workflow says line by line, then read it as dispatching will."""
    count = given.request.count
    with given.draft.open("wb") as file:
        for number, line in enumerate(given.workflow.plan(given.request), start=1):
            if number > count:
                raise BadInput(why=f"The workflow planned more than the {count:,} asked for.")
            file.write(to_json(line) + b"\n")
            report.phase("plan", number, count, "entries")
        file.flush()
        os.fsync(file.fileno())
    report.phase("check", 0, 1)
    found = survey(given.draft)
    if found.bad:
        raise bad_lines(found.rejected, found.lines)
    report.count(validators_run_count=found.lines)
    return Planned(
        name=given.draft.name, workflow=given.workflow.name, mode=given.request.mode,
        found=_numbers(given.request.found), draft=given.draft, survey=found,
    )  # fmt: skip


def settle(job: ClaimedJob, output: Planned) -> dict[str, Any]:
    """Give the file its name, and name it in the record."""
    name, found = output.name, output.survey
    if not found.entries:
        return _result(output.found, reason=NOTHING)
    author = Authorship(
        planner=(job.requested_by, job.requested_by_name), workflow=output.workflow,
        mode=output.mode, job_id=job.job_id,
    )  # fmt: skip
    order_id = record_plan(WORKER, name, found, author, trace_id=job.trace_id)
    put_in_place(output.draft, name)
    return _result(
        output.found, reason="planned", order_id=order_id, name=name, path=str(path_of(name)),
        sha256=found.sha256, entries=found.entries, tasks=found.tasks,
    )  # fmt: skip


def _mode(known: Workflow, asked: str) -> str:
    """The mode to plan in.

    Raises:
        BadInput: the workflow has no such mode.
    """
    if asked and asked not in known.modes:
        there = f"its modes are {', '.join(known.modes)}" if known.modes else "it has no modes"
        raise BadInput(why=f"mode: {known.name} cannot be planned as {asked!r}; {there}.")
    return asked or next(iter(known.modes), "")


def _numbers(found: dict[str, Any]) -> dict[str, int]:
    return {sort: len(things) for sort, things in found.items()}


def _result(found: dict[str, int], **facts: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("order_id", "name", "path", "sha256"))
    return {**empty, "entries": 0, "tasks": {}, "found": found, **facts}

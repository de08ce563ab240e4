"""Having a work order planned: which workflow, in which mode, for how many entries."""

from functools import partial
from typing import Any

from console.screens.asking import Choose
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from console.workflows import KnownWorkflow, known_workflows
from storage.errors import BadInput
from storage.jobs.kinds import JobKind
from storage.jobs.submission import submit
from storage.text import visible

RAISED = 4
"""A person waits for planning and verifying, so they go before what a work order sent."""


class OrderPlanning(LiveScreen):
    """The command that asks the worker for a plan."""

    async def action_plan_order(self) -> None:
        """w: nothing is sent by planning."""
        person = await self.require_person("to plan a work order")
        known = await self.call(known_workflows, self.console.home)
        workflow = await self._which(known)
        arguments: dict[str, Any] = {"workflow": workflow.name}
        if workflow.modes:
            modes = [(mode, mode) for mode in workflow.modes]
            arguments["mode"] = await self.ask(Choose(f"Plan {workflow.name}", "Mode:", modes))
        arguments["count"] = await self._how_many(workflow)
        ask = partial(submit, priority=RAISED)
        job = await self.call(ask, person.actor, JobKind.MANIFEST_PLAN, arguments)
        self.requested(job, "what it plans will stand here, to be looked at and sent")

    async def _which(self, known: list[KnownWorkflow]) -> KnownWorkflow:
        """One of those that can be used; the others say why not."""
        by_name = {workflow.name: workflow for workflow in known}
        options = [(w.name, f"{w.name}: {visible(w.problem or w.sentence)}") for w in known]
        chosen = by_name[await self.ask(Choose("Plan a work order", "By which workflow?", options))]
        if chosen.problem:
            raise BadInput(why=chosen.problem)
        return chosen

    async def _how_many(self, workflow: KnownWorkflow) -> int:
        sentence = "How many entries at most?"
        given = await self.ask(
            AskReason(
                f"Plan {workflow.name}", sentence, text=str(workflow.count), placeholder="a number"
            )
        )
        return read_count(given)


def read_count(text: str) -> int:
    """The number somebody wrote.

    Raises:
        BadInput: it is none.
    """
    plain = text.replace(",", "").replace(" ", "")
    if not plain.isdecimal() or int(plain) < 1:
        raise BadInput(why=f"{text!r} is not a number of entries.")
    return int(plain)

"""Work orders, their lines and their verdicts in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from console.cli.answer import rejected_lines
from console.cli.words import age, both_times, count, facts, listed, table
from console.workflows import KnownWorkflow
from storage.manifests.dispatching import Dispatched
from storage.manifests.states import Verdict
from storage.manifests.views import EntryRecord, FindingRecord, OrderRecord, OrderTally

NONE_YET = "No work order yet; `manifest plan WORKFLOW` makes one."


def workflow_rows(found: Sequence[KnownWorkflow]) -> Iterator[str]:
    """One line a workflow."""
    rows = [
        (known.name, listed(known.modes), known.count, known.origin,
         known.problem or known.sentence)
        for known in found
    ]  # fmt: skip
    return table(("workflow", "modes", "entries", "from", "what it does"), rows, "None.")


def plan_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What planning came to."""
    found = ", ".join(f"{sort} {number}" for sort, number in result["found"].items())
    if found:
        yield f"Found: {found}."
    if result["order_id"] is None:
        yield "Nothing to do."
        return
    yield f"{count(result['entries'], 'entry', 'entries')} planned: {_tasks(result['tasks'])}."
    yield str(result["path"])
    yield f"`eightbells manifest dispatch {result['name']}` sends it."


def order_rows(found: Sequence[OrderRecord]) -> Iterator[str]:
    """One line a work order."""
    rows = [
        (o.name, o.view, f"{o.group.percent} %" if o.group else "–", o.entries, o.round or "–",
         _verdict_words(o), age(o.planned_at), o.workflow or "by hand")
        for o in found
    ]  # fmt: skip
    headings = ("name", "state", "done", "entries", "round", "verdict", "planned", "workflow")
    return table(headings, rows, NONE_YET)


def order_lines(order: OrderRecord, file: str, jobs: OrderTally) -> Iterator[str]:
    """One work order whole."""
    mode = f", {order.mode}" if order.mode else ""
    return facts(
        {
            "work order": order.order_id,
            "name": order.name,
            "file": f"{order.path} ({file})",
            "taken from": order.source or "–",
            "SHA-256": order.sha256,
            "state": order.view,
            "workflow": f"{order.workflow}{mode}" if order.workflow else "by hand",
            "entries": f"{order.entries} of {count(order.lines, 'line')}: {_tasks(order.tasks)}",
            "planned": f"{both_times(order.planned_at)} by {order.planned_by_name}",
            "dispatched": f"{both_times(order.dispatched_at)} by {order.dispatched_by_name}"
            if order.dispatched_at
            else "–",
            "rounds": order.round or "–",
            "jobs": f"{jobs.pending} pending, {jobs.completed} completed, {jobs.failed} failed",
            "group": order.group_id or "–",
            "verdict": _verdict_words(order),
        }
    )


def entry_rows(lines: Sequence[EntryRecord]) -> Iterator[str]:
    """One line for each line of a manifest."""
    rows = [
        (line.line, line.entry_id or "–", line.task or "–", line.status or "–",
         line.job_id or "–", line.verdict or "–", line.problem or line.why or line.description)
        for line in lines
    ]  # fmt: skip
    headings = ("line", "entry", "task", "job is", "job", "verdict", "what")
    return table(headings, rows, "No such line.")


def dispatched_lines(sent: Dispatched) -> Iterator[str]:
    """What sending came to."""
    if sent.outcome == "already_dispatched":
        yield f"{sent.name} was dispatched before: nothing new is sent."
    elif sent.outcome == "dry_run":
        yield f"{count(sent.entries, 'entry', 'entries')} would be sent; nothing was."
    else:
        yield f"{count(sent.sent, 'job')} queued of {sent.name}, round {sent.round}."
    yield from rejected_lines([line.model_dump() for line in sent.rejected])
    if sent.group_id:
        yield f"group {sent.group_id}"


def verdict_lines(result: Mapping[str, Any]) -> Iterator[str]:
    """What verifying found, in numbers."""
    found = result["entries"]
    numbers = ", ".join(f"{found[verdict]} {verdict}" for verdict in Verdict)
    yield f"{result['name']}: {count(found['total'], 'entry', 'entries')}: {numbers}."
    if not result["unchanged"]:
        yield "The manifest is not what was dispatched: its content was changed since."
    for sort, number in found["left_over"].items():
        yield f"{sort}: {number} found now"
    yield "All in order." if result["ok"] else "Not all in order."


def finding_rows(found: Sequence[FindingRecord]) -> Iterator[str]:
    """One line for each entry that is not in order."""
    rows = [(f.line, f.entry_id or "–", f.verdict, f.job_id or "–", f.why) for f in found]
    return table(("line", "entry", "verdict", "job", "why"), rows, "No line is out of order.")


def _verdict_words(order: OrderRecord) -> str:
    found = order.verdict
    if found is None:
        return "not verified"
    changed = "" if found.unchanged else ", file changed"
    return f"{found.ok} of {found.total} ok{changed}"


def _tasks(tasks: Mapping[str, int]) -> str:
    return ", ".join(f"{number} {task}" for task, number in tasks.items())

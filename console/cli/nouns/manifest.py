"""`manifest`: work orders, from plan to verdict."""

from pathlib import Path
from typing import Annotated, Any

import typer

from console.cli.answer import Answer, rejected_lines
from console.cli.nouns.manifest_words import (
    dispatched_lines,
    entry_rows,
    finding_rows,
    order_lines,
    order_rows,
    plan_lines,
    verdict_lines,
    workflow_rows,
)
from console.cli.options import KeepGoing, Limit, MaybeAs
from console.cli.people import acting
from console.cli.settings import home_folder
from console.cli.verbs import Verbs
from console.cli.waiting import completed
from console.cli.words import count
from console.workflows import known_workflows
from storage.errors import NotFound
from storage.jobs.kinds import JobKind
from storage.jobs.submission import submit
from storage.manifests import actions, views
from storage.manifests.reading import survey
from storage.manifests.states import Verdict
from storage.vessel.views import the_vessel

verbs = Verbs("Work orders: plan, dispatch, verify.")

RAISED = 4
"""A person waits for planning and verifying, so they go before what a work order sent."""
A_FILE = "manifests/system_test_01.jsonl"
Given = Annotated[
    str, typer.Argument(metavar="FILE", help="A manifest: its file, its name or its id.")
]
After = Annotated[int, typer.Option("--after", min=0, help="Only lines after this one.")]


@verbs.verb("workflows", "eightbells manifest workflows")
def workflows() -> Answer:
    """List what can plan work orders."""
    found = known_workflows(home_folder())
    return Answer(found, workflow_rows(found))


@verbs.verb("plan", "eightbells manifest plan system_test --mode mixed --count 5000")
def plan(
    workflow: Annotated[
        str, typer.Argument(metavar="WORKFLOW", help="What plans; see `manifest workflows`.")
    ],
    mode: Annotated[str, typer.Option(help="One of its modes; else its first.")] = "",
    number: Annotated[
        int | None, typer.Option("--count", min=1, max=50_000, help="At most so many entries.")
    ] = None,
    who: MaybeAs = None,
) -> Answer:
    """Write a manifest of work to be done; nothing is sent yet."""
    asked = {"workflow": workflow, "mode": mode, "count": number}
    result = _result_of(who, JobKind.MANIFEST_PLAN, asked)
    return Answer(result, plan_lines(result))


@verbs.verb("list", "eightbells manifest list")
def list_all(limit: Limit = 100) -> Answer:
    """List work orders, the last to be planned first."""
    found = views.list_orders(limit)
    return Answer(found, order_rows(found))


@verbs.verb("show", f"eightbells manifest show {A_FILE}")
def show(
    file: Given,
    after: After = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many lines.")] = 20,
) -> Answer:
    """Show a manifest, how its jobs stand, and its lines."""
    try:
        order = views.show_order(file)
    except NotFound:
        return _unknown(views.manifest_path(file), after, limit)
    state = views.file_state(order)
    lines = [] if state == "missing" else views.entries_of(
        order.order_id, after_line=after, limit=limit
    )  # fmt: skip
    tally = views.tally_of(order.order_id)
    value = {**order.model_dump(), "file": state, "jobs": tally, "entry_lines": lines}
    return Answer(value, [*order_lines(order, state, tally), *entry_rows(lines)])


@verbs.verb("dispatch", f"eightbells manifest dispatch {A_FILE} --dry-run")
def dispatch(
    file: Given,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check; send nothing.")] = False,
    keep_going: KeepGoing = False,
    who: MaybeAs = None,
) -> Answer:
    """Send every entry of a manifest to the queue, all in one transaction."""
    sent = actions.dispatch(
        acting(who), views.manifest_path(file), dry_run=dry_run, keep_going=keep_going
    )
    return Answer(sent, dispatched_lines(sent))


@verbs.verb("verify", f"eightbells manifest verify {A_FILE}")
def verify(file: Given, who: MaybeAs = None) -> Answer:
    """Compare the receipts of a work order with what was expected; fails unless all are ok."""
    order = views.show_order(file)
    result = _result_of(who, JobKind.MANIFEST_VERIFY, {"order_id": order.order_id})
    found = views.findings_of(result["verdict_id"], limit=20)
    value = {**result, "findings": [finding.model_dump() for finding in found]}
    words = [*verdict_lines(result), *finding_rows(found)]
    return Answer(value, words, exit_code=0 if result["ok"] else 1)


@verbs.verb("findings", f"eightbells manifest findings {A_FILE} --verdict mismatch")
def findings(
    file: Given,
    verdict: Annotated[Verdict | None, typer.Option(help="Only these.")] = None,
    after: After = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many lines.")] = 1000,
) -> Answer:
    """List the lines that were not in order when a work order was last verified."""
    order = views.show_order(file)
    found = [] if order.verdict is None else views.findings_of(
        order.verdict.verdict_id, verdict=verdict, after_line=after, limit=limit
    )  # fmt: skip
    return Answer(found, finding_rows(found))


@verbs.verb("cancel", f"eightbells manifest cancel {A_FILE}")
def cancel(file: Given, who: MaybeAs = None) -> Answer:
    """Withdraw a planned work order, or cancel those of its jobs that wait."""
    outcome, number = actions.cancel(acting(who), views.show_order(file).order_id)
    order = views.show_order(file)
    said = {
        "withdrawn": "It is withdrawn and will not be sent.",
        "cancelled": f"{count(number, 'job')} cancelled; running ones end by themselves.",
    }
    value = {**order.model_dump(), "outcome": outcome, "cancelled": number}
    return Answer(value, [said[outcome]])


@verbs.verb("retry", f"eightbells manifest retry {A_FILE}")
def retry(file: Given, who: MaybeAs = None) -> Answer:
    """Send those entries once more whose job failed or was cancelled, and no others."""
    sent = actions.dispatch_again(acting(who), views.show_order(file).order_id)
    return Answer(sent, dispatched_lines(sent))


@verbs.verb("export", f"eightbells manifest export {A_FILE} system_test_01")
def export(
    file: Given,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder to make.")],
    who: MaybeAs = None,
) -> Answer:
    """Write manifest, links, receipts and verdict of a work order into a new folder."""
    done = actions.export_order(acting(who), file, folder)
    words = [f"{digest}  {folder / name}" for name, digest in done.hashes.items()]
    return Answer(done, [*words, f"`sha256sum -c sha256.txt` in {folder} checks them."])


def _result_of(who: str | None, kind: JobKind, arguments: dict[str, Any]) -> dict[str, Any]:
    """What a job of work orders came to, run by itself where no worker is alive."""
    subject = str(arguments.get("order_id", ""))
    made = submit(
        acting(who), kind, arguments, subject=subject, vessel_id=the_vessel().id, priority=RAISED
    )
    job = completed(made.job_id, alone=True)
    return {"job_id": made.job_id, **(job.result or {})}


def _unknown(path: Path, after: int, limit: int) -> Answer:
    """A manifest nobody has dispatched: what is in it, and what is wrong with it."""
    found, lines = survey(path), views.lines_of_file(path, after_line=after, limit=limit)
    value = {
        "order_id": None, "name": path.name, "path": path, **found.model_dump(),
        "entries": found.entries, "entry_lines": lines,
    }  # fmt: skip
    said = f"{count(found.entries, 'entry', 'entries')} in {path.name}, never dispatched."
    bad = rejected_lines([line.model_dump() for line in found.rejected])
    return Answer(value, [said, *bad, *entry_rows(lines)])

"""manifest_verify: every line of a work order against the receipt of the job it became.

What became of the jobs is written beside the manifest in one snapshot, then both are read side by
side, line by line, in a child without the store: memory does not grow with the number of lines.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from storage.audit.actor import WORKER
from storage.errors import Refused
from storage.evidence.lines import Rejected
from storage.jobs.arguments import OneOrder
from storage.jobs.record import ClaimedJob
from storage.manifests.actions import record_verdict
from storage.manifests.files import workshop
from storage.manifests.lines import NumberedEntry
from storage.manifests.reading import Reading, opened
from storage.manifests.rules import Judgement, Sent, judged
from storage.manifests.states import Verdict
from storage.manifests.verifying import Count, require_dispatched, sent_of
from storage.manifests.views import OrderRecord, show_order
from storage.value import Value
from worker.handler import Reporter
from worker.workflows.catalogue import workflow
from worker.workflows.receipts import why_unbelievable
from worker.workflows.workflow import Found, Workflow, nothing_wrong


class Dossier(NamedTuple):
    """All there is to compare. `sent`: what became of each line, one JSON object a line.

    `problem`: why the workflow cannot have its say; then only what a manifest expects counts.
    """

    order: OrderRecord
    sent: Path
    workflow: Workflow | None
    found: Found
    problem: str


class Verified(Value):
    """The numbers, and where those entries are that are not in order."""

    order_id: str
    name: str
    sha256: str
    unchanged: bool
    count: Count
    findings: Path


def gather(job: ClaimedJob) -> Dossier:
    """What became of every line, and what the workflow finds in the store now."""
    order_id = job.arguments_as(OneOrder).order_id
    require_dispatched(order_id)
    order, place = show_order(order_id), workshop()
    known, problem = _workflow(order)
    path = place / "sent.jsonl"
    with path.open("w") as file:
        for sent in sent_of(order_id):
            file.write(sent.model_dump_json() + "\n")
    return Dossier(order, path, known, known.found() if known else {}, problem)


def perform(given: Dossier, report: Reporter) -> Verified:
    """Judge line after line; those not in order are written down, the others counted."""
    numbers = dict.fromkeys((verdict.value for verdict in Verdict), 0)
    total, findings = 0, given.sent.with_name("findings.jsonl")
    if given.problem:
        report.issue(given.problem)
    with opened(given.order.path) as manifest, findings.open("w") as told:
        reading = Reading(manifest)
        for total, judgement in enumerate(_judgements(given, reading), start=1):
            numbers[judgement.verdict] += 1
            if judgement.verdict is not Verdict.OK:
                told.write(judgement.model_dump_json() + "\n")
            report.phase("verify", total, given.order.lines, "entries")
    report.count(validators_run_count=total)
    left = {sort: len(things) for sort, things in given.found.items()}
    unchanged = reading.sha256 == given.order.sha256
    if numbers[Verdict.OK] < total or not unchanged:
        report.issue(f"{numbers[Verdict.OK]} of {total} are in order", **numbers)
    return Verified(
        order_id=given.order.order_id, name=given.order.name, sha256=reading.sha256,
        unchanged=unchanged, count=Count(total=total, left_over=left, **numbers),
        findings=findings,
    )  # fmt: skip


def settle(job: ClaimedJob, output: Verified) -> dict[str, Any]:
    """Put the verdict on record."""
    with output.findings.open() as file:
        verdict_id = record_verdict(
            WORKER, output.order_id, sha256=output.sha256, count=output.count, job=job,
            findings=map(Judgement.model_validate_json, file),
        )  # fmt: skip
    return {
        "order_id": output.order_id,
        "name": output.name,
        "verdict_id": verdict_id,
        "ok": output.unchanged and output.count.all_ok,
        "unchanged": output.unchanged,
        "entries": output.count.model_dump(),
    }


def _workflow(order: OrderRecord) -> tuple[Workflow | None, str]:
    if not order.workflow:
        return None, ""
    try:
        return workflow(order.workflow), ""
    except Refused as refusal:
        return None, str(refusal)


def _judgements(given: Dossier, reading: Reading) -> Iterator[Judgement]:
    """One for every line of the manifest, and for every link whose line is gone."""
    with given.sent.open() as file:
        links = map(Sent.model_validate_json, file)
        link = next(links, None)
        for read in reading:
            while link is not None and link.line < read.line:
                yield _without_line(link)
                link = next(links, None)
            mine = link if link is not None and link.line == read.line else None
            link = next(links, None) if mine else link
            yield _judgement(given, read, mine)
        for rest in (link, *links):
            if rest is not None:
                yield _without_line(rest)


def _judgement(given: Dossier, read: NumberedEntry | Rejected, sent: Sent | None) -> Judgement:
    if isinstance(read, Rejected):
        return _of_a_bad_line(read, sent)
    found = judged(read, sent)
    if found.verdict is not Verdict.OK or sent is None or sent.receipt is None:
        return found
    verify = given.workflow.verify if given.workflow else nothing_wrong
    why = why_unbelievable(read.kind, read.arguments, sent.receipt)
    why = why or verify(read.entry, sent.receipt, given.found)
    return found.model_copy(update={"verdict": Verdict.MISMATCH, "why": why}) if why else found


def _of_a_bad_line(read: Rejected, sent: Sent | None) -> Judgement:
    verdict = Verdict.MISMATCH if sent else Verdict.MISSING
    why = f"The line cannot be used: {read.code}: {read.message}"
    return Judgement(
        line=read.line, entry_id="", job_id=sent and sent.job_id, verdict=verdict, why=why
    )


def _without_line(sent: Sent) -> Judgement:
    return Judgement(
        line=sent.line, entry_id="", job_id=sent.job_id, verdict=Verdict.MISMATCH,
        why="A job was sent for this line, and the line is not there any more.",
    )  # fmt: skip

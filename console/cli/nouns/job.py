"""`job`: what runs, ran and waits."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.nouns.job_words import job_lines, job_rows, log_lines
from console.cli.options import Limit, MaybeAs, Reason, Since, Wait
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.waiting import completed
from console.cli.words import table
from storage.database import transaction
from storage.errors import BadInput, NotPermitted
from storage.jobs import actions, views
from storage.jobs.arguments import OneDraft
from storage.jobs.explain import explain as sentence
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.submission import Terms
from storage.vessel.views import the_vessel

verbs = Verbs("Jobs: what runs, ran and waits.")

AN_ID = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"
MAX_COUNT = 10_000
JobId = Annotated[str, typer.Argument(metavar="ID", help="The job.")]


class Outcome(StrEnum):
    """What to do with a job whose outcome nobody knows."""

    RERUN = "rerun"
    CLOSE = "close"


@verbs.verb("kinds", "eightbells job kinds")
def kinds() -> Answer:
    """List every kind of job there is."""
    value = [
        {
            "kind": kind.value, "label": spec.label, "sentence": spec.sentence,
            "queue": spec.queue.value, "priority": spec.priority, "timeout_s": spec.timeout_s,
            "may_retry": spec.may_retry, "cancel_running": spec.cancel_running,
            "idempotent": spec.idempotent, "schedule": spec.schedule.value,
            "phases": spec.phases, "arguments": spec.arguments.model_json_schema()["properties"],
        }
        for kind, spec in KINDS.items()
    ]  # fmt: skip
    rows = [(k["kind"], k["queue"], f"{k['timeout_s']} s", k["sentence"]) for k in value]
    return Answer(value, table(("kind", "queue", "time-out", "what it does"), rows, ""))


@verbs.verb("submit", "eightbells job submit sleep --arg seconds=0.1 --count 3 --wait")
def submit(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to do; see `job kinds`.")],
    arg: Annotated[list[str] | None, typer.Option(metavar="K=V", help="An argument.")] = None,
    number: Annotated[int, typer.Option("--count", min=1, max=MAX_COUNT, help="How many.")] = 1,
    priority: Annotated[int | None, typer.Option(min=0, max=4, help="0 last … 4 first.")] = None,
    who: MaybeAs = None,
    wait: Wait = False,
) -> Answer:
    """Queue a job, or several of one kind in one transaction."""
    arguments = dict(map(_pair, arg or ()))
    terms: Terms = {**_about(kind, arguments), "priority": priority}
    with transaction():
        made = [actions.submit(acting(who), kind, arguments, **terms) for _ in range(number)]
    ids = [job.job_id for job in made]
    words = [f"{job.job_id}  {job.reason}" for job in made]
    if wait:
        words += [f"{job_id}  {completed(job_id).status}" for job_id in dict.fromkeys(ids)]
    return Answer({"job_ids": ids}, words)


@verbs.verb("list", "eightbells job list --status failed --since 2026-03-01T00:00:00Z")
def list_some(
    status: Annotated[JobStatus | None, typer.Option(help="In this status.")] = None,
    kind: Annotated[JobKind | None, typer.Option(help="Of this kind.")] = None,
    group: Annotated[str | None, typer.Option(help="Of this group.")] = None,
    text: Annotated[
        str | None, typer.Option(help="With this in its id, arguments or error.")
    ] = None,
    since: Since = None,
    limit: Limit = 200,
) -> Answer:
    """List jobs, newest first."""
    query = JobQuery(status=status, kind=kind, group=group, text=text, since=since)
    found = views.list_jobs(query, limit=limit)
    words = [*job_rows(found), f"{len(found)} of {views.matching(query)} matching"]
    return Answer(found, words)


@verbs.verb("show", f"eightbells job show {AN_ID}")
def show(job_id: JobId) -> Answer:
    """Show one job with its attempts and its log."""
    job = views.show_job(job_id)
    return Answer(job, job_lines(job))


@verbs.verb("log", f"eightbells job log {AN_ID}")
def log(job_id: JobId) -> Answer:
    """Show what a job said, oldest first."""
    found = views.log_of(job_id)
    return Answer(found, log_lines(found))


@verbs.verb("retry", f"eightbells job retry {AN_ID} --wait")
def retry(job_id: JobId, who: MaybeAs = None, wait: Wait = False) -> Answer:
    """Queue a failed job again as a new attempt."""
    actions.retry(acting(who), job_id)
    job = completed(job_id) if wait else views.show_job(job_id)
    return Answer(job, job_lines(job))


@verbs.verb("cancel", f"eightbells job cancel {AN_ID}")
def cancel(job_id: JobId, who: MaybeAs = None) -> Answer:
    """Cancel a queued job, close a failed one, or ask a running one to stop."""
    outcome = actions.cancel(acting(who), job_id)
    words = {"cancelled": "It is cancelled.", "requested": "It was asked to stop."}
    return Answer({"job_id": job_id, "outcome": outcome}, [words[outcome]])


@verbs.verb("explain", f"eightbells job explain {AN_ID}")
def explain(job_id: JobId) -> Answer:
    """Say in one sentence why a job is where it is."""
    job = views.find_job(job_id)
    said = sentence(job)
    value = {"job_id": job_id, "status": job.status, "view": job.view, "explanation": said}
    return Answer(value, [said])


@verbs.verb("decide", f'eightbells job decide {AN_ID} rerun --reason "No file was sent"')
def decide(
    job_id: JobId,
    answer: Annotated[Outcome, typer.Argument(help="Run it again, or close the case.")],
    reason: Reason,
    who: MaybeAs = None,
) -> Answer:
    """Decide about a job whose outcome nobody knows."""
    actions.decide(acting(who), job_id, answer.value, reason)
    job = views.show_job(job_id)
    return Answer(job, job_lines(job))


def _pair(text: str) -> tuple[str, object]:
    """One `K=V`; a value that is JSON is taken as such, anything else as text."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise BadInput(why=f"{text!r} is not an argument like seconds=0.1.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _about(kind: str, arguments: dict[str, object]) -> Terms:
    """What a job works on, as the verbs that usually submit it would say.

    Raises:
        NotPermitted: an export, which a person asks for by its own verb (I13).
    """
    if kind == JobKind.EXPORT_PREPARE:
        raise NotPermitted(why="A person asks for an export: `handover export ID --as CREW`.")
    if kind not in set(JobKind) or KINDS[JobKind(kind)].resource_type is None:
        return {}
    terms: Terms = {"vessel_id": the_vessel().id}
    if issubclass(KINDS[JobKind(kind)].arguments, OneDraft):
        terms["subject"] = str(arguments.get("draft_id", ""))
    return terms

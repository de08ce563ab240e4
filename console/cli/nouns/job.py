"""`job`: what runs, ran and waits."""

from enum import StrEnum
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.bulk import AllOf, Expect, all_answered, is_about_all
from console.cli.nouns.job_words import (
    KIND_COLUMNS,
    failure_rows,
    failure_value,
    job_lines,
    job_rows,
    kind_row,
    log_lines,
)
from console.cli.options import As, Filter, Limit, MaybeAs, Reason, Since, Wait
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.waiting import completed
from console.cli.words import table
from storage.errors import BadInput, NotPermitted
from storage.foreign import read_json
from storage.jobs import actions, views
from storage.jobs.access import AccessMode
from storage.jobs.bulk import cancel_all, retry_all
from storage.jobs.explain import explain as sentence
from storage.jobs.failures import failure_groups, show_failure
from storage.jobs.filters import read_filter
from storage.jobs.forecast import forecast
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.limits import effective, queue_limits
from storage.jobs.record import JobQuery, Scope
from storage.jobs.search import not_searched
from storage.jobs.states import JobStatus
from storage.jobs.submission import Terms
from storage.vessel.views import the_vessel

verbs = Verbs("Jobs: what runs, ran and waits.")

AN_ID = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"
MAX_COUNT = 10_000
MaybeJobId = Annotated[
    str | None, typer.Argument(metavar="ID", help="The job; or all of them by --filter.")
]
JobId = Annotated[str, typer.Argument(metavar="ID", help="The job.")]


class Outcome(StrEnum):
    """What to do with a job whose outcome nobody knows."""

    RERUN = "rerun"
    CLOSE = "close"


@verbs.verb("kinds", "eightbells job kinds")
def kinds() -> Answer:
    """List every kind of job there is, with the limits that hold aboard."""
    at_once = queue_limits()
    value = [
        {
            "kind": kind.value, "label": spec.label, "sentence": spec.sentence,
            "queue": spec.queue.value, "priority": spec.priority, "timeout_s": spec.timeout_s,
            "may_retry": spec.may_retry, "cancel_running": spec.cancel_running,
            "idempotent": spec.idempotent, "schedule": str(spec.schedule),
            "phases": spec.phases, "arguments": spec.arguments.model_json_schema()["properties"],
            "access_mode": spec.access_mode.value, "writes": spec.writes,
            "cooldown_s": spec.cooldown_s, "auto_retry_limit": spec.auto_retry_limit,
            "max_concurrent": at_once[spec.queue.value], "batch": spec.batch,
        }
        for kind, spec in zip(KINDS, map(effective, KINDS), strict=True)
    ]  # fmt: skip
    return Answer(value, table(KIND_COLUMNS, map(kind_row, value), ""))


@verbs.verb("submit", "eightbells job submit sleep --arg seconds=0.1 --count 3 --wait")
def submit(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to do; see `job kinds`.")],
    arg: Annotated[list[str] | None, typer.Option(metavar="K=V", help="An argument.")] = None,
    number: Annotated[int, typer.Option("--count", min=1, max=MAX_COUNT, help="How many.")] = 1,
    priority: Annotated[int | None, typer.Option(min=0, max=4, help="0 last … 4 first.")] = None,
    access: Annotated[
        AccessMode | None, typer.Option(help="Let it write less than its kind may.")
    ] = None,
    who: MaybeAs = None,
    wait: Wait = False,
) -> Answer:
    """Queue a job, or several of one kind as one group in one transaction."""
    arguments = dict(map(_pair, arg or ()))
    scope = Scope(access_mode=access)
    terms: Terms = {**_about(kind, arguments), "priority": priority, "scope": scope}
    group_id: str | None = None
    if number == 1:
        made = [actions.submit(acting(who), kind, arguments, **terms)]
    else:
        group_id, made = actions.submit_together(acting(who), kind, arguments, number, **terms)
    ids = [job.job_id for job in made]
    words = [f"{job.job_id}  {job.reason}" for job in made]
    if group_id:
        words.append(f"group {group_id}")
    if wait:
        words += [f"{job_id}  {completed(job_id).status}" for job_id in dict.fromkeys(ids)]
    return Answer({"job_ids": ids, "group_id": group_id}, words)


@verbs.verb("list", "eightbells job list --status failed --since 2026-03-01T00:00:00Z")
def list_some(
    status: Annotated[JobStatus | None, typer.Option(help="In this status.")] = None,
    kind: Annotated[JobKind | None, typer.Option(help="Of this kind.")] = None,
    group: Annotated[str | None, typer.Option(help="Of this group.")] = None,
    text: Annotated[
        str | None, typer.Option(help="With these words in its id, arguments or error.")
    ] = None,
    since: Since = None,
    filter: Filter = "",
    limit: Limit = 200,
) -> Answer:
    """List jobs, newest first."""
    query = JobQuery(
        status=status, kind=kind, group=group, text=text, since=since, where=read_filter(filter)
    )
    found = views.list_jobs(query, limit=limit)
    words = [*job_rows(found), f"{len(found)} of {views.matching(query)} matching"]
    if text and (missed := not_searched()):
        words.append(f"{missed} older rows are not searched yet; a running worker indexes them.")
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
def retry(
    job_id: MaybeJobId = None,
    who: MaybeAs = None,
    wait: Wait = False,
    filter: AllOf = "",
    expect: Expect = None,
) -> Answer:
    """Queue a failed job, or all that match, again as new attempts."""
    if is_about_all(job_id, filter, expect):
        query = JobQuery(where=read_filter(filter))
        tally = retry_all(acting(who), query, expect or 0)
        return all_answered(tally, "job", "jobs", "queued again")
    assert job_id is not None
    actions.retry(acting(who), job_id)
    job = completed(job_id) if wait else views.show_job(job_id)
    return Answer(job, job_lines(job))


@verbs.verb("cancel", f"eightbells job cancel {AN_ID}")
def cancel(
    job_id: MaybeJobId = None, who: MaybeAs = None, filter: AllOf = "", expect: Expect = None
) -> Answer:
    """Cancel a queued job, close a failed one, ask a running one to stop; or all that match."""
    if is_about_all(job_id, filter, expect):
        query = JobQuery(where=read_filter(filter))
        tally = cancel_all(acting(who), query, expect or 0)
        return all_answered(tally, "job", "jobs", "cancelled or asked to stop")
    assert job_id is not None
    outcome = actions.cancel(acting(who), job_id)
    words = {"cancelled": "It is cancelled.", "requested": "It was asked to stop."}
    return Answer({"job_id": job_id, "outcome": outcome}, [words[outcome]])


@verbs.verb("boost", f'eightbells job boost {AN_ID} --as "Mara Lindqvist"')
def boost(job_id: JobId, who: MaybeAs = None) -> Answer:
    """Raise a queued job to the highest priority; at most 50 a minute."""
    actions.boost(acting(who), job_id)
    job = views.show_job(job_id)
    return Answer(job, job_lines(job))


@verbs.verb("explain", f"eightbells job explain {AN_ID}")
def explain(job_id: JobId) -> Answer:
    """Say in one sentence why a job is where it is."""
    job = views.find_job(job_id)
    said = sentence(job)
    where = forecast(job)
    value = {
        "job_id": job_id, "status": job.status, "view": job.view, "explanation": said,
        "position": where and where.position,
        "expected_start": where and where.expected_start,
    }  # fmt: skip
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


@verbs.verb("failures", "eightbells job failures --all")
def failures(
    every: Annotated[bool, typer.Option("--all", help="Also those acknowledged.")] = False,
    limit: Limit = 100,
) -> Answer:
    """List failures by their likeness, the last to happen first."""
    found = failure_groups(unanswered_only=not every, limit=limit)
    return Answer([failure_value(record) for record in found], failure_rows(found))


@verbs.verb(
    "acknowledge",
    'eightbells job acknowledge 9f86d081884c7d65 --reason R --owner 2E --as "Priya Nair"',
)
def acknowledge(
    failure_id: Annotated[str, typer.Argument(metavar="FAILURE", help="See `job failures`.")],
    reason: Reason,
    owner: Annotated[str, typer.Option("--owner", help="Who sees to it.")],
    who: As,
) -> Answer:
    """Say who answers for a failure; nothing is deleted."""
    actions.acknowledge(acting(who), failure_id, reason=reason, owner=owner)
    record = show_failure(failure_id)
    return Answer(failure_value(record), failure_rows([record]))


def _pair(text: str) -> tuple[str, object]:
    """One `K=V`; a value that is JSON is taken as such, anything else as text."""
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise BadInput(why=f"{text!r} is not an argument like seconds=0.1.")
    try:
        return name, read_json(value)
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
    subject = str(arguments.get(KINDS[JobKind(kind)].subject, ""))
    return {"vessel_id": the_vessel().id, "subject": subject}

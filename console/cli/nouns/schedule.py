"""`schedule`: what starts by the clock, and what it missed."""

from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import MaybeAs, Wait
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.waiting import completed
from console.cli.words import both_times, count, table
from storage.schedules import actions, views
from storage.schedules.timetable import scheduled
from storage.schedules.views import LastRun, Missed, ScheduleView

verbs = Verbs("What starts by the clock, and what it missed.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="The schedule; see `schedule list`.")]


@verbs.verb("list", "eightbells schedule list")
def list_all() -> Answer:
    """List every schedule: next run in ship's time and UTC, last run, what it missed."""
    found = views.list_schedules()
    rows = [(one.name, one.rule, _next(one), _last(one.last), _missed(one.missed)) for one in found]
    headings = ("schedule", "when", "next run", "last run", "missed")
    words = [*table(headings, rows, "No kind of job follows the clock.")]
    words += [f"{one.name}: {one.why_never}" for one in found if one.why_never]
    words += [
        f"{one.name}: `schedule run {one.name}` makes up for what it missed, once; "
        f"`schedule skip {one.name}` lets it be."
        for one in found
        if one.missed
    ]
    return Answer(found, words)


@verbs.verb("run", "eightbells schedule run handover_generate --wait")
def run(name: Name, who: MaybeAs = None, wait: Wait = False) -> Answer:
    """Start a schedule now, by hand; that one run makes up for all it missed."""
    job, made_up = actions.run_now(acting(who), scheduled(name))
    value = {"schedule": name, **job.model_dump(), "made_up": made_up}
    words = [f"{job.job_id}  {job.reason}"]
    if made_up:
        words.append(f"It makes up for {count(made_up, 'missed run')}.")
    if wait:
        words.append(f"{job.job_id}  {completed(job.job_id).status}")
    return Answer(value, words)


@verbs.verb("skip", "eightbells schedule skip handover_generate")
def skip(name: Name, who: MaybeAs = None) -> Answer:
    """Let everything a schedule missed be."""
    skipped = actions.skip_missed(acting(who), scheduled(name))
    words = [f"{count(skipped, 'missed run')} of {name} will not be made up for."]
    return Answer({"schedule": name, "skipped": skipped}, words)


def _next(schedule: ScheduleView) -> str:
    return schedule.next.both_times if schedule.next else "never"


def _last(last: LastRun | None) -> str:
    if last is None:
        return "–"
    by_hand = "by hand, " if last.state == "by_hand" else ""
    return f"{both_times(last.started_at)} ({by_hand}{last.job_status})"


def _missed(missed: Missed | None) -> str:
    if missed is None:
        return "–"
    if missed.count == 1:
        return both_times(missed.last_due_at)
    return f"{missed.count}: {both_times(missed.first_due_at)} to {both_times(missed.last_due_at)}"

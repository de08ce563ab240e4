"""`group`: jobs that were asked for together."""

from collections.abc import Iterator
from typing import Annotated

import typer

from console.cli.answer import Answer
from console.cli.options import Limit, MaybeAs
from console.cli.people import acting
from console.cli.verbs import Verbs
from console.cli.words import age, both_times, count, facts, table
from console.words.groups import follow_up_words, state_words
from storage.jobs.actions import cancel_group
from storage.jobs.group_views import list_groups, show_group
from storage.jobs.together import GroupRecord

verbs = Verbs("Groups of jobs that were asked for together.")

AN_ID = "019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7"
GroupId = Annotated[str, typer.Argument(metavar="ID", help="The group.")]


@verbs.verb("list", "eightbells group list")
def list_all(limit: Limit = 100) -> Answer:
    """List groups, the last to be opened first."""
    found = list_groups(limit)
    rows = [
        (g.group_id, g.state, f"{g.percent} %", g.total, g.queued, g.running, g.failed,
         age(g.opened_at), g.label)
        for g in found
    ]  # fmt: skip
    headings = ("group", "state", "done", "jobs", "queued", "running", "failed", "asked", "what")
    none = "Nothing was asked for together yet; `job submit KIND --count N` makes a group."
    return Answer(found, table(headings, rows, none))


@verbs.verb("show", f"eightbells group show {AN_ID}")
def show(group_id: GroupId) -> Answer:
    """Show a group: how its jobs stand, and what it came to."""
    group = show_group(group_id)
    return Answer(group, _lines(group))


@verbs.verb("cancel", f"eightbells group cancel {AN_ID}")
def cancel(group_id: GroupId, who: MaybeAs = None) -> Answer:
    """Cancel the jobs of a group that wait, and let the running ones end."""
    cancelled = cancel_group(acting(who), group_id)
    group = show_group(group_id)
    said = f"{count(cancelled, 'job')} cancelled, {group.running} left to end by themselves."
    return Answer(group, [said, *_lines(group)])


def _lines(group: GroupRecord) -> Iterator[str]:
    numbers = ("queued", "running", "completed", "failed", "cancelled")
    return facts(
        {
            "group": group.group_id,
            "what": group.label,
            "state": f"{group.state} ({state_words(group)})",
            "jobs": f"{group.total}: "
            + ", ".join(f"{getattr(group, name)} {name}" for name in numbers),
            "progress": f"{group.percent} %",
            "asked by": group.opened_by_name,
            "opened": both_times(group.opened_at),
            "closed": both_times(group.closed_at),
            "then": follow_up_words(group),
            "list": f"eightbells job list --group {group.group_id}",
        }
    )

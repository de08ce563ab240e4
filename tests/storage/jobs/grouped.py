"""Groups of debug jobs, and how their children end."""

from collections.abc import Callable

from storage.audit.actor import SYSTEM
from storage.jobs import actions
from storage.jobs.endings import Account, Failure
from storage.jobs.group_views import show_group
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob
from storage.jobs.states import Reason
from storage.jobs.together import FollowUp
from tests.storage.jobs.audit import events_of

Claim = Callable[[], ClaimedJob]
ECHO = FollowUp(kind=JobKind.DEBUG, arguments={"message": "after"})
BOOM = Failure(Reason.ERROR, "ValueError", "no reading")


def a_group(children: int, *, follow_up: FollowUp | None = None, sealed: bool = True) -> str:
    """A group of so many debug jobs; `sealed`: nothing more is added."""
    group_id = actions.open_group(SYSTEM, "checks", follow_up=follow_up)
    for _ in range(children):
        actions.submit(SYSTEM, "debug", {}, group_id=group_id)
    if sealed:
        actions.seal(SYSTEM, group_id)
    return group_id


def complete(job: ClaimedJob) -> None:
    """End a job well."""
    actions.complete(job, dict, Account())


def fail(job: ClaimedJob) -> None:
    """End a job badly."""
    actions.fail(job, BOOM, Account())


def tally_of(group_id: str) -> tuple[int, ...]:
    """Queued, running, completed, failed and cancelled children."""
    group = show_group(group_id)
    return (group.queued, group.running, group.completed, group.failed, group.cancelled)


def closings(group_id: str) -> int:
    """How often a group was closed."""
    return events_of(group_id).count(("group.closed", "done"))

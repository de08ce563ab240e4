"""Groups and missed runs, made by the store's own verbs."""

from storage.jobs.actions import open_group, seal, submit, submit_together
from storage.jobs.kinds import JobKind
from storage.jobs.together import FollowUp
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.storage.schedules.voyage import DRAFTING, tick

AFTERWARDS = FollowUp(kind=JobKind.DEBUG, arguments={"message": "afterwards"})


def a_group(children: int = 3) -> str:
    """A group whose jobs all wait; its id."""
    group_id, _ = submit_together(a_second_officer().actor, "debug", {"message": "x"}, children)
    return group_id


def a_group_that_is_followed() -> str:
    """A group of one job, with a job to follow it; its id."""
    officer = a_second_officer().actor
    group_id = open_group(officer, "checks of the night", follow_up=AFTERWARDS)
    submit(officer, "debug", {"message": "x"}, group_id=group_id)
    seal(officer, group_id)
    return group_id


def six_missed_runs(clock: ShipClock) -> None:
    """A day without power, in which six watches ended."""
    tick(DRAFTING)
    clock.advance(hours=24)

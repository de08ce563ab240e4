"""The Jobs place has four lists: jobs, groups, schedules, failures."""

from typing import TypeVar

from console.commands.engine import JOB_LISTS
from console.screens.side_lists import SideList, SideLists

Item = TypeVar("Item")


class JobLists(SideLists):
    """One of the four."""

    LISTS = JOB_LISTS
    ROOM = __package__


class ShortList(JobLists, SideList[Item]):
    """A list beside the jobs."""

    TAB = "jobs"

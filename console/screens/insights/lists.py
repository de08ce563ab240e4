"""The Insights place has four lists: trends, signals, suggestions, regenerations."""

from typing import TypeVar

from console.commands.insights import INSIGHT_LISTS
from console.screens.insights.acts import Counting
from console.screens.side_lists import SideList, SideLists

Item = TypeVar("Item")


class InsightLists(Counting, SideLists):
    """One of the four."""

    TAB = "insights"
    LISTS = INSIGHT_LISTS
    ROOM = __package__


class InsightList(InsightLists, SideList[Item]):
    """A list beside the trends."""

"""The System place has two lists: what keeps the handovers running, and the crew."""

from console.commands.crew import SYSTEM_LISTS
from console.screens.side_lists import SideLists


class SystemLists(SideLists):
    """One of the two."""

    LISTS = SYSTEM_LISTS
    ROOM = __package__

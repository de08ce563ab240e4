"""The commands of the lists, beyond opening and filtering; part of `commands.COMMANDS`."""

from console.commands.command import Command
from console.commands.crew import SYSTEM_LISTS
from console.commands.engine import JOB_LISTS
from console.commands.insights import INSIGHT_LISTS

LONG_LISTS = ("entries", "jobs", "orders", "archive", "audit")
SIDE_LISTS = (*JOB_LISTS[1:], *INSIGHT_LISTS[1:], *SYSTEM_LISTS[1:])
"""Those beside the first list of their place, from which Esc leads back to it."""
FAMILIES = (*JOB_LISTS, *INSIGHT_LISTS, *SYSTEM_LISTS)


class NextList(Command):
    """Go to the next list of the place; the line above the list names them all."""

    key, name, footer, places = "right_square_bracket", "next list", True, FAMILIES


class PreviousList(Command):
    """Go to the list before."""

    key, name, places = "left_square_bracket", "list before", FAMILIES


class Sort(Command):
    """Go to the next order of the list; the line above it says which one."""

    key, name, places = "o", "sort", ("entries", "jobs")


class MarkAll(Command):
    """Choose all that match, also beyond what is loaded; Space marks one by one instead."""

    key, name, places = "ctrl+a", "all matching", ("entries", "jobs")


class SavedViews(Command):
    """Go to a filter you have kept under a name, or take one off."""

    key, name, places = "V", "views", LONG_LISTS


class SaveView(Command):
    """Keep filter and order of the list under a name; the palette has it as “view: NAME”."""

    key, name, places = "S", "save view", LONG_LISTS


LIST_COMMANDS: tuple[type[Command], ...] = (
    NextList, PreviousList, Sort, MarkAll, SavedViews, SaveView,
)  # fmt: skip

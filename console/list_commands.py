"""The commands of the long lists, beyond opening and filtering; part of `commands.COMMANDS`."""

from console.command import Command

LONG_LISTS = ("entries", "jobs", "archive", "audit")


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
    """Keep the filter and the order of the list under a name; `:` finds it as “view: NAME”."""

    key, name, places = "S", "save view", LONG_LISTS


LIST_COMMANDS: tuple[type[Command], ...] = (Sort, MarkAll, SavedViews, SaveView)

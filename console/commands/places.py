"""The commands that lead to a place, by the number keys; part of `commands.table.COMMANDS`."""

from console.commands.command import Command


class GoWatch(Command):
    """Where am I: the draft and its next step, risks, running jobs, what needs attention."""

    key, name = "1", "Watch"


class GoEntries(Command):
    """What was captured, and what the ship's systems propose."""

    key, name = "2", "Entries"


class GoHandover(Command):
    """The draft: review it, accept it, countersign it."""

    key, name = "3", "Handover"


class GoJobs(Command):
    """What the worker does, did and failed to do."""

    key, name = "4", "Jobs"


class GoOrders(Command):
    """Work orders: plan, look into, dispatch, watch, verify."""

    key, name = "5", "Orders"


class GoInsights(Command):
    """How it goes over time: charts, and what the ship's own record suggests."""

    key, name = "6", "Insights"


class GoArchive(Command):
    """Signed handovers and their exports."""

    key, name = "7", "Archive"


class GoAudit(Command):
    """Everything that happened, who did it, and proof that the log is whole."""

    key, name = "8", "Audit"


class GoSystem(Command):
    """Workers, queues, the engine, the store's size and backups, and what stands wrong."""

    key, name = "9", "System"


PLACES: tuple[type[Command], ...] = (
    GoWatch, GoEntries, GoHandover, GoJobs, GoOrders, GoInsights, GoArchive, GoAudit, GoSystem,
)  # fmt: skip
"""In the order of the line of places."""

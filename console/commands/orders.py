"""The commands of the Orders place; part of `commands.table.COMMANDS`."""

from console.commands.command import Command

BOTH = ("orders", "order")


class PlanOrder(Command):
    """Let a workflow plan: choose which one, its mode and how many entries; nothing is sent."""

    key, name, footer, places = "w", "plan", True, ("orders",)


class OpenManifest(Command):
    """Look into a manifest file from anywhere: its lines, and which of them cannot be used."""

    key, name, footer, places = "f", "file", True, ("orders",)


class NextEntries(Command):
    """Go to the next of all, broken, ok, failed, pending, missing and mismatched entries."""

    key, name, footer, places = "right_square_bracket", "which", True, ("order",)


class PreviousEntries(Command):
    """Go to the entries before."""

    key, name, places = "left_square_bracket", "which before", ("order",)


class TryOrder(Command):
    """Read and check all of the manifest as dispatching would, and send nothing."""

    key, name, places = "t", "try", BOTH


class DispatchOrder(Command):
    """Send every entry of the manifest to the queue as a job, all or none."""

    key, name, footer, places = "d", "dispatch", True, BOTH


class VerifyOrder(Command):
    """Compare the receipt of every job with what was expected, line by line."""

    key, name, footer, places = "v", "verify", True, BOTH


class DispatchAgain(Command):
    """Send the entries whose job failed or was cancelled once more, as a next round."""

    key, name, footer, places = "r", "send failed again", True, BOTH


class CancelOrder(Command):
    """Withdraw what was planned, or cancel the jobs that still wait; running ones end."""

    key, name, footer, places = "x", "cancel order", True, BOTH


class JobsOfOrder(Command):
    """The jobs of the last round, as a list in the Jobs place."""

    key, name, places = "l", "its jobs", BOTH


class ExportOrder(Command):
    """Write manifest, links, receipts and verdict into a new folder, with their hashes."""

    key, name, places = "e", "export order", BOTH


ORDER_COMMANDS: tuple[type[Command], ...] = (
    PlanOrder, OpenManifest, NextEntries, PreviousEntries, TryOrder, DispatchOrder, VerifyOrder,
    DispatchAgain, CancelOrder, JobsOfOrder, ExportOrder,
)  # fmt: skip

"""The commands of the Insights place; part of `commands.table.COMMANDS`."""

from console.commands.command import Command

INSIGHT_LISTS = ("trends", "signals", "suggestions", "regenerations")
"""The lists of the Insights place, in the order `]` goes through them."""
OUTPUTS = ("regenerations", "regeneration")


class CountNow(Command):
    """Ask the worker to count the days and look for signals now, not at the half-hour."""

    key, name, footer, places = "c", "count now", True, INSIGHT_LISTS


class AcceptSuggestion(Command):
    """Take the suggestion up: a proposal or an approved regeneration comes of it."""

    key, name, footer, places = "a", "accept", True, ("suggestions",)


class DismissSuggestion(Command):
    """Let the suggestion be, with a reason."""

    key, name, footer, places = "d", "dismiss", True, ("suggestions",)


class ApproveOutput(Command):
    """Let what was collected stand."""

    key, name, footer, places = "a", "approve", True, OUTPUTS


class RejectOutput(Command):
    """Let what was collected not stand, with a reason; it stays on record."""

    key, name, footer, places = "x", "reject", True, OUTPUTS


class RetryRegeneration(Command):
    """Approve another try of one that failed or was rejected, with a reason; once for each."""

    key, name, footer, places = "r", "try again", True, OUTPUTS


class RollBack(Command):
    """Put an earlier approved version back, as a new version, with a reason."""

    key, name, footer, places = "b", "roll back", True, OUTPUTS


class GoLineage(Command):
    """Where this came from and what it led to, from the signal to the handover."""

    key, name, places = "I", "lineage", (*OUTPUTS, "entries", "entry", "archive", "signed")


class Walk(Command):
    """Go to the thing under the cursor and see what led to it and what it led to."""

    key, name, footer, places = "enter", "walk on", True, ("lineage",)


class WalkBack(Command):
    """Go to the thing before on the way here."""

    key, name, footer, places = "left,h", "led to it", True, ("lineage",)


class WalkForth(Command):
    """Go to the first thing this one led to."""

    key, name, footer, places = "right", "it led to", True, ("lineage",)


class SeeWhole(Command):
    """Open the thing under the cursor in its own place: entry, draft, handover, inbox or list."""

    key, name, footer, places = "w", "see it whole", True, ("lineage",)


INSIGHT_COMMANDS: tuple[type[Command], ...] = (
    CountNow, AcceptSuggestion, DismissSuggestion, ApproveOutput, RejectOutput,
    RetryRegeneration, RollBack, GoLineage, Walk, WalkBack, WalkForth, SeeWhole,
)  # fmt: skip

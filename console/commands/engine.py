"""The commands of the job engine: the lists beside the jobs, one job whole, and the System place.

Part of `commands.table.COMMANDS`.
"""

from console.commands.command import Command

JOB_LISTS = ("jobs", "groups", "schedules", "failures")
"""The lists of the Jobs place, in the order `]` goes through them."""


class CancelGroup(Command):
    """Cancel the jobs of the group that wait, and let the running ones end."""

    key, name, footer, places = "x", "cancel group", True, ("groups", "group")


class RunSchedule(Command):
    """Start the schedule now, by hand; one run makes up for all it missed."""

    key, name, footer, places = "r", "run now", True, ("schedules",)


class SkipMissed(Command):
    """Let everything the schedule missed be."""

    key, name, footer, places = "s", "skip missed", True, ("schedules",)


class Boost(Command):
    """Raise the queued job to the highest priority; at most 50 a minute."""

    key, name, footer, places = "b", "boost", True, ("jobs", "job")


class AcknowledgeFailure(Command):
    """Say who answers for the failure and why it may stand; nothing is deleted."""

    key, name, footer, places = "a", "acknowledge", True, ("failures", "failure")


class GoRelated(Command):
    """Go to what this is about: its draft, its handover, its group, its jobs."""

    key, name, footer, places = "enter", "go to", True, ("job", "group", "failure")


class LogContext(Command):
    """Show what stands behind each line of the log, or hide it again."""

    key, name, footer, places = "c", "context", True, ("job",)


class RawRecord(Command):
    """Show the whole record as JSON, as `job show --json` prints it, or go back to words."""

    key, name, footer, places = "J", "raw JSON", True, ("job",)


class PauseEngine(Command):
    """Pause the whole engine with a reason, or start it again; running jobs end by themselves."""

    key, name, footer, places = "E", "pause all", True, ("system",)


class PauseQueue(Command):
    """Pause the queue under the cursor with a reason, or start it again."""

    key, name, footer, places = "u", "pause queue", True, ("system",)


class LimitQueue(Command):
    """Change how many jobs of the queue under the cursor may run at once."""

    key, name, footer, places = "m", "limit", True, ("system",)


class AcknowledgeAlert(Command):
    """Say that you have seen the alert under the cursor and what is done about it."""

    key, name, footer, places = "a", "acknowledge", True, ("system",)


class BackUp(Command):
    """Back the store up now, into its own folder of backups, and read all of it again."""

    key, name, footer, places = "b", "backup", True, ("system",)


class CheckStore(Command):
    """Examine the store, its files, clock, disk and backups now, as `doctor` does."""

    key, name, places = "c", "check store", ("system",)


class VerifyLog(Command):
    """Walk the whole audit log now, and hold its end against the anchor."""

    key, name, places = "v", "verify audit log", ("system",)


ENGINE_COMMANDS: tuple[type[Command], ...] = (
    CancelGroup, RunSchedule, SkipMissed, Boost, AcknowledgeFailure, GoRelated, LogContext,
    RawRecord, PauseEngine, PauseQueue, LimitQueue, AcknowledgeAlert, BackUp, CheckStore, VerifyLog,
)  # fmt: skip

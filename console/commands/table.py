"""Every command of the console. Footer, help, palette and README derive from `COMMANDS`."""

from textual.binding import BindingType

from console.commands.archive import ARCHIVE_COMMANDS
from console.commands.command import Command, bindings_of
from console.commands.crew import CREW_COMMANDS, SYSTEM_LISTS
from console.commands.engine import ENGINE_COMMANDS, JOB_LISTS
from console.commands.handover import HANDOVER_COMMANDS
from console.commands.insights import INSIGHT_COMMANDS, INSIGHT_LISTS
from console.commands.lists import LIST_COMMANDS, LONG_LISTS, SIDE_LISTS
from console.commands.orders import ORDER_COMMANDS
from console.commands.places import PLACES

LISTS = (
    "entries", "inbox", *JOB_LISTS, "orders", *INSIGHT_LISTS[1:], "archive", "audit",
    *SYSTEM_LISTS[1:],
)  # fmt: skip
DETAILS = (
    "entry", "job", "group", "failure", "order", "regeneration", "lineage", "signed",
    "document", "compared", "event", "member",
)  # fmt: skip


class Help(Command):
    """Every key that works here, and what it does."""

    key, name, footer = "question_mark", "help", True


class Palette(Command):
    """Find any command by typing a part of its name."""

    key, name, footer = "colon,ctrl+p", "command", True


class NewEntry(Command):
    """Write down what matters; see how it is read before it is saved."""

    key, name, footer = "n", "new entry", True


class SignInAs(Command):
    """Say who you are, with your PIN; or hand the console to someone else."""

    key, name = "i", "sign in"


class Lock(Command):
    """Hide the screen until someone signs in again."""

    key, name = "L", "lock"


class Refresh(Command):
    """Read the store again and show what was held back."""

    key, name = "f5", "refresh"


class Pause(Command):
    """Hold the display still; press again to show what is new."""

    key, name = "p", "pause display"


class Colours(Command):
    """Change the palette: dusk, night, day, high contrast."""

    key, name = "T", "day/dusk/night"


class StartWorker(Command):
    """Start a worker on this machine; it ends with the console."""

    key, name = "W", "start worker"


class Quit(Command):
    """Leave. Half-written text is kept and offered again."""

    key, name, footer = "q", "quit", True


class Generate(Command):
    """Ask the worker to draft the handover from the entries."""

    key, name, footer, places = "g", "generate", True, ("watch", "handover")


class ContinueReview(Command):
    """Go on with the handover where it stands."""

    key, name, footer, places = "enter", "handover", True, ("watch",)


class WhatIsNew(Command):
    """See, list by list, what is new since your last watch."""

    key, name, places = "s", "what is new", ("watch",)


class Open(Command):
    """Open the row under the cursor."""

    key, name, footer, places = "enter", "open", True, (*LISTS, "order", "system")


class Filter(Command):
    """Show only some rows: by words that must occur, by the fields of the list."""

    key, name, footer, places = "slash", "filter", True, LISTS


class Copy(Command):
    """Copy what is under the cursor, whole."""

    key, name, places = "y", "copy", (*LISTS, *DETAILS, "trends", "system")


class ClearFilter(Command):
    """Take the marks off, then the filter. Never leaves the console."""

    key, name, places = "escape", "clear", LONG_LISTS


class Back(Command):
    """Back to the list."""

    key, name, footer, places = "escape", "back", True, ("inbox", *SIDE_LISTS, *DETAILS)


class Inbox(Command):
    """What the ship's systems propose and what somebody flagged; a person decides."""

    key, name, footer, places = "b", "inbox", True, ("entries",)


class AcceptProposal(Command):
    """Make the proposal an entry, in its own words."""

    key, name, footer, places = "a", "accept", True, ("inbox",)


class EditProposal(Command):
    """Make the proposal an entry in your words."""

    key, name, footer, places = "e", "accept edited", True, ("inbox",)


class DismissProposal(Command):
    """Decide, with a reason, that the proposal need not be an entry."""

    key, name, footer, places = "d", "dismiss", True, ("inbox",)


class Flag(Command):
    """Ask, with a reason, for the classification to be looked at again."""

    key, name, footer, places = "f", "flag", True, ("entries", "entry")


class DecideCorrection(Command):
    """Accept or reject, with a reason, a request to correct a classification."""

    key, name, footer, places = "D", "decide", True, ("inbox", "entry")


class Resolve(Command):
    """Mark the fact as settled, with a reason; it is no longer carried forward."""

    key, name, footer, places = "v", "resolve", True, ("entries", "entry")


class Suppress(Command):
    """Leave the entry out of drafts from now on, with a reason; it stays on record."""

    key, name, footer, places = "x", "suppress", True, ("entries", "entry")


class Retry(Command):
    """Queue the failed job again as a new attempt; earlier attempts stay."""

    key, name, footer, places = "r", "retry", True, ("jobs", "job")


class Cancel(Command):
    """Cancel the job, or ask it to stop where its kind allows that."""

    key, name, footer, places = "x", "cancel", True, ("jobs", "job")


class Decide(Command):
    """Say what to do with a job whose outcome nobody knows: run it again or close it."""

    key, name, places = "D", "decide", ("jobs", "job")


class FollowLog(Command):
    """Keep the end of the log in view, or stop doing so."""

    key, name, footer, places = "l", "follow log", True, ("job",)


class Fingerprint(Command):
    """The size and last hash of the log, to be written down elsewhere."""

    key, name, footer, places = "f", "fingerprint", True, ("audit",)


EVERYWHERE: tuple[type[Command], ...] = (
    Help, Palette, NewEntry, SignInAs, Lock, Refresh, Pause, Colours, StartWorker, Quit,
)  # fmt: skip

COMMANDS: tuple[type[Command], ...] = (
    *PLACES, Open, Back, Filter, ClearFilter, Copy, *EVERYWHERE,
    Generate, ContinueReview, WhatIsNew, Inbox, AcceptProposal, EditProposal, DismissProposal,
    Flag, DecideCorrection, Resolve, Suppress,
    *HANDOVER_COMMANDS,
    Retry, Cancel, Decide, FollowLog, *ENGINE_COMMANDS,
    *ORDER_COMMANDS, *INSIGHT_COMMANDS, *ARCHIVE_COMMANDS, Fingerprint,
    *CREW_COMMANDS,
    *LIST_COMMANDS,
)  # fmt: skip


def commands_for(place: str) -> list[type[Command]]:
    """The commands that exist on one screen, those of the place itself first."""
    own = [command for command in COMMANDS if place in command.places]
    return own + [command for command in COMMANDS if not command.places]


def keys_of(place: str) -> list[BindingType]:
    """The key bindings of one screen."""
    return bindings_of(commands_for(place))


def key_table() -> str:
    """The README's table of keys (Markdown)."""
    rows = ["| key | command | where | what it does |", "|---|---|---|---|"]
    rows += [
        f"| `{c.key_label()}` | {c.name} | {', '.join(c.places) or 'everywhere'} | {c.sentence()} |"
        for c in COMMANDS
    ]
    return "\n".join(rows) + "\n"

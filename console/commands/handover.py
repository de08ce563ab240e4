"""The commands of the Handover place; part of `commands.table.COMMANDS`."""

from console.commands.command import Command

HERE = ("handover",)


class GoOn(Command):
    """Do the next step: the line above the draft always names it."""

    key, name, footer, places = "full_stop", "next step", True, HERE


class Evidence(Command):
    """See what stands behind the item: entries, events, documents, edits, the telling words."""

    key, name, footer, places = "enter", "evidence", True, HERE


class ClearMarks(Command):
    """Take the marks off the items. Never leaves the console."""

    key, name, places = "escape", "unmark", HERE


class BeginReview(Command):
    """Open the draft for review; from then on reading a section to its end counts."""

    key, name, footer, places = "b", "begin review", True, HERE


class NextSection(Command):
    """Go to the next section."""

    key, name, footer, places = "right_square_bracket", "section", True, HERE


class PreviousSection(Command):
    """Go to the section before."""

    key, name, places = "left_square_bracket", "section before", HERE


class EditItem(Command):
    """Reword the item; the words before stay beside it, with your name and reason."""

    key, name, footer, places = "e", "edit", True, HERE


class Merge(Command):
    """Answer the merge proposals, or merge the items you have marked with Space."""

    key, name, footer, places = "m", "merges", True, HERE


class Concerns(Command):
    """See conflicts, uncertainties and assigned work, and acknowledge each with a note."""

    key, name, footer, places = "c", "concerns", True, HERE


class Accept(Command):
    """Sign as the officer who hands over; the content is frozen from then on."""

    key, name, footer, places = "a", "accept", True, HERE


class Sign(Command):
    """Countersign as the relief: read back what is critical, then your PIN."""

    key, name, footer, places = "s", "countersign", True, HERE


class Decline(Command):
    """Refuse or put off the handover as the relief; the reason is printed."""

    key, name, footer, places = "d", "decline", True, HERE


class Reopen(Command):
    """Take your own acceptance back; the reason is printed."""

    key, name, footer, places = "u", "reopen", True, HERE


class Split(Command):
    """Make one item several; each keeps all the sources."""

    key, name, places = "S", "split", HERE


class LeaveOut(Command):
    """Leave the item out of this handover, with a reason; it stays on record."""

    key, name, places = "X", "leave out", HERE


class MoveUp(Command):
    """Move the item up one place in its section."""

    key, name, places = "ctrl+up,K", "move up", HERE


class MoveDown(Command):
    """Move the item down one place in its section."""

    key, name, places = "ctrl+down,J", "move down", HERE


class History(Command):
    """See what people did to the item: words before and after, who, when and why."""

    key, name, places = "h", "history", HERE


class Completeness(Command):
    """See what a handover of this kind should say, and what it does not."""

    key, name, footer, places = "t", "covered", True, HERE


class Regenerate(Command):
    """Draft again with the newest entries; edits, answers and notes stay."""

    key, name, places = "r", "regenerate", HERE


class RefreshCommand(Command):
    """Write the Command section again from the items as they are now."""

    key, name, places = "C", "refresh Command", HERE


class PrintDraft(Command):
    """Have the draft printed as HTML and JSON, marked as not authoritative on every page."""

    key, name, places = "P", "print draft", HERE


HANDOVER_COMMANDS: tuple[type[Command], ...] = (
    GoOn, BeginReview, Accept, Sign, Evidence, NextSection, EditItem, Merge, ClearMarks, Concerns,
    PreviousSection, Decline, Reopen, Split, LeaveOut, MoveUp, MoveDown, History, Completeness,
    Regenerate, RefreshCommand, PrintDraft,
)  # fmt: skip

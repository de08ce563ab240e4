"""The commands of the Archive and of a signed handover; part of `commands.table.COMMANDS`."""

from console.commands.command import Command


class ReadDocument(Command):
    """Read the signed document itself: sections, items, evidence, signatures, answers."""

    key, name, footer, places = "d", "document", True, ("archive", "signed")


class Compare(Command):
    """Compare with the handover signed before: what is new, changed, still there, gone."""

    key, name, footer, places = "equals_sign", "compare", True, ("archive", "signed")


class NextPage(Command):
    """Go to the next section of the document."""

    key, name, footer, places = "right_square_bracket", "next section", True, ("document",)


class PreviousPage(Command):
    """Go to the section before."""

    key, name, places = "left_square_bracket", "section before", ("document",)


class Export(Command):
    """Ask for a document of the signed handover."""

    key, name, footer, places = "e", "export", True, ("archive", "signed")


class Verify(Command):
    """Check that what is stored is what was written, byte by byte."""

    key, name, footer, places = "v", "verify", True, ("archive", "signed", "audit")


class Correct(Command):
    """Start the correction of a wrong handover; the signed one stays as it is."""

    key, name, footer, places = "c", "correct", True, ("archive", "signed")


ARCHIVE_COMMANDS: tuple[type[Command], ...] = (
    ReadDocument, Compare, NextPage, PreviousPage, Export, Verify, Correct,
)  # fmt: skip

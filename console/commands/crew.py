"""The commands of the crew list; part of `console.commands.COMMANDS`. Their words are `crew`'s."""

from console.commands.command import Command

SYSTEM_LISTS = ("system", "crew")
"""The lists of the System place, in the order `]` goes through them."""
CREW = ("crew", "member")


class GoCrew(Command):
    """Who is aboard, what they may do, and their PINs and keys."""

    key, name = "U", "crew"


class AddCrew(Command):
    """Add a person with a role and a PIN; the first one, an officer, makes the crew."""

    key, name, footer, places = "plus", "add", True, CREW


class ChangePin(Command):
    """Change your own PIN; your key stays."""

    key, name, footer, places = "P", "change PIN", True, CREW


class RotateKey(Command):
    """Sign with another key from now on, behind the same PIN; the old one signs for the new one."""

    key, name, places = "R", "rotate key", CREW


class ResetPin(Command):
    """Propose a new PIN for somebody who forgot theirs or is locked out; another confirms it."""

    key, name, footer, places = "r", "reset PIN", True, CREW


class ConfirmReset(Command):
    """Confirm a PIN that another proposed: they type a new one, and a new key comes with it."""

    key, name, footer, places = "c", "confirm reset", True, CREW


class WithdrawReset(Command):
    """Withdraw a proposed PIN; signing in with the old one does so too."""

    key, name, places = "x", "withdraw reset", CREW


class Leave(Command):
    """End somebody's service: their rights and key end, their name stays, open work is listed."""

    key, name, footer, places = "d", "leave", True, CREW


class Rejoin(Command):
    """Take somebody who left back into the crew; two others then give them a PIN."""

    key, name, places = "b", "rejoin", CREW


CREW_COMMANDS: tuple[type[Command], ...] = (
    GoCrew, AddCrew, ChangePin, RotateKey, ResetPin, ConfirmReset, WithdrawReset, Leave, Rejoin,
)  # fmt: skip

"""Who acts, and their PIN: from a prompt or from standard input, never from an argument."""

import getpass
import sys

from storage.audit.actor import Actor, ActorKind
from storage.errors import BadInput
from storage.people.views import crew_member

COMMAND_LINE = Actor(kind=ActorKind.SYSTEM, id="command_line", name="command line")
"""Who acts when nobody is named; it may do nothing that needs a person."""


def acting(name_or_id: str | None) -> Actor:
    """The person named, or the command line itself.

    Raises:
        NotFound: nobody of that id or name.
    """
    return COMMAND_LINE if name_or_id is None else crew_member(name_or_id).actor


def read_pin(whose: str, *, from_stdin: bool) -> str:
    """A PIN: the next line of standard input, or typed unseen.

    Raises:
        BadInput: standard input has no further line, or there is nobody to ask.
    """
    return _secret(f"PIN of {whose}", "--pin-stdin", from_stdin)


def read_passphrase(what: str, *, from_stdin: bool) -> str:
    """The passphrase of a certificate, in the same ways as a PIN.

    Raises:
        BadInput: as for a PIN.
    """
    return _secret(f"passphrase of {what}", "--passphrase-stdin", from_stdin)


def new_pin(whose: str, *, from_stdin: bool) -> str:
    """A PIN to be set; typed twice at a prompt.

    Raises:
        BadInput: the two differ, or there is nobody to ask.
    """
    first = read_pin(whose, from_stdin=from_stdin)
    if not from_stdin and read_pin(f"{whose}, once more", from_stdin=False) != first:
        raise BadInput(why="The two PINs differ.")
    return first


def _secret(what: str, option: str, from_stdin: bool) -> str:
    if from_stdin:
        line = sys.stdin.readline()
        if not line:
            raise BadInput(why=f"Standard input has no line with the {what}.")
        return line.rstrip("\r\n")
    if not sys.stdin.isatty():
        raise BadInput(why=f"The {what} is needed; use {option} or a terminal.")
    return getpass.getpass(f"{what}: ")

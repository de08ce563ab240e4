"""What the crew may do, as questions with a reason for every no (pure; DOMAIN §3, §6)."""

from collections.abc import Sequence
from difflib import get_close_matches

from storage.audit.actor import Actor
from storage.errors import BadInput, NotPermitted
from storage.taxonomy.roles import OFFICERS, ROLE_LABELS, Role

MAX_PIN_FAILURES = 10
MIN_PIN_DIGITS = 6
MAX_NAME = 80
NEAR = 4
LIKENESS = 0.7
_RUN = "01234567890"


def check_pin_policy(pin: str) -> None:
    """Six digits or more, and not one that is guessed first.

    Raises:
        BadInput: why this PIN will not do. The PIN itself is never repeated.
    """
    if not (pin.isascii() and pin.isdigit() and len(pin) >= MIN_PIN_DIGITS):
        raise BadInput(why=f"A PIN is at least {MIN_PIN_DIGITS} digits and nothing else.")
    halves_repeat = any(pin == pin[:n] * (len(pin) // n) for n in (1, 2) if len(pin) % n == 0)
    if halves_repeat or pin in _RUN or pin in _RUN[::-1]:
        raise BadInput(why="That PIN is among the first anyone would try; choose another.")


def check_name(name: str) -> str:
    """The name without outer spaces.

    Raises:
        BadInput: empty, too long, or with characters that do not print.
    """
    name = name.strip()
    if not name or len(name) > MAX_NAME or not name.isprintable():
        raise BadInput(why=f"A name has 1 to {MAX_NAME} printable characters.")
    return name


def check_role(role: str) -> Role:
    """The role an identifier names.

    Raises:
        BadInput: not one of DOMAIN §3; the sentence lists them.
    """
    try:
        return Role(role)
    except ValueError:
        raise BadInput(why=f"{role!r} is not a role; roles are {', '.join(Role)}.") from None


def near_names(wanted: str, names: Sequence[str]) -> list[str]:
    """The names somebody may have meant: a part of them was given, or one that looks like it."""
    wanted = wanted.strip().casefold()
    if not wanted:
        return []
    parts = [name for name in names if wanted in name.casefold()]
    known = {word: name for name in names for word in (name.casefold(), *name.casefold().split())}
    alike = get_close_matches(wanted, known, n=NEAR, cutoff=LIKENESS)
    return list(dict.fromkeys([*parts, *(known[word] for word in alike)]))[:NEAR]


def check_human(actor: Actor, what: str) -> None:
    """Only a person may do this (I13).

    Raises:
        NotPermitted: a service or the system tried.
    """
    if not actor.is_human:
        raise NotPermitted(why=f"Only a person may {what}; {actor.name} is not one.")


def check_officer(actor: Actor, what: str) -> None:
    """Only a person of officer rank may do this.

    Raises:
        NotPermitted: not a person, or a rating.
    """
    check_human(actor, what)
    if actor.role not in OFFICERS:
        rank = ROLE_LABELS[Role(actor.role)] if actor.role in set(Role) else "without a role"
        raise NotPermitted(why=f"Only an officer may {what}; {actor.name} is {rank}.")

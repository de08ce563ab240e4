"""What the crew may do, as questions with a reason for every no (pure; DOMAIN §3, §6)."""

from collections.abc import Sequence
from difflib import get_close_matches

from storage.audit.actor import Actor
from storage.errors import BadInput, NotPermitted
from storage.people.waiting import wait_words
from storage.taxonomy.roles import READERS, Role

MAX_NAME = 80
ALONE_AFTER_S = 24 * 3600
"""After so long one person may confirm what they proposed, if nobody else aboard could."""
NEAR = 4
LIKENESS = 0.7


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


def reads_only(role: str) -> bool:
    """Whether a role may change nothing."""
    return role in READERS


def check_proposing(actor: Actor, person_id: str, officers: Sequence[str]) -> None:
    """A new PIN is proposed by an officer, or by anybody where no other officer is able to.

    `officers` are the ids of those besides the person it is for.

    Raises:
        NotPermitted: one's own PIN, or a rating while an officer could.
    """
    if actor.id == person_id:
        raise NotPermitted(why="Two others reset your PIN; with it you can change it yourself.")
    if officers and actor.id not in officers:
        raise NotPermitted(why="An officer is aboard who can propose it.")


def check_confirming(
    actor: Actor, person_id: str, proposed_by: str, others: Sequence[str], waited_s: float
) -> None:
    """A new PIN is confirmed by a third person; alone only after a day, where there is no third.

    `others` are the ids of those who could confirm, `waited_s` seconds since it was proposed.

    Raises:
        NotPermitted: one's own PIN, or one's own proposal.
    """
    if actor.id == person_id:
        raise NotPermitted(why="Nobody confirms a new PIN for themselves.")
    if actor.id != proposed_by:
        return
    if others:
        raise NotPermitted(why="You proposed it yourself; another person has to confirm it.")
    if waited_s < ALONE_AFTER_S:
        left = wait_words(ALONE_AFTER_S - waited_s)
        raise NotPermitted(why=f"Nobody else is aboard who could confirm it: alone in {left}.")


def check_leaving(name: str, officers: Sequence[object]) -> None:
    """Somebody must be left who can add crew; `officers` are those who are able to, besides.

    Raises:
        NotPermitted: nobody would be.
    """
    if not officers:
        raise NotPermitted(
            why=f"{name} is the last officer who could add crew; add or unlock another one first."
        )

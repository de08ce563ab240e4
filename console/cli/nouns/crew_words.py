"""The crew in words."""

from collections.abc import Iterable, Iterator

from console.cli.words import facts
from storage.clock import to_text
from storage.people.states import KEY_WORDS
from storage.people.views import CrewMember, KeyTerm
from storage.taxonomy.roles import READERS, ROLE_LABELS


def standing(member: CrewMember) -> str:
    """`administrator`, `officer, locked out`, `rating, left 2026-03-01`."""
    words = {
        "administrator": member.is_admin,
        "officer": member.is_officer and not member.is_admin,
        "reads only": member.role in READERS,
        "rating": not (member.is_officer or member.is_admin or member.role in READERS),
        "locked out": member.is_locked_out and member.is_active,
        "no PIN yet": member.is_active and not member.has_key,
        f"new PIN proposed by {member.reset_proposed_by}": bool(member.reset_proposed_by),
        f"left {member.left_at:%Y-%m-%d}" if member.left_at else "left": not member.is_active,
    }
    return ", ".join(word for word, holds in words.items() if holds)


def member_rows(crew: Iterable[CrewMember]) -> list[tuple[str, str, str, str]]:
    """A line for each."""
    return [(m.name, ROLE_LABELS[m.role], standing(m), m.id) for m in crew]


def described(member: CrewMember) -> Iterator[str]:
    """One person, line by line."""
    return facts(
        {
            "name": member.name,
            "role": ROLE_LABELS[member.role],
            "standing": standing(member),
            "id": member.id,
            "public key": member.public_key or "none",
        }
    )


def key_rows(terms: Iterable[KeyTerm]) -> list[tuple[str, str, str, str]]:
    """A line for each key."""
    return [
        (
            term.public_key,
            to_text(term.since)[:16] + "Z",
            to_text(term.until)[:16] + "Z" if term.until else "in use",
            KEY_WORDS[term.ended_why or term.began_why],
        )
        for term in terms
    ]

"""The crew in words."""

from collections.abc import Iterable, Iterator

from console.cli.words import facts
from console.words.crew import standing
from storage.clock import to_text
from storage.people.states import KEY_WORDS
from storage.people.views import CrewMember, KeyTerm
from storage.taxonomy.roles import ROLE_LABELS


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

"""The crew in words, the same on the command line and on the screen (pure)."""

from collections.abc import Callable, Iterator
from datetime import datetime

from storage.audit.rights import RIGHTS, Standing, standing_of_role
from storage.people.aboard import CrewDetail, CrewRecord
from storage.people.states import KEY_WORDS
from storage.people.views import CrewMember, KeyTerm
from storage.people.waiting import wait_words
from storage.taxonomy.roles import READERS, ROLE_LABELS

Said = Iterator[tuple[str, str]]
Time = Callable[[datetime], str]


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


def may(member: CrewMember) -> str:
    """What this person has a right to, in words that follow "may"."""
    if not member.is_active:
        return "nothing any more"
    mine = standing_of_role(member.role)
    held = sorted({right.what for right in RIGHTS.values() if mine in right.who.standings})
    return ", ".join(held) + ("; and read everything" if mine is Standing.READER else "")


def pin_words(record: CrewRecord) -> str:
    """How it stands with their PIN: wrong ones in a row, and when the next may be tried."""
    if not record.member.is_active:
        return "none any more"
    if not record.member.has_key:
        return "none yet; two others give them one"
    if not record.wrong_pins:
        return "no wrong one since the last right one"
    wrong = f"{record.wrong_pins} wrong in a row"
    if record.wait_s is None:
        return f"{wrong}: locked out until two others give them a new one"
    return f"{wrong}; the next try in {wait_words(record.wait_s)}" if record.wait_s else wrong


def member_words(detail: CrewDetail, time: Time) -> Said:
    """One person, name by name; `time` says a moment."""
    record, member = detail.record, detail.record.member
    yield "name", member.name
    yield "role", ROLE_LABELS[member.role]
    yield "standing", standing(member)
    yield "since", time(member.created_at)
    yield "last seen", time(record.last_seen_at) if record.last_seen_at else "never yet"
    yield "PIN", pin_words(record)
    yield "key since", time(record.key_since) if record.key_since else "no key in use"
    keys = (f"{key_words(term, time)}: {term.public_key}" for term in detail.keys)
    yield "keys", "\n".join(keys) or "none yet"
    yield "may", may(member)
    yield "id", member.id


def key_words(term: KeyTerm, time: Time) -> str:
    """From when to when a key was good, and why it began or ended."""
    until = f"until {time(term.until)}" if term.until else "in use"
    why = KEY_WORDS[term.ended_why or term.began_why]
    return f"from {time(term.since)}, {until}, {why}"

"""What a narrative and an import line must hold (pure)."""

from datetime import datetime
from typing import Any

from pydantic import Field

from storage.audit.actor import Actor
from storage.audit.rights import check_right
from storage.errors import BadInput, NotPermitted, TooLong
from storage.evidence.rules import MAX_LABEL, other_columns, text_of, time_of
from storage.taxonomy.domains import ASSIGNABLE
from storage.value import Value

MAX_NARRATIVE = 20_000
MAX_REASON = 2_000
KNOWN_COLUMNS = frozenset({"text", "at", "by", "role", "event_ids", "document_ids"})


class NewEntry(Value):
    """An entry about to be captured. `at`, `author`, `role` None: now, by the actor."""

    narrative: str
    at: datetime | None = None
    author: str | None = None
    role: str | None = None
    event_ids: tuple[str, ...] = ()
    document_ids: tuple[str, ...] = ()
    context: dict[str, Any] = Field(default_factory=dict)


def check_narrative(text: str) -> str:
    """The narrative exactly as given, if it can be kept.

    Raises:
        BadInput: nothing but space, or half a character. TooLong: over 20,000 characters.
    """
    if not text.strip():
        raise BadInput(why="The narrative is empty; say in a few words what is so.")
    if len(text) > MAX_NARRATIVE:
        raise TooLong(what="narrative", length=len(text), limit=MAX_NARRATIVE)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(why="The narrative is not valid text (half a character).") from None
    return text


def check_reason(reason: str) -> str:
    """A reason without outer spaces.

    Raises:
        BadInput: empty. TooLong.
    """
    reason = reason.strip()
    if not reason:
        raise BadInput(why="A reason is needed; it stays on record.")
    if len(reason) > MAX_REASON:
        raise TooLong(what="reason", length=len(reason), limit=MAX_REASON)
    return reason


def check_reviewer(actor: Actor, requested_by: str) -> None:
    """Only an officer decides about a classification, and not about a request of their own.

    Raises:
        NotPermitted: not a person, a rating, or the one who asked (DOMAIN §2: requester and
            reviewer are two people).
    """
    check_right(actor, "entry.correction_accepted")
    if actor.name == requested_by:
        raise NotPermitted(why=f"{requested_by} asked for this; another officer decides about it.")


def check_corrected_domain(domain: str | None, stands: str) -> str:
    """The domain an accepted correction names.

    Raises:
        BadInput: none is named, no entry may carry it, or the entry is filed under it already.
    """
    if domain is None:
        raise BadInput(why="The request names no domain; say which one it is, as in ENG-04.")
    if domain not in ASSIGNABLE:
        raise BadInput(why=f"{domain!r} is not a domain an entry can have.")
    if domain == stands:
        raise BadInput(why=f"The entry is filed under {domain} already; reject the request.")
    return domain


def read_entry(values: dict[str, Any]) -> NewEntry:
    """The entry a line describes; unknown columns are kept as its context.

    Raises:
        BadInput, TooLong: which column cannot be used and why.
    """
    text = values.get("text")
    if not isinstance(text, str):
        raise BadInput(why="An entry needs a 'text'.")
    return NewEntry(
        narrative=check_narrative(text),
        at=time_of(values, "at") if values.get("at") else None,
        author=text_of(values, "by") or None,
        role=text_of(values, "role") or None,
        event_ids=_ids(values, "event_ids"),
        document_ids=_ids(values, "document_ids"),
        context=other_columns(values, KNOWN_COLUMNS),
    )


def _ids(values: dict[str, Any], column: str) -> tuple[str, ...]:
    given = values.get(column) or []
    if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
        raise BadInput(why=f"{column!r} must be a list of ids.")
    longest = max(map(len, given), default=0)
    if longest > MAX_LABEL:
        raise TooLong(what=f"id in {column!r}", length=longest, limit=MAX_LABEL)
    return tuple(dict.fromkeys(given))

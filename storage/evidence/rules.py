"""What an event line must hold (pure)."""

from datetime import datetime
from typing import Any

from storage.clock import given_time
from storage.errors import BadInput, TooLong
from storage.value import Value

MAX_EVENT_TEXT = 4_000
MAX_LABEL = 200
"""Characters of a name, a role, an id, a source: what stands in one column of a list."""
KNOWN_COLUMNS = frozenset({"event_id", "type", "at", "source", "asset", "text"})

PROPOSING_TYPES = frozenset(
    {
        "fault_logged",
        "maintenance_deferred",
        "inspection_failed",
        "spares_ordered",
        "vendor_contacted",
        "workaround_applied",
    }
)
"""Events of these types become entry proposals (DOMAIN §4)."""


class NewEvent(Value):
    """A ledger event about to be recorded. `id` None asks for a fresh one."""

    id: str | None
    type: str
    at: datetime
    source: str
    asset: str
    text: str
    context: dict[str, Any]


def read_event(values: dict[str, Any]) -> NewEvent:
    """The event a line describes; unknown columns are kept as its context.

    Raises:
        BadInput: no type, no time, or a value that is not text. TooLong.
    """
    event_type = text_of(values, "type")
    if not event_type:
        raise BadInput(why="An event needs a type.")
    text = text_of(values, "text", MAX_EVENT_TEXT)
    return NewEvent(
        id=text_of(values, "event_id") or None,
        type=event_type,
        at=time_of(values, "at"),
        source=text_of(values, "source"),
        asset=text_of(values, "asset"),
        text=text,
        context=other_columns(values, KNOWN_COLUMNS),
    )


def other_columns(values: dict[str, Any], known: frozenset[str]) -> dict[str, Any]:
    """What else a line says, to be kept as it is; a fraction as text, for a record has none."""
    return {name: _kept(value) for name, value in values.items() if name not in known}


def text_of(values: dict[str, Any], column: str, limit: int = MAX_LABEL) -> str:
    """The text in a column, without outer spaces; empty when absent.

    Raises:
        BadInput: the column holds something else than text. TooLong: over `limit` characters.
    """
    value = values.get(column, "")
    if not isinstance(value, str):
        raise BadInput(why=f"{column!r} must be text, not {type(value).__name__}.")
    if len(value) > limit:
        raise TooLong(what=repr(column), length=len(value), limit=limit)
    return value.strip()


def time_of(values: dict[str, Any], column: str) -> datetime:
    """The time in a column.

    Raises:
        BadInput: absent, not ISO 8601, or without an offset from UTC.
    """
    text = text_of(values, column)
    try:
        return given_time(text)
    except ValueError as error:
        raise BadInput(why=f"{column!r} is not a time: {error}.") from None


def _kept(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _kept(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_kept(inner) for inner in value]
    return str(value) if isinstance(value, float) else value

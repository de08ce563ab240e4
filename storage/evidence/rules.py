"""What an event line must hold (pure)."""

from datetime import datetime
from typing import Any

from storage.clock import from_text
from storage.errors import BadInput, TooLong
from storage.value import Value

MAX_EVENT_TEXT = 4_000
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
    text = text_of(values, "text")
    if len(text) > MAX_EVENT_TEXT:
        raise TooLong(what="event text", length=len(text), limit=MAX_EVENT_TEXT)
    return NewEvent(
        id=text_of(values, "event_id") or None,
        type=event_type,
        at=time_of(values, "at"),
        source=text_of(values, "source"),
        asset=text_of(values, "asset"),
        text=text,
        context={k: _plain(v) for k, v in values.items() if k not in KNOWN_COLUMNS},
    )


def text_of(values: dict[str, Any], column: str) -> str:
    """The text in a column, without outer spaces; empty when absent.

    Raises:
        BadInput: the column holds something else than text.
    """
    value = values.get(column, "")
    if not isinstance(value, str):
        raise BadInput(why=f"{column!r} must be text, not {type(value).__name__}.")
    return value.strip()


def time_of(values: dict[str, Any], column: str) -> datetime:
    """The time in a column.

    Raises:
        BadInput: absent, not ISO 8601, or without an offset from UTC.
    """
    text = text_of(values, column)
    try:
        return from_text(text)
    except ValueError as error:
        raise BadInput(why=f"{column!r} is not a time: {error}.") from None


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, float) else value

"""What is typed after `/`: words that must occur, and `field:value` (pure)."""

import shlex
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from storage.errors import BadInput

Reader = Callable[[str], Any]
"""Turns what stands after the colon into a value; raises ValueError with a sentence."""

_UNITS = {"m": 60, "h": 3600, "d": 86400}


def parse(text: str, fields: Mapping[str, Reader]) -> tuple[dict[str, Any], str]:
    """The values by field, and the remaining words.

    `"quoted words"` stay together. A colon in a word that names no field is part of the word only
    if it is quoted.

    Raises:
        BadInput: an unknown field or value; the sentence says what there is.
    """
    values: dict[str, Any] = {}
    words: list[str] = []
    for token in _tokens(text):
        name, colon, value = token.partition(":")
        if not colon or " " in name:
            words.append(token)
        elif name not in fields:
            raise BadInput(why=f"There is no field {name!r} here; there are {', '.join(fields)}.")
        elif value:
            values[name] = _read(name, value, fields[name])
    return values, " ".join(words)


def choice(values: type[StrEnum]) -> Reader:
    """One of an enumeration, letter case aside; a beginning is enough while typing."""

    def read(text: str) -> StrEnum:
        fitting = [v for v in values if v.value.lower().startswith(text.lower())]
        if not fitting:
            raise ValueError(f"one of {', '.join(values)}")
        return fitting[0]

    return read


def moment(now: Callable[[], datetime]) -> Reader:
    """`2026-03-01`, `2026-03-01T04:00Z`, or an age: `30m`, `8h`, `7d`."""

    def read(text: str) -> datetime:
        if text[:-1].isdigit() and text[-1] in _UNITS:
            return now() - timedelta(seconds=int(text[:-1]) * _UNITS[text[-1]])
        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            raise ValueError("a date, a time, or an age like 8h") from None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at

    return read


def _tokens(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError:  # a quotation not closed yet
        return shlex.split(text + '"') if text.count('"') % 2 else text.split()


def _read(name: str, value: str, reader: Reader) -> Any:
    try:
        return reader(value)
    except ValueError as error:
        raise BadInput(why=f"{name}: is {error}.") from None

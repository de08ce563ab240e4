"""JSON and TOML that others wrote, read within limits (pure).

Python's readers take more than can be kept or shown again: a name twice in one object (the first is
lost without a word), numbers nobody can store, nesting on which whatever writes the value out later
gives up. Each is refused here, before anything is kept.
"""

import json
import tomllib
from math import isinf
from typing import Any

DEEPEST = 64
"""Levels of one value. What people write has five; the engines that write it again stop at 200."""
MOST_DIGITS = 300
_NESTED = f"is nested deeper than {DEEPEST} levels"


def read_json(text: str) -> Any:
    """The value of a JSON text.

    Raises:
        ValueError: what is wrong with it, as words that follow "the line" or "the file"; it is a
            UnicodeError where text in it is none.
    """
    try:
        value = _JSON.decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"is not JSON: {error.msg}") from None
    except RecursionError:
        raise ValueError(_NESTED) from None
    _check(value)
    return value


def read_toml(text: str) -> dict[str, Any]:
    """The table of a TOML text; a byte order mark before it is left out.

    Raises:
        ValueError: what is wrong with it, in TOML's own words where it is not TOML.
    """
    try:
        table = tomllib.loads(text.removeprefix("\ufeff"))
    except RecursionError:
        raise ValueError(f"it {_NESTED}") from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from None
    except ValueError:
        raise ValueError("it holds a number with too many digits") from None
    return table


def _check(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        for text in (inner for inner in level if isinstance(inner, str)):
            _check_text(text)
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise ValueError(_NESTED)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [*value, *value.values()]
    return value if isinstance(value, list) else []


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise UnicodeError("holds half a character (a lone surrogate)") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"says {twice[:80]!r} twice in one object")
    return found


def _whole(text: str) -> int:
    if len(text) > MOST_DIGITS:
        raise ValueError(f"holds a number of more than {MOST_DIGITS} digits")
    return int(text)


def _fraction(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise ValueError(f"holds {text[:80]}, too large for a number")
    return number


def _no_number(name: str) -> None:
    raise ValueError(f"holds {name}, which is no number of JSON")


_JSON = json.JSONDecoder(
    object_pairs_hook=_once_each,
    parse_int=_whole,
    parse_float=_fraction,
    parse_constant=_no_number,
)

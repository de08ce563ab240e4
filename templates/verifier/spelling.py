"""The one spelling of a JSON value (RFC 8785) and the one hash (SHA-256)."""

from __future__ import annotations

import hashlib
import json
from typing import Any

MOST_DIGITS = 300
"""Of an integer; whoever writes more counts nothing aboard."""


def canonical(value: Any) -> bytes:
    """Keys sorted, no spaces, UTF-8: the bytes that are hashed and signed.

    Raises:
        ValueError: a number that JSON cannot spell.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


def read_json(data: bytes) -> Any:
    """What the bytes of a file say. A canonical file spells each thing once and counts in integers.

    Raises:
        ValueError: no JSON, not in UTF-8, a member twice, a fraction, an integer nobody counts to.
    """
    if not data:
        raise ValueError("the file is empty")
    return json.loads(
        data.decode("utf-8"), object_pairs_hook=_each_once,
        parse_int=_counted, parse_float=_not_counted, parse_constant=_not_counted,
    )  # fmt: skip


def _each_once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    said = dict(members)
    if len(said) < len(members):
        names = [name for name, _ in members]
        raise ValueError(f"twice in it: {next(n for n in names if names.count(n) > 1)}")
    return said


def _counted(digits: str) -> int:
    return int(digits) if len(digits) <= MOST_DIGITS else _not_counted(digits)


def _not_counted(digits: str) -> Any:
    raise ValueError(f"no number of a handover: {digits[:20]}")


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def shown(text: object) -> str:
    """Text that cannot drive a terminal: what does not print is written out."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text))


def moment(text: Any) -> str:
    """A time in UTC down to microseconds: `…:00Z` and `…:00.000000Z` are the same."""
    whole, _, fraction = str(text).rstrip("Z").partition(".")
    return f"{whole}.{fraction:0<6}"

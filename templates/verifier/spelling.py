"""The one spelling of a JSON value (RFC 8785) and the one hash (SHA-256)."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(value: Any) -> bytes:
    """Keys sorted, no spaces, UTF-8: the bytes that are hashed and signed.

    Raises:
        ValueError: a number that JSON cannot spell.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode("utf-8")


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

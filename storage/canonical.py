"""One value, one spelling: canonical JSON, the bytes every hash is taken over.

Keys sorted, no spaces, UTF-8, no escapes that are not needed: RFC 8785 for the values used here.
They hold no floating-point numbers, and no key beyond U+FFFF, where sorting by code point and by
UTF-16 unit would part.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> bytes:
    """The one spelling of a JSON value.

    Raises:
        ValueError: a float, whose spelling differs between languages.
    """
    text = _ENCODER.encode(value)
    _CHECKER.decode(text)
    return text.encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _refuse_float(text: str) -> None:
    raise ValueError(f"{text}: a signed record holds no floating-point numbers")


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)
_CHECKER = json.JSONDecoder(parse_float=_refuse_float, parse_constant=_refuse_float)

"""One value, one spelling: canonical JSON, the bytes every hash is taken over.

Keys sorted, no spaces, UTF-8, no escapes that are not needed: RFC 8785 for the values used here,
which hold no floating-point numbers.
"""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> bytes:
    """The one spelling of a JSON value.

    Raises:
        ValueError: a float, whose spelling differs between languages.
    """
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    json.loads(text, parse_float=_refuse_float, parse_constant=_refuse_float)
    return text.encode()


def sha256_hex(data: bytes) -> str:
    """SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def _refuse_float(text: str) -> None:
    raise ValueError(f"{text}: a signed record holds no floating-point numbers")

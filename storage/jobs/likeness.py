"""Which failures are alike (pure): the same kind and error type, and a message that differs only
in its numbers, ids and paths."""

import re

from storage.canonical import sha256_hex

PATTERN_LENGTH = 200

_VARIABLE = (
    (re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE), "‹id›"),
    (re.compile(r"(?<![\w/])(?:/[\w.@+-]+){2,}/?"), "‹path›"),
    (
        re.compile(r"\b0x[0-9a-f]+\b|\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8,}\b", re.IGNORECASE),
        "‹id›",
    ),
    (re.compile(r"\d+(?:[.,:]\d+)*"), "‹n›"),
    (re.compile(r"\s+"), " "),
)


def pattern_of(message: str) -> str:
    """The message with what changes from run to run left out; the first 200 characters."""
    for variable, name in _VARIABLE:
        message = variable.sub(name, message)
    return message.strip()[:PATTERN_LENGTH]


def failure_id(kind: str, error_type: str, pattern: str) -> str:
    """The same for failures that are alike, and for no others."""
    return sha256_hex("\n".join((kind, error_type, pattern)).encode())[:16]

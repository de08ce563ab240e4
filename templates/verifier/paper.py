"""A hash in words that can be written in the paper log and read over the radio."""

from __future__ import annotations

import hashlib

from templates.verifier.words import WORDS

BYTES = 16


def words_of(document_hash: str) -> str:
    """Twelve words for the first half of a SHA-256, as BIP-39 spells 128 bits; the last one checks.

    Raises:
        ValueError: no SHA-256 in hexadecimal.
    """
    data = bytes.fromhex(document_hash)[:BYTES]
    number = int.from_bytes(data, "big") << 4 | hashlib.sha256(data).digest()[0] >> 4
    return " ".join(WORDS[number >> 11 * place & 2047] for place in reversed(range(12)))

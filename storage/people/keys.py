"""A person's signing key, sealed with their PIN (pure; no PIN and no plain key is ever stored).

The PIN is stretched by scrypt and opens AES-256-GCM around the Ed25519 private key. A wrong PIN
fails the seal's own check, so there is nothing to compare a PIN with.
"""

import math
import os
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt


class Cost(NamedTuple):
    """What one guess costs: `n` · `r` · 128 bytes of memory, gone through `p` times."""

    n: int
    r: int
    p: int


PRESENT = Cost(n=2**15, r=8, p=3)
"""32 MiB and about a third of a second for each guess. A seal names its own cost, and one that was
made at a lower cost than this is made anew when its PIN is next given."""
_EARLIER = {"r": 8, "p": 1}
"""What seals that name only `n` were made with."""


def new_key() -> Ed25519PrivateKey:
    """A fresh signing key."""
    return Ed25519PrivateKey.generate()


def public_hex(key: Ed25519PrivateKey) -> str:
    """The public half, 64 hexadecimal characters."""
    return key.public_key().public_bytes_raw().hex()


def seal(key: Ed25519PrivateKey, pin: str) -> dict[str, Any]:
    """The private key locked with `pin`, as JSON-ready hexadecimal strings and the scrypt cost."""
    cost = PRESENT
    salt, nonce = os.urandom(16), os.urandom(12)
    box = AESGCM(_stretch(pin, salt, cost)).encrypt(nonce, key.private_bytes_raw(), None)
    sealed = {"salt": salt.hex(), "nonce": nonce.hex(), "box": box.hex()}
    return {"kdf": "scrypt", **cost._asdict(), **sealed}


def unseal(sealed: dict[str, Any], pin: str) -> Ed25519PrivateKey | None:
    """The private key, or None when the PIN does not open it."""
    stretched = _stretch(pin, bytes.fromhex(sealed["salt"]), cost_of(sealed))
    try:
        raw = AESGCM(stretched).decrypt(
            bytes.fromhex(sealed["nonce"]), bytes.fromhex(sealed["box"]), None
        )
    except InvalidTag:
        return None
    return Ed25519PrivateKey.from_private_bytes(raw)


def cost_of(sealed: dict[str, Any]) -> Cost:
    """What a seal was made at."""
    named = {**_EARLIER, **sealed}
    return Cost(*(int(named[part]) for part in Cost._fields))


def is_cheap(sealed: dict[str, Any]) -> bool:
    """Whether a seal costs a guesser less than one made now."""
    return math.prod(cost_of(sealed)) < math.prod(PRESENT)


def is_signed(public_key: str, signature: str, message: bytes) -> bool:
    """Whether `signature` (hex) over `message` was made by the owner of `public_key` (hex)."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _stretch(pin: str, salt: bytes, cost: Cost) -> bytes:
    return Scrypt(salt=salt, length=32, **cost._asdict()).derive(pin.encode())

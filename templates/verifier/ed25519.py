"""Ed25519 signatures (RFC 8032), by the `cryptography` library or in plain Python."""

from __future__ import annotations

import hashlib

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def is_signed(public_key: str, signature: str, message: bytes) -> bool:
    """Whether this key (hexadecimal) made this signature (hexadecimal) over the message."""
    try:
        key, mark = bytes.fromhex(public_key), bytes.fromhex(signature)
    except ValueError:
        return False
    if (len(key), len(mark)) != (32, 64):
        return False
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return is_signed_plainly(key, mark, message)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(mark, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_plainly(key: bytes, mark: bytes, message: bytes) -> bool:
    """The same without any library (RFC 8032 §5.1.7): S·B = R + k·A."""
    owner, commitment = _point(key), _point(mark[:32])
    s = int.from_bytes(mark[32:], "little")
    if owner is None or commitment is None or s >= ORDER:
        return False
    digest = hashlib.sha512(mark[:32] + key + message).digest()
    k = int.from_bytes(digest, "little") % ORDER
    left, right = _times(s, BASE), _sum(commitment, _times(k, owner))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def _point(data: bytes) -> tuple[int, int, int, int] | None:
    """The point that 32 bytes stand for (§5.1.3), as X, Y, Z, T; None when they stand for none."""
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P


def _sum(p: tuple[int, ...], q: tuple[int, ...]) -> tuple[int, int, int, int]:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: tuple[int, ...]) -> tuple[int, ...]:
    total: tuple[int, ...] = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _sum(total, point)
        point, factor = _sum(point, point), factor >> 1
    return total


BASE = _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or (0, 1, 1, 0)

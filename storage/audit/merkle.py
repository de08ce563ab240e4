"""A Merkle tree over the log, as RFC 9162 builds it (pure): short proofs instead of the whole log.

A leaf is hashed behind a byte 0, an inner node behind a byte 1, so that neither can pass for the
other. A tree of n leaves splits at the largest power of two below n.
"""

import hashlib
from collections.abc import Sequence

LEAF, NODE = b"\x00", b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()

_BLOCK = 256
"""Perfect subtrees from this size on are remembered; smaller ones are hashed level by level."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf (RFC 9162 §2.1.1)."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side (RFC 9162 §2.1.1)."""
    return hashlib.sha256(NODE + left + right).digest()


class Tree:
    """The tree over `leaves`: its roots and proofs at any size up to its own.

    The first root costs two hashes a leaf; each further root or proof costs little.
    """

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self._leaves = leaves
        self._known: dict[tuple[int, int], bytes] = {}

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves."""
        return self._subtree(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """The path from leaf `index` (from 0) to the root of the first `size` (RFC 9162 §2.1.3)."""
        path, low, high = [], 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low = middle
        return path[::-1]

    def consistency(self, earlier: int, size: int) -> list[bytes]:
        """Proof that the first `earlier` leaves begin the first `size` (RFC 9162 §2.1.4).

        Empty for equal sizes and for an earlier size of 0, which begins everything.
        """
        path, low, high, whole = [], 0, size, True
        while earlier and earlier != high:
            middle = low + _split(high - low)
            if earlier <= middle:
                path.append(self._subtree(middle, high))
                high = middle
            else:
                path.append(self._subtree(low, middle))
                low, whole = middle, False
        return (path if whole or not earlier else [*path, self._subtree(low, high)])[::-1]

    def _subtree(self, low: int, high: int) -> bytes:
        if high - low <= _BLOCK:
            return self._by_levels(low, high)
        known = self._known.get((low, high))
        if known is None:
            middle = low + _split(high - low)
            known = node_hash(self._subtree(low, middle), self._subtree(middle, high))
            self._known[low, high] = known
        return known

    def _by_levels(self, low: int, high: int) -> bytes:
        sha256 = hashlib.sha256
        level = [sha256(LEAF + data).digest() for data in self._leaves[low:high]]
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            alone = level[-1:] if len(level) % 2 else []
            level = [sha256(NODE + left + right).digest() for left, right in pairs] + alone
        return level[0]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a path leads to from a leaf's data; None where no such path can be."""
    if not 0 <= index < size:
        return None
    place, last, found = index, size - 1, leaf_hash(leaf)
    for sibling in path:
        if last == 0:
            return None
        if place % 2 or place == last:
            found = node_hash(sibling, found)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        place, last = place >> 1, last >> 1
    return found if last == 0 else None


def roots_by_consistency(
    earlier: int, size: int, earlier_root: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes] | None:
    """The earlier and the later root that a proof leads to (RFC 9162 §2.1.4.2); None for none.

    The proof holds where both are the roots that were known already.
    """
    if not 0 < earlier <= size or (earlier == size) != (not path):
        return None
    if earlier == size:
        return earlier_root, earlier_root
    steps = [*path] if earlier & (earlier - 1) else [earlier_root, *path]
    place, last = earlier - 1, size - 1
    while place % 2:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return None
        if place % 2 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while place and not place % 2:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return (old, new) if last == 0 else None


def _split(size: int) -> int:
    """The largest power of two below `size`, which is at least 2."""
    return 1 << (size - 1).bit_length() - 1

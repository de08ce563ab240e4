"""Proofs in the tree over the log (RFC 9162 §2.1), read from the root down."""

from __future__ import annotations

import hashlib


def leaf_of(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: list[bytes]) -> bytes:
    """The root over all leaves' data."""
    level = [leaf_of(data) for data in leaves]
    while len(level) > 1:
        pairs = range(0, len(level) - 1, 2)
        alone = level[-1:] if len(level) % 2 else []
        level = [node_of(level[i], level[i + 1]) for i in pairs] + alone
    return level[0] if level else hashlib.sha256(b"").digest()


def root_by_path(leaf: bytes, place: int, size: int, path: list[bytes]) -> bytes:
    """The root that a path leads to from the leaf at `place`.

    Raises:
        ValueError: no path of that length is there.
    """
    if not 0 <= place < size or (size == 1) != (not path):
        raise ValueError("the path does not fit the size of the log")
    if size == 1:
        return leaf_of(leaf)
    middle = _middle(size)
    if place < middle:
        return node_of(root_by_path(leaf, place, middle, path[:-1]), path[-1])
    return node_of(path[-1], root_by_path(leaf, place - middle, size - middle, path[:-1]))


def roots_by_proof(
    earlier: int, size: int, path: list[bytes], known: bytes | None
) -> tuple[bytes, bytes]:
    """The earlier and the later root that a consistency proof leads to; `known` is the earlier one.

    Raises:
        ValueError: no proof of that length is there.
    """
    if not 0 < earlier <= size:
        raise ValueError("the sizes make no sense")
    if earlier == size:
        (found,) = path if known is None else [known]
        if known is not None and path:
            raise ValueError("the proof is too long")
        return found, found
    middle = _middle(size)
    if earlier <= middle:
        old, new = roots_by_proof(earlier, middle, path[:-1], known)
        return old, node_of(new, path[-1])
    old, new = roots_by_proof(earlier - middle, size - middle, path[:-1], None)
    return node_of(path[-1], old), node_of(path[-1], new)


def _middle(size: int) -> int:
    middle = 1
    while middle * 2 < size:
        middle *= 2
    return middle

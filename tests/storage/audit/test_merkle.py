"""I15: proofs over the log hold for what is in it and for nothing else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.audit.merkle import (
    EMPTY_ROOT,
    Tree,
    leaf_hash,
    node_hash,
    root_by_inclusion,
    roots_by_consistency,
)

SIZES = [*range(1, 40), 255, 256, 257, 511, 512, 513, 700]


def leaves(size: int) -> list[bytes]:
    return [hashlib.sha256(b"%d" % number).digest() for number in range(size)]


def naive_root(data: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1, word for word."""
    if not data:
        return hashlib.sha256(b"").digest()
    if len(data) == 1:
        return hashlib.sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < len(data):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(data[:k]) + naive_root(data[k:])).digest()


def naive_path(place: int, data: list[bytes]) -> list[bytes]:
    """RFC 9162 §2.1.3.1, word for word."""
    if len(data) == 1:
        return []
    k = 1
    while k * 2 < len(data):
        k *= 2
    if place < k:
        return [*naive_path(place, data[:k]), naive_root(data[k:])]
    return [*naive_path(place - k, data[k:]), naive_root(data[:k])]


def naive_proof(earlier: int, data: list[bytes], whole: bool = True) -> list[bytes]:
    """RFC 9162 §2.1.4.1, word for word."""
    if earlier == len(data):
        return [] if whole else [naive_root(data)]
    k = 1
    while k * 2 < len(data):
        k *= 2
    if earlier <= k:
        return [*naive_proof(earlier, data[:k], whole), naive_root(data[k:])]
    return [*naive_proof(earlier - k, data[k:], False), naive_root(data[:k])]


@pytest.mark.parametrize("size", [0, *SIZES])
def test_the_root_is_that_of_the_standard(size: int) -> None:
    assert Tree(leaves(1000)).root(size) == naive_root(leaves(size))


def test_the_known_roots_of_the_transparency_logs_come_out() -> None:
    """The eight leaves of the certificate transparency test vectors."""
    data = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f"]  # fmt: skip
    tree = Tree([bytes.fromhex(text) for text in data])
    assert tree.root(0) == EMPTY_ROOT
    assert tree.root(1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert tree.root(8).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_a_leaf_and_a_node_of_the_same_bytes_have_different_hashes() -> None:
    left, right = leaves(2)
    assert leaf_hash(left + right) != node_hash(left, right)


@given(st.integers(1, 700), st.data())
def test_every_event_is_proved_by_a_path_of_the_standard(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    all_of_them = leaves(size)
    tree = Tree(all_of_them)
    path = tree.inclusion(index, size)
    assert path == naive_path(index, all_of_them)
    assert root_by_inclusion(all_of_them[index], index, size, path) == tree.root(size)


@given(st.integers(1, 700), st.data())
def test_every_earlier_size_is_proved_by_a_proof_of_the_standard(
    size: int, data: st.DataObject
) -> None:
    earlier = data.draw(st.integers(1, size))
    tree = Tree(leaves(size))
    path = tree.consistency(earlier, size)
    assert path == naive_proof(earlier, leaves(size))
    roots = tree.root(earlier), tree.root(size)
    assert roots_by_consistency(earlier, size, roots[0], path) == roots


@given(st.integers(1, 90), st.data())
def test_i15_no_other_leaf_place_size_or_path_leads_to_the_root(
    size: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, size - 1))
    all_of_them = leaves(size)
    tree = Tree(all_of_them)
    path, root, leaf = tree.inclusion(index, size), tree.root(size), all_of_them[index]
    assert root_by_inclusion(b"another", index, size, path) != root
    for place in {-1, index - 1, index + 1, size} - {index}:
        assert root_by_inclusion(leaf, place, size, path) != root
    forged = [*path, leaf]
    assert root_by_inclusion(leaf, index, size, forged) != root
    if path:
        assert root_by_inclusion(leaf, index, size, path[:-1]) != root
        forged = [bytes(32), *path[1:]]
        assert root_by_inclusion(leaf, index, size, forged) != root


@given(st.integers(2, 90), st.data())
def test_i15_a_rewritten_beginning_is_never_consistent(size: int, data: st.DataObject) -> None:
    earlier = data.draw(st.integers(1, size - 1))
    place = data.draw(st.integers(0, earlier - 1))
    honest, forged = leaves(size), leaves(size)
    forged[place] = b"never happened"
    printed = Tree(honest).root(earlier)
    rewritten = Tree(forged)
    roots = roots_by_consistency(earlier, size, printed, rewritten.consistency(earlier, size))
    assert roots != (printed, rewritten.root(size))


def test_no_proof_is_found_where_sizes_make_no_sense() -> None:
    tree = Tree(leaves(8))
    root = tree.root(8)
    assert roots_by_consistency(0, 8, root, []) is None
    assert roots_by_consistency(9, 8, root, [root]) is None
    assert roots_by_consistency(8, 8, root, [root]) is None
    assert roots_by_consistency(4, 8, tree.root(4), []) is None
    assert roots_by_consistency(8, 8, root, []) == (root, root)
    assert tree.consistency(0, 8) == []

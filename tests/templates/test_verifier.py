"""The parts of verify.py by themselves, and the one file they become."""

import ast
import hashlib
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.audit.merkle import Tree
from storage.canonical import canonical_json
from storage.people.keys import is_signed as signed_by_ours
from templates.verifier import PARTS, verify_py
from templates.verifier.ed25519 import ORDER, is_signed, is_signed_plainly
from templates.verifier.paper import words_of
from templates.verifier.spelling import canonical, shown
from templates.verifier.tree import root_by_path, root_of, roots_by_proof

RFC_8032 = {
    "TEST 1": (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", b"",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555"
        "fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    "TEST 2": (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", b"\x72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da0"
        "85ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    "TEST 3": (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", b"\xaf\x82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac1"
        "8ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    "TEST SHA(abc)": (
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        hashlib.sha512(b"abc").digest(),
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b5890"
        "9351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
}  # fmt: skip

leaves = st.integers(1, 60).map(lambda n: [hashlib.sha256(b"%d" % i).digest() for i in range(n)])


@pytest.mark.parametrize("vector", RFC_8032)
def test_the_signatures_of_rfc_8032_verify_with_and_without_a_library(vector: str) -> None:
    key, message, mark = RFC_8032[vector]
    for verify in (is_signed, signed_by_ours):
        assert verify(key, mark, message)
    assert is_signed_plainly(bytes.fromhex(key), bytes.fromhex(mark), message)
    assert not is_signed_plainly(bytes.fromhex(key), bytes.fromhex(mark), message + b"!")


@settings(max_examples=25, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=99), st.integers(0, 95 * 8))
def test_plain_python_and_the_library_agree_on_any_changed_bit(
    seed: bytes, message: bytes, place: int
) -> None:
    owner = Ed25519PrivateKey.from_private_bytes(seed)
    sound = owner.public_key().public_bytes_raw() + owner.sign(message)
    assert is_signed_plainly(sound[:32], sound[32:], message)
    forged = bytearray(sound)
    forged[place // 8] ^= 1 << place % 8
    key, mark = bytes(forged[:32]), bytes(forged[32:])
    assert is_signed_plainly(key, mark, message) == signed_by_ours(key.hex(), mark.hex(), message)


def test_a_signature_is_not_taken_in_a_second_spelling() -> None:
    key, message, mark = RFC_8032["TEST 2"]
    s = int.from_bytes(bytes.fromhex(mark)[32:], "little") + ORDER
    other = bytes.fromhex(mark)[:32] + s.to_bytes(32, "little")
    assert not is_signed_plainly(bytes.fromhex(key), other, message)
    assert not is_signed(key, "zz", message) and not is_signed(key[:-2], mark, message)


@given(leaves, st.data())
def test_the_proofs_of_the_log_hold_for_a_stranger(data: list[bytes], draw: st.DataObject) -> None:
    size = len(data)
    tree, index = Tree(data), draw.draw(st.integers(0, size - 1))
    assert root_of(data) == tree.root(size)
    assert root_by_path(data[index], index, size, tree.inclusion(index, size)) == tree.root(size)
    path = tree.consistency(index + 1, size)
    roots = tree.root(index + 1), tree.root(size)
    assert roots_by_proof(index + 1, size, path, roots[0]) == roots


def test_twelve_words_are_those_of_bip_39() -> None:
    words = files("templates.verifier").joinpath("words.txt").read_bytes()
    assert hashlib.sha256(words).hexdigest().startswith("2f5eed53a4727b4bf8880d8f3f199efc90e58503")
    assert words_of("00" * 32) == "abandon " * 11 + "about"
    assert words_of("ff" * 32) == "zoo " * 11 + "wrong"
    assert words_of("7f" * 32) == (
        "legal winner thank year wave sausage worth useful legal winner thank yellow"
    )


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=9,
))  # fmt: skip
def test_both_spell_a_value_in_the_same_way(value: object) -> None:
    assert canonical(value) == canonical_json(value)


def test_what_is_shown_cannot_drive_a_terminal() -> None:
    assert shown("ok\x1b[2J\u202e") == "ok\\u001b[2J\\u202e"


def test_one_file_holds_every_part_once_and_nothing_of_ours_is_imported() -> None:
    module = ast.parse(verify_py())
    defined = Counter(
        name
        for node in module.body
        for name in (
            [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [t.id for t in getattr(node, "targets", []) if isinstance(t, ast.Name)]
        )
    )  # fmt: skip
    assert [name for name, times in defined.items() if times > 1] == []
    parts = {path.name.removesuffix(".py") for path in files("templates.verifier").iterdir()}
    assert set(PARTS) == parts - {"__init__", "__pycache__", "words", "words.txt"}
    assert b"templates" not in verify_py()
    assert max(map(len, verify_py().decode().splitlines())) <= 100


def test_it_says_what_it_wants_and_never_shows_a_traceback(tmp_path: Path) -> None:
    script = tmp_path / "verify.py"
    script.write_bytes(verify_py())
    cases = [(["--help"], 0), ([tmp_path / "none"], 1), (["--checkpoint", "7"], 2), ([], 1)]
    for words, code in cases:
        ran = subprocess.run(
            [sys.executable, "-I", "-S", str(script), *map(str, words)],
            capture_output=True,
            text=True,
        )
        assert ran.returncode == code
        assert "Traceback" not in ran.stderr


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format":"eightbells.handover/1"}',
     b'{"document_number":1,"format":"eightbells.handover/1","signatures":[1]}', b"[" * 99_999,
     b"%PDF-1.4 /Type /EmbeddedFile >>\nstream\nnothingendstream"],
)  # fmt: skip
def test_what_is_no_handover_is_said_to_be_none(tmp_path: Path, data: bytes) -> None:
    script, given = tmp_path / "verify.py", tmp_path / "handover.json"
    script.write_bytes(verify_py())
    given.write_bytes(data)
    ran = subprocess.run(
        [sys.executable, "-I", "-S", script, given], capture_output=True, text=True
    )
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "NOT OK" in ran.stdout

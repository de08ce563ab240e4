"""A signing key opens with its PIN and with nothing else."""

import pytest

from storage.people import keys
from storage.people.keys import (
    PRESENT,
    cost_of,
    is_cheap,
    is_signed,
    new_key,
    public_hex,
    seal,
    unseal,
)
from tests.seals import CHEAP


@pytest.fixture(autouse=True)
def _cheap_seals(monkeypatch: pytest.MonkeyPatch) -> None:
    """These are about the seal itself; people's keys have the real cost."""
    monkeypatch.setattr(keys, "PRESENT", CHEAP)


def test_a_guess_costs_memory_and_time() -> None:
    assert PRESENT.n * PRESENT.r * 128 >= 32 * 2**20
    assert PRESENT.n * PRESENT.r * PRESENT.p >= 3 * 2**18


def test_a_seal_of_an_earlier_version_opens_and_is_known_to_be_cheaper() -> None:
    key = new_key()
    sealed = seal(key, "271828")
    earlier = {part: value for part, value in sealed.items() if part not in ("r", "p")}
    opened = unseal(earlier, "271828")
    assert opened is not None and public_hex(opened) == public_hex(key)
    assert cost_of(earlier) == CHEAP
    assert not is_cheap(sealed)
    assert is_cheap({**sealed, "n": CHEAP.n // 2})


def test_a_pin_opens_the_key_it_sealed_and_no_other_pin_does() -> None:
    key = new_key()
    sealed = seal(key, "271828")
    opened = unseal(sealed, "271828")
    assert opened is not None
    assert public_hex(opened) == public_hex(key)
    for wrong in ("271829", "", "2718281", "271828 ", "٢٧١٨٢٨"):
        assert unseal(sealed, wrong) is None


def test_a_seal_holds_neither_pin_nor_key() -> None:
    key = new_key()
    sealed = seal(key, "271828")
    assert "271828" not in str(sealed)
    assert key.private_bytes_raw().hex() not in str(sealed)


def test_the_same_pin_seals_differently_every_time() -> None:
    key = new_key()
    first, second = seal(key, "271828"), seal(key, "271828")
    assert all(first[part] != second[part] for part in ("salt", "nonce", "box"))


def test_a_changed_seal_does_not_open() -> None:
    sealed = seal(new_key(), "271828")
    for part in ("salt", "nonce", "box"):
        digits = sealed[part]
        changed = ("0" if digits[0] != "0" else "1") + digits[1:]
        assert unseal({**sealed, part: changed}, "271828") is None


def test_a_signature_holds_for_its_words_and_its_key_only() -> None:
    key, other = new_key(), new_key()
    signature = key.sign(b"I accept.").hex()
    assert is_signed(public_hex(key), signature, b"I accept.")
    assert not is_signed(public_hex(key), signature, b"I accept!")
    assert not is_signed(public_hex(other), signature, b"I accept.")
    for nonsense in ("", "zz", signature[:-2], signature + "00"):
        assert not is_signed(public_hex(key), nonsense, b"I accept.")
        assert not is_signed(nonsense, signature, b"I accept.")

"""One value, one spelling."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.canonical import canonical_json

TEXTS = st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_reading_and_spelling_again_gives_the_same_bytes(value: object) -> None:
    spelt = canonical_json(value)
    assert canonical_json(json.loads(spelt)) == spelt


def test_the_order_of_keys_does_not_matter() -> None:
    assert canonical_json({"b": 1, "a": 2}) == canonical_json({"a": 2, "b": 1}) == b'{"a":2,"b":1}'


@pytest.mark.parametrize("value", [1.5, [0.0], {"deep": {"er": (1, 2.5)}}])
def test_a_floating_point_number_is_never_signed(value: object) -> None:
    with pytest.raises(ValueError, match="floating-point"):
        canonical_json(value)

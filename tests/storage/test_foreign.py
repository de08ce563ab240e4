"""JSON and TOML from elsewhere: what cannot be kept or shown again is said, never met later."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.canonical import canonical_json
from storage.foreign import DEEPEST, read_json, read_toml

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=9,
)


def nested(levels: int) -> str:
    return "[" * levels + "]" * levels


@given(VALUES)
def test_what_json_can_say_is_read_as_it_was_said(value: object) -> None:
    assert read_json(json.dumps(value)) == value


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is not JSON: Expecting value"),
        ('{"a": 1} b', "is not JSON: Extra data"),
        ('{"a": 1, "b": 2, "a": 3}', "says 'a' twice in one object"),
        ('[{"deep": {"b": 1, "b": 1}}]', "says 'b' twice in one object"),
        ("9" * 10_000, "holds a number of more than 300 digits"),
        ("[1e999]", "holds 1e999, too large for a number"),
        ("[NaN]", "holds NaN, which is no number of JSON"),
        ('{"a": -Infinity}', "holds -Infinity, which is no number of JSON"),
        ('["\\ud800"]', "holds half a character (a lone surrogate)"),
        ('{"\\udfff": 1}', "holds half a character (a lone surrogate)"),
        pytest.param(nested(DEEPEST + 1), "is nested deeper than 64 levels", id="one too deep"),
        pytest.param(nested(100_000), "is nested deeper than 64 levels", id="far too deep"),
        pytest.param("[" * 100_000, "is nested deeper than 64 levels", id="without an end"),
    ],
)
def test_what_cannot_be_kept_is_said_before_it_is(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        read_json(text)
    assert str(refused.value) == problem


def test_what_is_read_can_be_written_again() -> None:
    assert canonical_json(read_json(nested(DEEPEST))).decode() == nested(DEEPEST)


@given(st.text())
def test_no_text_whatever_is_a_crash(text: str) -> None:
    for read in (read_json, read_toml):
        try:
            read(text)
        except ValueError as error:
            assert str(error)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a = ", "Invalid value (at end of document)"),
        pytest.param("a = " + nested(5_000), "it is nested deeper than 64 levels", id="nested"),
        pytest.param("a = " + "9" * 10_000, "it holds a number with too many digits", id="digits"),
        ("a = 2026-02-30T25:00:00Z", "Invalid date or datetime (at line 1, column 5)"),
    ],
)
def test_toml_that_cannot_be_read_is_a_sentence(text: str, problem: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        read_toml(text)
    assert str(refused.value) == problem


def test_the_mark_an_editor_puts_before_a_text_is_no_part_of_it() -> None:
    assert read_toml("\ufeffa = 1\n") == {"a": 1}

"""The filter language, as it is read while it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import BadInput
from storage.filtering import (
    Both,
    Either,
    Expression,
    Not,
    Term,
    Word,
    fields_of,
    in_words,
    parse,
    words_of,
)
from tests.filters import EXPRESSIONS, written


def word(text: str) -> Word:
    """A bare word."""
    return Word(text=text)


def term(field: str, *values: str) -> Term:
    """`field:value,value`."""
    return Term(field=field, operator=":", values=values)


READ: dict[str, Expression | None] = {
    "": None,
    "   ": None,
    "pump": word("pump"),
    "fire pump": Both(left=word("fire"), right=word("pump")),
    "fire and pump": Both(left=word("fire"), right=word("pump")),
    "fire OR pump": Either(left=word("fire"), right=word("pump")),
    '"fire pump"': word("fire pump"),
    "status:failed": term("status", "failed"),
    "Status=failed": term("status", "failed"),
    "status:failed,cancelled": term("status", "failed", "cancelled"),
    'error:"disk full"': term("error", "disk full"),
    'error:"a, b",c': term("error", "a, b", "c"),
    "priority>=3": Term(field="priority", operator=">=", values=("3",)),
    "kind!=debug": Term(field="kind", operator="!=", values=("debug",)),
    "not kind:debug": Not(of=term("kind", "debug")),
    "-kind:debug": Not(of=term("kind", "debug")),
    "- pump": Both(left=word("-"), right=word("pump")),
    "not not pump": Not(of=Not(of=word("pump"))),
    "a b or c": Either(left=Both(left=word("a"), right=word("b")), right=word("c")),
    "a (b or c)": Both(left=word("a"), right=Either(left=word("b"), right=word("c"))),
    "not (a or b)": Not(of=Either(left=word("a"), right=word("b"))),
    "(a or b)c": Both(left=Either(left=word("a"), right=word("b")), right=word("c")),
    "oregon": word("oregon"),
    "android nothing": Both(left=word("android"), right=word("nothing")),
    "04:00": word("04:00"),
    "M/E": word("M/E"),
}
"""What is typed, and what it asks for."""

UNFINISHED: dict[str, Expression | None] = {
    '"fire pu': word("fire pu"),
    "(fire": word("fire"),
    "fire and": word("fire"),
    "fire or ": word("fire"),
    "or fire": word("fire"),
    "not": None,
    "status:": None,
    "status: pump": word("pump"),
    "status:failed,": term("status", "failed"),
    'status:"': None,
    "()": None,
}
"""What is being typed, and what it asks for meanwhile."""


@pytest.mark.parametrize("text", READ)
def test_a_filter_reads_as_it_is_written(text: str) -> None:
    assert parse(text) == READ[text]


@pytest.mark.parametrize("text", UNFINISHED)
def test_what_is_not_finished_yet_asks_for_nothing(text: str) -> None:
    assert parse(text) == UNFINISHED[text]


def test_a_bracket_that_was_never_opened_is_said() -> None:
    with pytest.raises(BadInput, match="never opened"):
        parse("fire) pump")


def test_a_filter_with_endless_parts_is_refused() -> None:
    for text in ("a " * 60, "(" * 60, "-" * 60 + "a", "not " * 60 + "a"):
        with pytest.raises(BadInput, match="at most 50 parts"):
            parse(text)


def test_a_filter_of_a_whole_page_is_refused() -> None:
    with pytest.raises(BadInput, match="1,000 characters"):
        parse("pump" * 1000)


def test_the_words_that_must_occur_are_found_through_and_and_or() -> None:
    expression = parse('fire "port pump" status:open or (bilge -valve)')
    assert words_of(expression) == ("fire", "port pump", "bilge")


@given(st.text(alphabet='ab:=<>!-,()" ornt\x1b\u202e', max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_a_sentence(text: str) -> None:
    try:
        parse(text)
    except BadInput as refusal:
        assert str(refusal).endswith(".")


@given(EXPRESSIONS)
def test_a_filter_that_is_written_down_reads_as_what_it_was(expression: Expression) -> None:
    assert parse(written(expression)) == expression


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pump", "“pump”"),
        (
            "status:failed,cancelled -kind:debug",
            "status is failed or cancelled, and not kind is debug",
        ),
        ("kind!=debug priority>=3", "kind is not debug, and priority from 3"),
        ("(a or b) c", "(“a”, or “b”), and “c”"),
        ("a b or c", "(“a”, and “b”), or “c”"),
        ("not (a or b)", "not (“a”, or “b”)"),
    ],
)
def test_a_filter_is_said_in_words(text: str, said: str) -> None:
    found = parse(text)
    assert found is not None
    assert in_words(found) == said


def test_the_fields_of_a_filter_are_known_and_a_word_is_one_without_a_name() -> None:
    found = parse("status:failed or not (kind:debug pump)")
    assert found is not None
    assert fields_of(found) == {"status", "kind", ""}

"""Import files: a broken line is a numbered complaint, never a crash."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.evidence.lines import bad_lines, parse_lines, read_lines


def problems(data: bytes, *, is_csv: bool = False) -> dict[int, str]:
    return {line.number: line.problem for line in parse_lines(data, is_csv=is_csv) if line.problem}


def test_lines_are_numbered_as_an_editor_shows_them() -> None:
    lines = parse_lines(b'\xef\xbb\xbf{"text": "a"}\n\n  \n{"text": "b"}\r\n', is_csv=False)
    assert [(line.number, line.values) for line in lines] == [
        (1, {"text": "a"}),
        (4, {"text": "b"}),
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (b'{"text": "cut off', "the line is not JSON: Unterminated string starting at"),
        (b"Bilge pump leaks", "the line is not JSON: Expecting value"),
        (b'["a", "list"]', "the line is JSON, but not an object"),
        (b"null", "the line is JSON, but not an object"),
        (b'{"text": "\xe9"}', "the line is not UTF-8 text"),
        (b'{"text": "\\ud83d"}', "the line holds half a character (a lone surrogate)"),
        (b'{"\\ud83d": "text"}', "the line holds half a character (a lone surrogate)"),
        pytest.param(b"[" * 100_000, "the line is nested deeper than 64 levels", id="nested"),
    ],
)
def test_a_broken_line_says_what_is_wrong_with_it(line: bytes, problem: str) -> None:
    assert problems(b'{"text": "fine"}\n' + line + b'\n{"text": "fine too"}') == {2: problem}


def test_csv_has_the_same_columns_and_its_empty_cells_are_absent() -> None:
    data = "text,at,event_ids,document_ids\r\nLeak – port,,EV-1|EV-2| ,\r\n".encode()
    assert parse_lines(data, is_csv=True)[0].values == {
        "text": "Leak – port",
        "event_ids": ["EV-1", "EV-2"],
    }


def test_a_csv_cell_may_hold_a_new_line_and_numbers_go_on_after_it() -> None:
    lines = parse_lines(b'text\n"two\nlines"\nplain\n', is_csv=True)
    assert [(line.number, line.values) for line in lines] == [
        (3, {"text": "two\nlines"}),
        (4, {"text": "plain"}),
    ]


def test_broken_csv_lines_are_numbered_too() -> None:
    assert problems(b"text,at\nfine,\na,b,c\n\xff\xfe,\nfine,\n", is_csv=True) == {
        3: "the line has more cells than the header",
        4: "the line is not UTF-8 text",
    }


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"text\n"])
def test_a_file_without_lines_has_none(data: bytes) -> None:
    assert parse_lines(data, is_csv=True) == []


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=300), st.booleans())
def test_no_bytes_whatever_are_a_crash(data: bytes, is_csv: bool) -> None:
    for line in parse_lines(data, is_csv=is_csv):
        assert (line.values is None) == bool(line.problem)


def test_the_refusal_of_a_file_names_its_first_bad_line() -> None:
    lines = parse_lines(b'{"a": 1}\nbroken\n{"a": 2}\nbroken too', is_csv=False)
    good, rejected = read_lines(lines, lambda values: values["a"])
    assert good == [1, 2]
    refusal = bad_lines(rejected, len(lines))
    assert str(refusal) == (
        "2 of 4 lines cannot be used, the first is line 2: The line is not JSON: Expecting value."
    )
    assert [line["line"] for line in refusal.facts["rejected"]] == [2, 4]

"""Words in cells."""

from hypothesis import given
from hypothesis import strategies as st

from console.widgets.handover.words import cells, cut, one_line, wrapped


def test_lines_break_between_words() -> None:
    assert wrapped("the port bilge pump", 9) == ["the port", "bilge", "pump"]


def test_a_word_longer_than_the_line_is_broken() -> None:
    assert wrapped("ab abcdefgh", 4) == ["ab", "abcd", "efgh"]


def test_line_ends_are_kept_and_nothing_is_one_empty_line() -> None:
    assert wrapped("a\n\nb", 9) == ["a", "", "b"]
    assert wrapped("", 9) == [""]


def test_a_wide_character_counts_two() -> None:
    assert wrapped("水水水", 4) == ["水水", "水"]
    assert cut("水水水", 5) == "水水…"


def test_one_line_shows_control_characters_and_never_breaks() -> None:
    assert one_line("a\nb\x1b", 40) == "a b<U+001B>"


@given(st.text(st.characters(exclude_categories=["C", "M"]), max_size=80), st.integers(2, 30))
def test_no_line_is_wider_than_asked_and_no_letter_is_lost(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())

"""I17: text from people or files is shown, never obeyed."""

import sys
import unicodedata

import pytest

from storage.text import visible

SHOWN_AS_NOTATION = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_every_character_that_acts_or_hides_is_written_out() -> None:
    unseen = [
        chr(code)
        for code in range(sys.maxunicode + 1)
        if unicodedata.category(chr(code)) in SHOWN_AS_NOTATION and chr(code) != "\n"
    ]
    assert len(unseen) > 2_000
    for character in unseen:
        assert visible(character) == f"<U+{ord(character):04X}>"


@pytest.mark.parametrize("text", ["", "Pump 3 – 80 °C → 4 bar", "Насос №2 é ñ 日本 ⚓", "a\nb"])
def test_ordinary_text_of_any_language_is_left_alone(text: str) -> None:
    assert visible(text) == text


def test_a_terminal_escape_and_a_direction_override_are_seen() -> None:
    assert visible("\x1b[2J") == "<U+001B>[2J"
    assert visible("invoice\u202efdp.exe") == "invoice<U+202E>fdp.exe"


def test_line_endings_of_other_systems_become_newlines_and_a_lone_return_is_seen() -> None:
    assert visible("a\r\nb\rc") == "a\nb<U+000D>c"


def test_showing_twice_changes_nothing_more() -> None:
    once = visible("\x00\u200b x")
    assert visible(once) == once

"""Which words of nearly equal texts differ."""

from hypothesis import given
from hypothesis import strategies as st

from console.widgets.handover.differences import differences, side_by_side


def marked(*texts: str) -> list[str]:
    """The texts with what differs in brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.differs else piece.text for piece in pieces)
        for pieces in differences(texts)
    ]


def test_a_differing_number_is_marked_in_both_texts() -> None:
    assert marked("Bilge pump No 2 trips", "bilge pump No 3 trips") == [
        "Bilge pump No [2] trips",
        "bilge pump No [3] trips",
    ]


def test_port_and_starboard_are_marked() -> None:
    assert marked("Port windlass worn", "Starboard windlass worn")[0] == "[Port] windlass worn"


def test_case_and_spacing_never_differ() -> None:
    assert marked("Two  words", "two words") == ["Two  words", "two words"]


def test_a_decimal_is_one_word() -> None:
    assert marked("at 3.5 bar", "at 3.7 bar")[0] == "at [3.5] bar"


def test_of_three_texts_a_word_is_marked_unless_all_have_it() -> None:
    assert marked("a b c", "a c", "a b")[0] == "a [b] [c]"


def test_nothing_shown_can_be_markup_or_drive_the_terminal() -> None:
    """I17."""
    shown = side_by_side(["[red]x[/] \x1b[0m", "[red]y[/] \x1b[0m"])
    assert shown[0].plain == "[red]x[/] <U+001B>[0m"


@given(st.lists(st.text(max_size=40), min_size=2, max_size=3))
def test_no_character_is_ever_lost(texts: list[str]) -> None:
    joined = ["".join(piece.text for piece in pieces) for pieces in differences(texts)]
    assert joined == texts

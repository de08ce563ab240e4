"""I12: a read-back is in the relief's own words, and says something of the item."""

import pytest

from storage.handovers.read_backs import why_not_read_back

LEAK = "Port bilge pump leaks at the shaft seal."
FIRE = (
    "Emergency fire pump makes only 5.1 bar, 6.0 bar required; class informed, spare impeller "
    "ordered."
)


@pytest.mark.parametrize(
    "said",
    ["seal weeps", "port bilge pump weeps", "pump out", "the port pp leaks", "Bilge pumps: leaking",
     "bilge pump P/S, port one bad"],
)  # fmt: skip
def test_own_words_that_name_what_it_is_about_are_enough(said: str) -> None:
    assert why_not_read_back(said, LEAK) is None


@pytest.mark.parametrize(
    "said", [".", "ok", "yes, understood", "banana split", "Item 2.1 noted.", "12345", "…"]
)
def test_words_that_say_nothing_of_it_do_not_count(said: str) -> None:
    assert why_not_read_back(said, LEAK) == "not read back: name what it is about"


@pytest.mark.parametrize("said", ["", "  \n "])
def test_nothing_said_is_nothing_read_back(said: str) -> None:
    assert why_not_read_back(said, LEAK) == "not read back"


def test_one_word_does_not_say_how_it_is() -> None:
    assert why_not_read_back("pump", LEAK) == "not read back: one word does not say how it is"
    assert why_not_read_back("Adrift!", "Adrift.") is None


@pytest.mark.parametrize("said", [FIRE, FIRE.upper(), f"  {FIRE} ok"])
def test_a_long_item_is_not_pasted_back(said: str) -> None:
    assert why_not_read_back(said, FIRE) == (
        "not read back: these are its own words, say them in yours"
    )


def test_a_short_order_is_repeated_as_it_is_at_sea() -> None:
    assert why_not_read_back("Steer no course below 180", "Steer no course below 180") is None


def test_quoting_it_and_adding_ones_own_words_is_reading_back() -> None:
    assert why_not_read_back(f"{FIRE} I check the pressure at six", FIRE) is None


def test_an_item_of_nothing_but_signs_takes_any_words() -> None:
    assert why_not_read_back("seen, it makes no sense to me", "?!") is None

"""Which PINs will do."""

import pytest

from storage.errors import BadInput
from storage.people.first_guesses import COMMON
from storage.people.pins import check_pin_policy, weakness_of


@pytest.mark.parametrize("pin", ["", "12345", "abcdef", "12345a", "٢٧١٨٢٨", "1 2345", "9" * 65])
def test_a_pin_is_six_digits_or_more_and_nothing_else(pin: str) -> None:
    with pytest.raises(BadInput, match="at least 6 digits"):
        check_pin_policy(pin)


@pytest.mark.parametrize(
    ("pin", "why"),
    [
        ("111111", "repeats itself"),
        ("121212", "repeats itself"),
        ("482482", "repeats itself"),
        ("123456", "counts up or down"),
        ("654321", "counts up or down"),
        ("567890", "counts up or down"),
        ("8901234", "counts up or down"),
        ("270984", "is a date"),
        ("092784", "is a date"),
        ("840927", "is a date"),
        ("27091984", "is a date"),
        ("19840927", "is a date"),
        ("198409", "is a date"),
        ("290200", "is a date"),
        ("147258", "is a pattern that many choose"),
        ("159753", "is a pattern that many choose"),
        ("112233", "is a pattern that many choose"),
    ],
)
def test_a_pin_that_is_guessed_first_is_refused_without_repeating_it(pin: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refusal:
        check_pin_policy(pin)
    assert pin not in str(refusal.value)


@pytest.mark.parametrize("pin", ["271828", "602214", "999998", "310284", "300284", "73915284"])
def test_other_pins_will_do_even_what_is_nearly_a_date(pin: str) -> None:
    check_pin_policy(pin)


def test_nobody_takes_the_keys_of_their_own_name_or_a_number_in_it() -> None:
    assert weakness_of("546378", "Mara Lindqvist") == "is in the name"
    assert weakness_of("546378", "Priya Nair") == ""
    assert weakness_of("482913", "Deckhand 482913") == "is in the name"


def test_the_list_of_patterns_has_nothing_that_could_not_be_a_pin() -> None:
    for pin in COMMON:
        assert len(pin) >= 6 and pin.isdigit()


def test_nine_pins_in_ten_will_do() -> None:
    sampled = [f"{number:06d}" for number in range(0, 1_000_000, 97)]
    refused = sum(bool(weakness_of(pin)) for pin in sampled)
    assert 0.05 < refused / len(sampled) < 0.1

"""Which PINs will do: six digits or more, and not one that is guessed first (pure)."""

from datetime import date

from storage.errors import BadInput
from storage.people.first_guesses import COMMON

MIN_DIGITS = 6
MAX_DIGITS = 64
DATES = ("DDMMYY", "MMDDYY", "YYMMDD", "DDMMYYYY", "MMDDYYYY", "YYYYMMDD", "YYYYMM", "MMYYYY")
"""How a birthday, a launching or a wedding is written in digits."""
FIRST_YEAR, LAST_YEAR = 1900, 2099
_LETTERS = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999", strict=True))
_UP = "01234567890123456789"


def check_pin_policy(pin: str, name: str = "") -> None:
    """Six digits or more that nobody would try first for the person of this `name`.

    Raises:
        BadInput: why this PIN will not do. The PIN itself is never repeated.
    """
    if not (pin.isascii() and pin.isdigit() and MIN_DIGITS <= len(pin) <= MAX_DIGITS):
        raise BadInput(why=f"A PIN is at least {MIN_DIGITS} digits and nothing else.")
    weakness = weakness_of(pin, name)
    if weakness:
        raise BadInput(
            why=f"That PIN is among the first anyone would try: it {weakness}. Choose another."
        )


def weakness_of(pin: str, name: str = "") -> str:
    """Why anybody would try these digits first, as the end of "it …"; empty when they are fine."""
    weaknesses = {
        "repeats itself": _repeats(pin),
        "counts up or down": pin in _UP or pin in _UP[::-1],
        "is a pattern that many choose": pin in COMMON,
        "is a date": _is_a_date(pin),
        "is in the name": _is_in_the_name(pin, name),
    }
    return next((words for words, holds in weaknesses.items() if holds), "")


def _repeats(pin: str) -> bool:
    return any(pin == pin[:n] * (len(pin) // n) for n in range(1, len(pin) // 2 + 1))


def _is_a_date(pin: str) -> bool:
    return any(_reads_as(pin, form) for form in DATES if len(form) == len(pin))


def _reads_as(pin: str, form: str) -> bool:
    digits = {
        part: "".join(d for d, f in zip(pin, form, strict=True) if f == part) for part in form
    }
    year = int(digits["Y"]) if len(digits["Y"]) == 4 else 2000 + int(digits["Y"])
    try:
        date(year, int(digits["M"]), int(digits.get("D", "1")))
    except ValueError:
        return False
    return FIRST_YEAR <= year <= LAST_YEAR


def _is_in_the_name(pin: str, name: str) -> bool:
    """Its letters on a telephone's keys, or digits written in it (a crew number, say)."""
    keyed = "".join(_LETTERS.get(letter, letter) for letter in name.casefold() if letter.isalnum())
    return pin in keyed

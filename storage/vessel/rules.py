"""What an IMO number, a watch bill and a list of equipment must look like (pure)."""

import re

from storage.errors import BadInput
from storage.taxonomy.equipment import equipment_names
from storage.value import Value

_CLOCK_TIME = re.compile(r"([01]\d|2[0-3])[0-5]\d")


class Watch(Value):
    """One watch of the bill, in ship's time as HHMM; `end` 2400 is spelt 0000."""

    start: str
    end: str

    def __str__(self) -> str:
        return f"{self.start}–{self.end if self.end != '0000' else '2400'}"


FOUR_ON_EIGHT_OFF = tuple(
    Watch(start=f"{hour:02d}00", end=f"{(hour + 4) % 24:02d}00") for hour in range(0, 24, 4)
)


def check_imo(imo: str | None) -> str | None:
    """Seven digits, without the letters IMO, or None for a vessel that has none.

    Raises:
        BadInput: not seven digits.
    """
    if imo is None:
        return None
    digits = imo.upper().removeprefix("IMO").strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) == 7):
        raise BadInput(why=f"An IMO number is seven digits, not {imo!r}.")
    return digits


def check_watch_bill(watches: tuple[Watch, ...]) -> None:
    """Every watch starts when the one before ends, and they go once round the clock.

    Raises:
        BadInput: a gap, an overlap, or a time that is not HHMM.
    """
    times = [time for watch in watches for time in (watch.start, watch.end)]
    if not watches or not all(_CLOCK_TIME.fullmatch(time) for time in times):
        raise BadInput(why="A watch bill is a list of watches like 0000-0400.")
    following = [*watches[1:], watches[0]]
    gap = next((a for a, b in zip(watches, following, strict=True) if a.end != b.start), None)
    if gap or sum(_minutes(watch) for watch in watches) != 24 * 60:
        raise BadInput(why="The watches must follow one another once round the clock.")


def read_equipment(data: bytes) -> dict[str, str]:
    """The ship's own names in a TOML file, each with its domain (`storage/taxonomy/equipment.py`).

    Raises:
        BadInput: in one sentence what cannot be used, and in which line.
    """
    try:
        return equipment_names(data.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problem = f"it is not UTF-8 text (at line {line})"
    except ValueError as error:
        problem = str(error)
    raise BadInput(why=f"The list of equipment cannot be used: {problem}.")


def watch_at(watches: tuple[Watch, ...], hhmm: str) -> Watch:
    """The watch a ship's time (HHMM) falls into."""
    for watch in watches:
        start, end = watch.start, watch.end
        if (start <= hhmm < end) if start < end else (hhmm >= start or hhmm < end):
            return watch
    return watches[0]


def _minutes(watch: Watch) -> int:
    start, end = (int(t[:2]) * 60 + int(t[2:]) for t in (watch.start, watch.end))
    return (end - start) % (24 * 60) or 24 * 60

"""When a kind of job starts without a person asking (pure): what the registry says of each kind.

Three of the five follow the clock; `storage/schedules` keeps those.
"""

import re
from dataclasses import dataclass

_CLOCK_TIME = re.compile(r"([01]\d|2[0-3])[0-5]\d")
_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"))


@dataclass(frozen=True, slots=True)
class Manual:
    """Only when a person or another job asks."""

    def __str__(self) -> str:
        return "manual"


@dataclass(frozen=True, slots=True)
class OnSigning:
    """When a handover is signed; the verb that signs submits it."""

    def __str__(self) -> str:
        return "on_signing"


@dataclass(frozen=True, slots=True)
class EndOfWatch:
    """Whenever a watch of the vessel's bill ends, in ship's time."""

    def __str__(self) -> str:
        return "end_of_watch"


@dataclass(frozen=True, slots=True)
class Every:
    """At every multiple of so many seconds since 1970 UTC, so that all pools mean the same ones.

    `when_waiting`: only when there is work of its kind by then; else nothing starts, is missed or
    is written.

    Raises:
        ValueError: less than a second.
    """

    seconds: int
    when_waiting: bool = False

    def __post_init__(self) -> None:
        if self.seconds < 1:
            raise ValueError(f"every {self.seconds} s is no interval")

    def __str__(self) -> str:
        size, unit = next((u for u in _UNITS if self.seconds % u[0] == 0), (1, "s"))
        rhythm = f"every {self.seconds // size} {unit}"
        return f"{rhythm} when work waits" if self.when_waiting else rhythm


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day when the ship's clock shows this time (HHMM).

    Raises:
        ValueError: not a time of the clock.
    """

    at: str

    def __post_init__(self) -> None:
        if not _CLOCK_TIME.fullmatch(self.at):
            raise ValueError(f"{self.at!r} is not a time of the clock like 0300")

    def __str__(self) -> str:
        return f"daily {self.at}"


Clocked = Every | Daily | EndOfWatch
Schedule = Manual | OnSigning | Clocked

MANUAL = Manual()

"""Time: UTC for the record, ship's time beside it, monotonic for durations.

A clock is passed to the store when it is opened, so a test brings its own and patches nothing.
No decision about liveness uses the wall clock: clocks step on ships (RELIABILITY §1.9).
"""

import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

EARLIEST, LATEST = datetime(1900, 1, 1, tzinfo=UTC), datetime(3000, 1, 1, tzinfo=UTC)
LONGEST_TIME = 64


class Clock(Protocol):
    """What the store asks of a clock."""

    def utcnow(self) -> datetime:
        """The time now, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Seconds that only go forward; the zero means nothing."""
        ...

    def boot(self) -> str:
        """What tells one run of `monotonic` from the next, or nothing where that is not known."""
        ...


class SystemClock:
    """The machine's own clock."""

    def utcnow(self) -> datetime:
        """The machine's time in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """The machine's monotonic seconds."""
        return time.monotonic()

    def boot(self) -> str:
        """This boot of the machine; empty where it is not told."""
        return boot_id()


SYSTEM_CLOCK = SystemClock()


def boot_id() -> str:
    """What tells this boot of the machine from the one before; empty where it is not told."""
    path = Path("/proc/sys/kernel/random/boot_id")
    return path.read_text().strip() if path.exists() else ""


def to_text(moment: datetime) -> str:
    """ISO 8601 UTC with six decimals and `Z`: sorts as text the way it sorts as time."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def from_text(text: str) -> datetime:
    """The aware UTC time a text names.

    Raises:
        ValueError: not ISO 8601, or without an offset (a time nobody can place is not kept).
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} has no offset; write 2026-03-01T03:52:00Z or +02:00")
    return moment.astimezone(UTC)


def given_time(text: str) -> datetime:
    """A time that somebody wrote: one that every ship's clock can show.

    Raises:
        ValueError: as `from_text`, or further away than any record of a ship.
    """
    if len(text) > LONGEST_TIME:
        raise ValueError("it is longer than a time can be")
    try:
        moment = from_text(text)
    except OverflowError:
        raise ValueError(f"{text!r} is not between {EARLIEST:%Y} and {LATEST:%Y}") from None
    if not EARLIEST <= moment < LATEST:
        raise ValueError(f"{text!r} is not between {EARLIEST:%Y} and {LATEST:%Y}")
    return moment


def offset_words(minutes: int) -> str:
    """`UTC+2`, `UTC-3:30`, `UTC`: an offset as it is printed beside every ship's time."""
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '-'}{hours}{f':{rest:02d}' if rest else ''}"


def parse_offset(text: str) -> int:
    """Minutes east of UTC from `+02:00`, `-3:30` or `Z`.

    Raises:
        ValueError: not an offset, or further than 14 h from UTC (no ship's time is).
    """
    if text.upper() in {"Z", "UTC"}:
        return 0
    sign = {"+": 1, "-": -1}.get(text[:1])
    hours, _, minutes = text[1:].partition(":")
    if sign is None or not hours.isdigit() or not (minutes or "0").isdigit():
        raise ValueError(f"{text!r} is not an offset like +02:00")
    total = sign * (int(hours) * 60 + int(minutes or 0))
    if abs(total) > 14 * 60 or int(minutes or 0) > 59:
        raise ValueError(f"{text!r} is not an offset any ship keeps")
    return total


def ships_time(moment: datetime, offset_minutes: int) -> datetime:
    """The same moment on a ship's clock `offset_minutes` east of UTC."""
    return moment.astimezone(timezone(timedelta(minutes=offset_minutes)))


def both_times(moment: datetime, offset_minutes: int, *, clock: str = "%H:%M") -> str:
    """`2026-03-01 03:52 LT (UTC+2) · 01:52 UTC`: how a time is always printed (CONSOLE rule 10).

    `clock`: how the time of day is written, where minutes are too coarse.
    """
    local = ships_time(moment, offset_minutes)
    utc = moment.astimezone(UTC)
    utc_text = f"{utc:{clock}}" if utc.date() == local.date() else f"{utc:%Y-%m-%d {clock}}"
    return f"{local:%Y-%m-%d {clock}} LT ({offset_words(offset_minutes)}) · {utc_text} UTC"


def age_words(seconds: float) -> str:
    """`just now`, `3 min ago`, `12 days ago`, `in 4 min`: an age beside an exact time."""
    if seconds <= -60:
        return f"in {span_words(-seconds)}"
    if seconds < 60:
        return "just now"
    if seconds < 3600:
        return f"{int(seconds // 60)} min ago"
    if seconds < 2 * 86400:
        return f"{int(seconds // 3600)} h ago"
    return f"{int(seconds // 86400)} days ago"


def span_words(seconds: float) -> str:
    """`40 s`, `4 min`, `5 h`, `12 days`: how long something takes, rounded down."""
    for unit, length in (("days", 2 * 86400), ("h", 3600), ("min", 60)):
        if seconds >= length:
            return f"{int(seconds // min(length, 86400))} {unit}"
    return f"{int(max(0, seconds))} s"

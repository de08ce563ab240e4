"""How long a wrong PIN makes one wait, and how waiting is measured (pure).

Clocks step on ships, so a wait is counted in the machine's own seconds while it is the same boot.
After another boot there are two witnesses, the clock and the time since that boot, and the one
that says more is believed: only a clock put forward across a restart can shorten a wait.
"""

import math
from datetime import datetime

from storage.clock import Clock, span_words
from storage.value import Value

MAX_PIN_FAILURES = 10
DELAYS_S = (0, 0, 0, 5, 15, 30, 60, 120, 300, 900)
"""The wait after so many wrong PINs in a row; after `MAX_PIN_FAILURES` there is no further try."""
STRANDED_DELAY_S = 24 * 3600
"""The wait of a locked-out person whom nobody aboard could give a new PIN."""


class Mark(Value):
    """A moment that waiting is counted from."""

    at: datetime
    boot: str
    uptime_ms: int


def mark(at: datetime, clock: Clock) -> Mark:
    """This moment; `at` is what the record calls it."""
    return Mark(at=at, boot=clock.boot(), uptime_ms=int(clock.monotonic() * 1000))


def seconds_since(since: Mark, now: Mark) -> float:
    """Seconds that have gone by, after a restart as far as anybody can tell; never below 0."""
    by_machine = (now.uptime_ms - since.uptime_ms) / 1000
    if since.boot and since.boot == now.boot:
        return max(0.0, by_machine)
    since_boot = now.uptime_ms / 1000 if now.boot else 0.0
    return max(0.0, since_boot, (now.at - since.at).total_seconds())


def wait_s(failures: int, last: Mark | None, now: Mark, *, stranded: bool) -> float | None:
    """Seconds until the next PIN is tried: 0 for at once, None for never.

    `stranded` says that nobody aboard could reset this PIN: then being locked out is a long wait.
    """
    if failures < MAX_PIN_FAILURES:
        delay = DELAYS_S[failures]
    elif stranded:
        delay = STRANDED_DELAY_S
    else:
        return None
    gone = seconds_since(last, now) if last else 0.0
    return max(0.0, delay - gone) if delay else 0.0


def wait_words(seconds: float) -> str:
    """`30 s`, `5 min`, `24 h`: a wait, never said shorter than it is."""
    unit = next((unit for unit in (3600, 60) if seconds > unit), 1)
    return span_words(math.ceil(seconds / unit) * unit)

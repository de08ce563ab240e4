"""Waiting on conditions instead of on the clock."""

import time
from collections.abc import Callable

PATIENCE_S = 60.0
LOOK_EVERY_S = 0.03
"""Looking is a query, mostly, and what is waited for wants the processor too."""


def wait_until(condition: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Return as soon as `condition` holds; fail the test when it never does."""
    deadline = time.monotonic() + patience_s
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(LOOK_EVERY_S)

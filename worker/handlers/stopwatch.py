"""How long each stage of a run took."""

import time


class Stopwatch:
    """Stages in milliseconds; calling a stage ends the one before. Calls of one stage add up."""

    def __init__(self) -> None:
        self._begun = self._since = time.monotonic()
        self._stage = ""
        self._seconds: dict[str, float] = {}

    def stage(self, name: str) -> None:
        """The stage that begins now; an empty name ends the last."""
        now = time.monotonic()
        if self._stage:
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = name, now

    @property
    def stages_ms(self) -> dict[str, int]:
        """Every ended stage, in order of first mention."""
        return {name: round(seconds * 1000) for name, seconds in self._seconds.items()}

    def total_ms(self) -> int:
        """Milliseconds since the start."""
        return round((time.monotonic() - self._begun) * 1000)

"""A clock for tests, which patch nothing."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
"""What the controllable clock shows first."""


class ShipClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at
        self.seconds = 0.0
        self.run = "first"

    def utcnow(self) -> datetime:
        """The time it was set to."""
        return self.at

    def monotonic(self) -> float:
        """The seconds that have passed, whatever was done to the wall clock."""
        return self.seconds

    def boot(self) -> str:
        """Which run of the machine this is; a test names another one."""
        return self.run

    def advance(self, **span: float) -> datetime:
        """Let time pass (`hours=4`); returns the new time."""
        self.seconds += timedelta(**span).total_seconds()
        return self.step(**span)

    def step(self, **span: float) -> datetime:
        """Put the wall clock forward or back, as a ship's machine does, without time passing."""
        self.at += timedelta(**span)
        return self.at

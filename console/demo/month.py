"""A month of watches as data: what is said on which day, and what goes wrong (pure).

`month.json` is written so that every rule of the insights has one reason to speak, on one day.
"""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from storage.value import Value

MOST_DAYS = 90
ROUTINE_A_HANDOVER = 3
"""Lines of routine in each handover."""


class Fault(Value):
    """The same fault, recorded again on each of these days."""

    text: str
    days: tuple[int, ...]


class Retried(Value):
    """Days on which some jobs fail the first time, and how many of how many."""

    days: tuple[int, ...]
    jobs: int
    failing: int


class Month(Value):
    """The plan; days count from 1, hours are UTC. Beyond its last event a month goes on quietly.

    `open_matters` are raised one a day from `open_from_day` on; the first `resolved` of them are
    resolved, five days after they were raised.
    """

    handovers_at: tuple[int, ...]
    routine: tuple[str, ...]
    edited_until_day: int
    nobody_signs_on: tuple[int, ...]
    fault: Fault
    open_matters: tuple[str, ...]
    open_from_day: int
    resolved: int
    retried: Retried

    def said(self, day: int, hour: int) -> list[str]:
        """What is captured before the handover of this hour."""
        first = hour == self.handovers_at[0]
        start = (2 * day + (not first)) * ROUTINE_A_HANDOVER
        lines = [self.routine[(start + n) % len(self.routine)] for n in range(ROUTINE_A_HANDOVER)]
        if first and day in self.fault.days:
            lines.append(self.fault.text)
        if first and (matter := self.matter_of(day)):
            lines.append(matter)
        return lines

    def matter_of(self, day: int) -> str:
        """The open matter that is raised on a day; empty when there is none."""
        return _at(self.open_matters, day - self.open_from_day)

    def resolved_on(self, day: int) -> str:
        """The matter that is resolved on a day; empty when there is none."""
        return _at(self.open_matters[: self.resolved], day - self.open_from_day - 5)


@cache
def load_month() -> Month:
    """The month as it was written."""
    text = files(__package__).joinpath("month.json").read_text(encoding="utf-8")
    return Month(**json.loads(text))


def _at(lines: Sequence[str], place: int) -> str:
    return lines[place] if 0 <= place < len(lines) else ""

"""Which schedules there are (pure): one for each kind of job that follows the clock."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.errors import NotFound
from storage.jobs.cadence import Clocked
from storage.jobs.kind_spec import KindSpec
from storage.jobs.kinds import KINDS, JobKind


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A kind of job and when it starts; its arguments are the kind's defaults."""

    kind: JobKind
    rule: Clocked

    @property
    def name(self) -> str:
        """What people and the store call it."""
        return self.kind.value


def timetable(kinds: Mapping[JobKind, KindSpec] = KINDS) -> list[Scheduled]:
    """Every schedule, in the order of the registry."""
    return [
        Scheduled(kind, spec.schedule)
        for kind, spec in kinds.items()
        if isinstance(spec.schedule, Clocked)
    ]


def scheduled(name: str) -> Scheduled:
    """The schedule of this name.

    Raises:
        NotFound: there is none; `schedule list` has them all.
    """
    found = next((schedule for schedule in timetable() if schedule.name == name), None)
    if found is None:
        raise NotFound(kind="schedule", id=name)
    return found

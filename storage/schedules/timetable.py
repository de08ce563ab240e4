"""Which schedules there are: one for each kind of job that follows the clock."""

from collections.abc import Mapping
from dataclasses import dataclass

from storage.engines.choosing import on_a_server
from storage.errors import NotFound
from storage.jobs.cadence import Clocked
from storage.jobs.kind_spec import KindSpec
from storage.jobs.kinds import KINDS, JobKind

OF_THE_FILE = frozenset({JobKind.BACKUP})
"""Work on the file of the store; of a server's files it is the administrator's (docs/fleet.md)."""


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
    """Every schedule, in the order of the registry; those of the store's file where it is one."""
    left_out = OF_THE_FILE if on_a_server() else frozenset()
    return [
        Scheduled(kind, spec.schedule)
        for kind, spec in kinds.items()
        if isinstance(spec.schedule, Clocked) and kind not in left_out
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

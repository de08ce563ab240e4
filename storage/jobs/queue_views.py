"""Reading the engine: what is paused since when and why, and what waits and runs in each queue."""

from collections import Counter
from datetime import datetime

from storage.database import read_only
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import KINDS
from storage.jobs.states import JobStatus
from storage.jobs.tables import ENGINE, QueueSetting
from storage.jobs.views import counts
from storage.jobs.waiting import limits
from storage.value import Value


class Pause(Value):
    """Since when nothing starts, and the reason that was given."""

    since: datetime
    why: str | None


class QueueRecord(Value):
    """One queue. `pause` is its own; the engine's holds every queue back as well.

    `max_concurrent` is the limit that holds, None for no limit; `is_set_by_hand`: an operator's.
    """

    queue: Queue
    pause: Pause | None
    max_concurrent: int | None
    is_set_by_hand: bool
    queued: int
    running: int


class Engine(Value):
    """All queues, and the pause of all of them at once."""

    pause: Pause | None
    queues: tuple[QueueRecord, ...]

    @property
    def queued(self) -> int:
        """How many jobs wait in all."""
        return sum(queue.queued for queue in self.queues)

    @property
    def running(self) -> int:
        """How many jobs run in all."""
        return sum(queue.running for queue in self.queues)


def engine() -> Engine:
    """The engine as it stands."""
    with read_only():
        settings = {row.name: row for row in QueueSetting.select()}
        held, numbers = limits(), _numbers()
    return Engine(
        pause=_pause(settings.get(ENGINE)),
        queues=tuple(
            QueueRecord(
                queue=queue,
                pause=_pause(settings.get(queue.value)),
                max_concurrent=held.max_concurrent.get(queue.value),
                is_set_by_hand=_is_set(settings.get(queue.value)),
                queued=numbers[queue, JobStatus.QUEUED],
                running=numbers[queue, JobStatus.RUNNING],
            )
            for queue in Queue
        ),
    )


def pauses() -> tuple[tuple[Queue | None, Pause], ...]:
    """What is paused, each with its queue; the whole engine first, with None for its queue."""
    with read_only():
        rows = QueueSetting.select().where(QueueSetting.paused_at.is_null(False))
        settings = {row.name: row for row in rows}
    found = [(queue, _pause(settings.get(queue or ENGINE))) for queue in (None, *Queue)]
    return tuple((queue, pause) for queue, pause in found if pause)


def _numbers() -> Counter[tuple[Queue, JobStatus]]:
    numbers = Counter[tuple[Queue, JobStatus]]()
    for (status, kind), n in counts().items():
        numbers[KINDS[kind].queue, status] += n
    return numbers


def _pause(row: QueueSetting | None) -> Pause | None:
    if row is None or row.paused_at is None:
        return None
    return Pause(since=row.paused_at, why=row.paused_why)


def _is_set(row: QueueSetting | None) -> bool:
    return row is not None and row.max_concurrent is not None

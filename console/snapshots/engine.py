"""What the screens of the job engine are told, as pure questions to the store.

They run in the background thread inside one read-only transaction, like those of `snapshots`.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from console.related import Relation, relations_of
from console.snapshots.places import Page
from console.snapshots.upkeep import Upkeep, take_upkeep
from storage.alerts.views import AlertView, told
from storage.database import now
from storage.jobs.explain import explain
from storage.jobs.failures import failure_groups, show_failure
from storage.jobs.forecast import forecast, typical_s
from storage.jobs.group_views import list_groups, show_group
from storage.jobs.queue_views import Engine, engine
from storage.jobs.record import Forecast, JobDetail
from storage.jobs.together import FailureRecord, GroupRecord
from storage.jobs.views import show_job, workers
from storage.jobs.workforce_views import Done, LostWorker, lost_workers, runs_done
from storage.schedules.views import ScheduleView, list_schedules
from storage.value import Value

TOLD = 20

Item = TypeVar("Item")


class JobPicture(Value):
    """One job at one moment. `at` makes a running job's elapsed time move.

    `typical_s`: how long the last runs of its kind took; `forecast`: of a queued one.
    """

    job: JobDetail
    why: str
    at: datetime
    typical_s: float | None
    forecast: Forecast | None
    related: tuple[Relation, ...]


class SystemPicture(Value):
    """The engine and the store. Workers and what stands wrong are on the bridge already."""

    engine: Engine
    done: dict[str, Done]
    lost: tuple[LostWorker, ...]
    told: tuple[AlertView, ...]
    upkeep: Upkeep


def take_job(job_id: str) -> JobPicture:
    """One job, whole, and why it is where it is."""
    job = show_job(job_id)
    return JobPicture(
        job=job,
        why=explain(job),
        at=now(),
        typical_s=typical_s(job.kind),
        forecast=forecast(job),
        related=relations_of(job),
    )


def take_groups(words: str) -> Page[GroupRecord]:
    """The newest groups with these words."""
    return with_words(
        words, list_groups(), lambda one: f"{one.label} {one.state} {one.opened_by_name}"
    )


def take_group(group_id: str) -> GroupRecord:
    """One group."""
    return show_group(group_id)


def take_schedules(words: str) -> Page[ScheduleView]:
    """Every schedule with these words."""
    return with_words(words, list_schedules(), lambda one: f"{one.name} {one.rule}")


def take_failures(words: str) -> Page[FailureRecord]:
    """Failures with these words, the last to happen first."""
    return with_words(
        words, failure_groups(), lambda one: f"{one.kind} {one.error_type} {one.last_message}"
    )


def take_failure(failure_id: str) -> FailureRecord:
    """Failures that are alike."""
    return show_failure(failure_id)


def take_system() -> SystemPicture:
    """The engine, what workers did and which died, told alerts, and what the store costs."""
    return SystemPicture(
        engine=engine(),
        done=runs_done(workers()),
        lost=tuple(lost_workers()),
        told=tuple(told(limit=TOLD)),
        upkeep=take_upkeep(),
    )


def with_words(words: str, items: Iterable[Item], text: Callable[[Item], str]) -> Page[Item]:
    """Those of the items in whose text every word occurs, letter case aside."""
    wanted = words.casefold().split()
    found = tuple(one for one in items if all(word in text(one).casefold() for word in wanted))
    return Page(items=found, total=len(found))

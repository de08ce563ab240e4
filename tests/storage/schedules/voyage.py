"""Schedules for tests, and what became of them."""

from datetime import UTC, datetime

from storage.audit.actor import WORKER, Actor, ActorKind
from storage.engine import ledger
from storage.jobs.cadence import Daily, EndOfWatch, Every
from storage.jobs.kinds import JobKind
from storage.jobs.views import list_jobs
from storage.schedules.actions import run_due
from storage.schedules.timetable import Scheduled

NIGHTLY = Scheduled(JobKind.DEBUG, Daily("0300"))
HALF_HOURLY = Scheduled(JobKind.SLEEP, Every(1800))
EACH_MINUTE = Scheduled(JobKind.SLEEP, Every(60))
DRAFTING = Scheduled(JobKind.HANDOVER_GENERATE, EndOfWatch())

OFFICER = Actor(kind=ActorKind.HUMAN, id="crew-1", name="Ada Okafor", role="second_officer")


def utc(text: str) -> datetime:
    """`03-01 04:00` of the year the tests are set in."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def tick(*schedules: Scheduled) -> list[str]:
    """What a worker's look starts: the ids of the jobs."""
    started = [run_due(WORKER, schedule) for schedule in schedules]
    return [job.job_id for job in started if job is not None]


def rows(schedule: Scheduled) -> list[tuple[str, str, int]]:
    """Occurrence, state and count of everything that was noted, in the order it was."""
    found = ledger.execute_sql(
        "SELECT occurrence, state, count FROM schedule_occurrence WHERE schedule = ? ORDER BY seq",
        (schedule.name,),
    )
    return [tuple(row) for row in found.fetchall()]


def started(schedule: Scheduled) -> list[str]:
    """The occurrences that have a job of their own."""
    return [key for key, state, _ in rows(schedule) if state == "started"]


def jobs() -> int:
    """How many jobs there are."""
    return len(list_jobs(limit=10_000))


def end_all_jobs() -> None:
    """Let every waiting job have run, as a worker would between two looks."""
    ledger.execute_sql(
        "UPDATE job SET status = 'cancelled', status_reason = 'cancelled_by_operator', "
        "finished_at = created_at WHERE status = 'queued'"
    )

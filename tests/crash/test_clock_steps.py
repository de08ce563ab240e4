"""The ship's machine puts its clock back and forward an hour while jobs run: nothing notices."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import list_events, verify
from storage.database import now
from storage.errors import NotReady
from storage.jobs import actions, views
from storage.jobs.actions import claim
from storage.jobs.endings import Account
from storage.jobs.engine import BOOSTS_A_MINUTE
from storage.jobs.kinds import JobKind
from storage.jobs.record import ClaimedJob, JobQuery
from storage.jobs.states import JobStatus
from tests.clock import ShipClock
from worker.clock import Clock
from worker.handlers import debug
from worker.registry import HANDLERS
from worker.runner import Runner
from worker.station import Station

STEPS_H = (-1, 1)
JOBS = 60


@pytest.fixture
def store(home: Path, clock: ShipClock) -> Iterator[Path]:
    """An empty store on a clock that can be put back."""
    database.create(home, clock=clock)
    yield home
    database.close()


def work(clock: ShipClock, chance: random.Random) -> None:
    """A worker and the pool's clock, until nothing is due; every job's start steps the clock."""

    def gather(job: ClaimedJob) -> Any:
        clock.step(hours=chance.choice(STEPS_H))
        return debug.gather(job)

    stepping = SimpleNamespace(gather=gather, perform=debug.perform, settle=debug.settle)
    station, pool_clock = Station("pool-1"), Clock()
    runner = Runner(station, {**HANDLERS, JobKind.DEBUG: stepping}, lambda: True)
    while jobs := claim(station.worker_id):
        runner.run_chain(jobs)
        clock.step(hours=chance.choice(STEPS_H))
        pool_clock.tick()
    station.close()


def test_every_job_runs_once_however_the_clock_is_stepped(
    store: Path, clock: ShipClock, chance: random.Random
) -> None:
    for _ in range(JOBS):
        actions.submit(SYSTEM, "debug", {"message": "x"}, priority=chance.randrange(5))
        clock.step(hours=chance.choice(STEPS_H))
    clock.step(hours=-3)
    work(clock, chance)
    jobs = views.list_jobs(JobQuery(status=JobStatus.COMPLETED), limit=JOBS + 1)
    assert len(jobs) == JOBS
    assert {(job.attempt, job.requeues) for job in jobs} == {(1, 0)}


def test_the_order_of_the_record_is_that_of_its_numbers(
    store: Path, clock: ShipClock, chance: random.Random
) -> None:
    for _ in range(20):
        actions.submit(SYSTEM, "debug", {"message": "x"})
        clock.step(hours=chance.choice(STEPS_H))
    work(clock, chance)
    events = list_events(limit=1000)[::-1]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert any(later.at < earlier.at for earlier, later in pairwise(events))
    for job in views.list_jobs():
        mine = [event.action for event in events if event.subject_id == job.job_id]
        assert mine == ["job.submitted", "job.started", "job.completed"]
    assert verify().ok


def test_what_was_due_is_due_after_the_clock_is_put_back(store: Path, clock: ShipClock) -> None:
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    clock.step(hours=-1)
    taken = actions.claim_next("worker-1")
    assert taken is not None
    assert taken.job_id == job_id
    assert actions.rescue_lost() == [job_id]  # nobody holds that worker's lock
    clock.step(hours=-1)
    assert [job.job_id for job in claim("worker-1")] == [job_id]


def test_a_delayed_job_waits_for_its_time_on_the_clock_as_it_is_now(
    store: Path, clock: ShipClock
) -> None:
    job_id = actions.submit(SYSTEM, "debug", {}, available_at=now() + timedelta(minutes=10)).job_id
    clock.step(hours=-1)
    assert claim("worker-1") == []
    clock.step(hours=1, minutes=10)
    assert [job.job_id for job in claim("worker-1")] == [job_id]


def test_a_cooldown_ends_although_the_clock_was_put_back(store: Path, clock: ShipClock) -> None:
    arguments = {"draft_id": "draft-1", "type": "pdf", "exporter_id": "person-1"}

    def ask() -> str:
        submitted = actions.submit(SYSTEM, "export_prepare", arguments, subject="draft-1")
        return submitted.reason

    assert ask() == "created"
    job = actions.claim_next("worker-1")
    assert job is not None
    actions.complete(job, dict, Account())
    assert ask() == "cooldown"
    clock.step(hours=-1)
    assert ask() == "created"


def test_jobs_raised_before_the_clock_was_put_back_do_not_use_up_the_next_hour(
    store: Path, clock: ShipClock
) -> None:
    many = actions.submit_many(SYSTEM, "debug", {}, BOOSTS_A_MINUTE + 1)
    *raised, one_more = [submitted.job_id for submitted in many]
    for job_id in raised:
        actions.boost(SYSTEM, job_id)
    with pytest.raises(NotReady):
        actions.boost(SYSTEM, one_more)
    clock.step(hours=-1)
    actions.boost(SYSTEM, one_more)

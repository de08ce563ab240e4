"""A due schedule starts its job in real pools, once, whatever is killed between two occurrences."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.audit.views import verify
from storage.clock import from_text
from storage.engine import ledger
from storage.jobs.cadence import Every
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import Origin
from storage.jobs.states import JobStatus
from storage.jobs.views import list_jobs
from tests.crash.pool import Victim, children, kill
from tests.worker.waiting import wait_until
from worker.clock import Clock

FAULTS = 12
EACH_SECOND = Every(1)


@pytest.fixture(autouse=True)
def a_kind_that_is_due_each_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """A registry in which `debug` starts every second; pools that are forked here inherit it."""
    monkeypatch.setitem(KINDS, JobKind.DEBUG, replace(KINDS[JobKind.DEBUG], schedule=EACH_SECOND))


@pytest.fixture
def pools(store: Path) -> Iterator[list[Victim]]:
    """Two pools on one store; nothing of them is left when the test ends."""
    victims = [Victim(store), Victim(store)]
    for victim in victims:
        victim.start()
    yield victims
    for victim in victims:
        if Path(f"/proc/{victim.pid}").exists():
            victim.kill_all()


def occurrences() -> list[tuple[str, str, int, str, str]]:
    """State, job, count, first and last due time of every occurrence of `debug`, by time."""
    return ledger.execute_sql(
        "SELECT state, job_id, count, first_due_at, due_at FROM schedule_occurrence "
        "WHERE schedule = 'debug' ORDER BY due_at"
    ).fetchall()


def started() -> list[str]:
    return [job_id for state, job_id, *_ in occurrences() if state == "started"]


def test_the_clock_of_a_pool_starts_what_is_due(store: Path) -> None:
    clock = Clock()
    wait_until(lambda: clock.tick() or started())
    (job,) = [row for row in list_jobs() if row.job_id == started()[0]]
    assert (job.origin, job.status) == (Origin.SCHEDULED, JobStatus.QUEUED)


def test_two_pools_start_each_second_once_whatever_is_killed(pools: list[Victim]) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    wait_until(started)
    for _ in range(FAULTS):
        time.sleep(chance.uniform(0.1, 0.7))
        victim = chance.choice(pools)
        if chance.random() < 0.6:
            kill([pid for pid in children(victim.pid) if chance.random() < 0.7])
        else:
            victim.kill_all()
            victim.start()
    before = len(started())
    wait_until(lambda: len(started()) > before + 1)
    for victim in pools:
        victim.kill_all()
    pools[0].start(drain=True)
    assert pools[0].wait() == 0

    _every_second_is_accounted_for()
    _every_start_has_its_own_job_which_completed_once()
    assert verify().ok


def _every_second_is_accounted_for() -> None:
    found = occurrences()
    first, last = from_text(found[0][3]), from_text(found[-1][4])
    seconds = (last - first) // timedelta(seconds=1) + 1
    assert sum(count for _, _, count, _, _ in found) == seconds


def _every_start_has_its_own_job_which_completed_once() -> None:
    scheduled = [row for row in list_jobs(limit=1000) if row.origin is Origin.SCHEDULED]
    assert len(set(started())) == len(started())
    assert {row.job_id for row in scheduled} == set(started())
    completions = ledger.execute_sql(
        "SELECT job_id, count(*) FROM audit_event WHERE action = 'job.completed' GROUP BY job_id"
    ).fetchall()
    ended = {row.job_id for row in scheduled if row.status is JobStatus.COMPLETED}
    assert dict(completions) == dict.fromkeys(ended, 1)
    assert len(ended) > len(scheduled) / 2

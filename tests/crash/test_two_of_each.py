"""Two pools and two consoles on one store work by the same rules as one (RELIABILITY §2)."""

import os
import random
from collections.abc import Callable, Iterable
from pathlib import Path

from storage import database
from storage.audit.actor import SYSTEM, Actor, ActorKind
from storage.audit.views import verify
from storage.engine import ledger
from storage.errors import Refused
from storage.jobs import actions, views
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from tests.crash.pool import Victim
from tests.worker.waiting import wait_until

JOBS = 200


def completed() -> int:
    """How many jobs are."""
    return views.matching(JobQuery(status=JobStatus.COMPLETED))


def workers() -> list[int]:
    """The worker processes of all pools."""
    return [row.pid for row in views.workers() if row.alive]


def pools_at_work() -> set[str]:
    """The pools whose workers have completed something."""
    rows = ledger.execute_sql(
        "SELECT DISTINCT pool_id FROM job_attempt a JOIN job_worker w USING (worker_id) "
        "WHERE a.outcome = 'completed'"
    )
    return {row[0] for row in rows.fetchall()}


def test_two_pools_share_the_work_and_the_one_that_is_left_finishes_it(
    victim_of: Callable[..., Victim], chance: random.Random
) -> None:
    first, second = victim_of(), victim_of()
    wait_until(lambda: len(workers()) == first.size + second.size)
    for _ in range(JOBS):
        actions.submit(SYSTEM, "sleep", {"seconds": chance.uniform(0, 0.05)})
    wait_until(lambda: len(pools_at_work()) == 2)
    first.kill_all()
    wait_until(lambda: completed() == JOBS)
    attempts = ledger.execute_sql(
        "SELECT job_id, sum(outcome = 'completed'), sum(outcome IS NULL) FROM job_attempt "
        "GROUP BY job_id"
    ).fetchall()
    assert len(attempts) == JOBS
    assert {tuple(row[1:]) for row in attempts} == {(1, 0)}
    assert verify().ok
    second.kill_all()


def a_console(home: Path, name: str, acts: Iterable[Callable[[Actor], object]]) -> int:
    """A process in which a person does things one after the other; refusals are shrugged off."""
    database.disconnect()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        database.open_store(home)
        person = Actor(kind=ActorKind.HUMAN, id=name, name=name, role="2E")
        for do in acts:
            try:
                do(person)
            except Refused:
                continue
        code = 0
    finally:
        os._exit(code)


def outcomes(action: str) -> dict[str, list[str]]:
    """Job id → the outcomes of one verb on it, sorted."""
    rows = ledger.execute_sql(
        "SELECT subject_id, outcome FROM audit_event WHERE action = ? ORDER BY 1, 2", (action,)
    )
    found: dict[str, list[str]] = {}
    for subject, outcome in rows.fetchall():
        found.setdefault(subject, []).append(outcome)
    return found


def test_of_two_consoles_that_cancel_the_same_jobs_one_does_and_the_other_is_refused(
    store: Path, chance: random.Random
) -> None:
    jobs = [actions.submit(SYSTEM, "debug", {}).job_id for _ in range(60)]

    def cancels(order: list[str]) -> list[Callable[[Actor], object]]:
        return [lambda person, job=job: actions.cancel(person, job) for job in order]  # type: ignore[misc]

    orders = [chance.sample(jobs, len(jobs)) for _ in range(2)]
    consoles = [a_console(store, f"console-{n}", cancels(o)) for n, o in enumerate(orders)]
    assert [os.waitpid(pid, 0)[1] for pid in consoles] == [0, 0]
    assert outcomes("job.cancelled") == {job: ["done", "refused"] for job in jobs}
    assert {views.find_job(job).status for job in jobs} == {JobStatus.CANCELLED}
    assert verify().ok


def test_of_two_consoles_with_the_same_request_both_have_the_same_job(
    store: Path, chance: random.Random
) -> None:
    keys = [f"request-{n}" for n in range(40)]

    def requests(order: list[str]) -> list[Callable[[Actor], object]]:
        return [
            lambda person, key=key: actions.submit(person, "debug", {}, idempotency_key=key)  # type: ignore[misc]
            for key in order
        ]

    orders = [chance.sample(keys, len(keys)) for _ in range(2)]
    consoles = [a_console(store, f"console-{n}", requests(o)) for n, o in enumerate(orders)]
    assert [os.waitpid(pid, 0)[1] for pid in consoles] == [0, 0]
    made = outcomes("job.submitted")
    assert list(made.values()) == [["done"]] * len(keys)
    assert views.matching(JobQuery()) == len(keys)
    assert verify().ok

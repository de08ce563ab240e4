"""Which job is next: priority, order, locks, limits, pauses; and nobody held up by another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.database import transaction
from storage.engine import ledger
from storage.errors import BadInput, NotReady, WrongState
from storage.jobs import actions, views
from storage.jobs.endings import Account
from storage.jobs.kind_spec import Queue
from storage.jobs.record import ClaimedJob
from storage.jobs.waiting import HEADS

Claim = Callable[[], ClaimedJob]


def debug(message: str = "", **terms: int) -> str:
    return actions.submit(SYSTEM, "debug", {"message": message}, **terms).job_id  # type: ignore[arg-type]


def export(draft: str) -> str:
    arguments = {"draft_id": draft, "type": "pdf", "exporter_id": "p"}
    return actions.submit(SYSTEM, "export_prepare", arguments, subject=draft).job_id


def test_higher_priority_first_and_first_come_first_served_within_it(
    store: Path, claim: Claim
) -> None:
    low, first, second, high = (
        debug("low", priority=0), debug("first"), debug("second"), debug("high", priority=4),
    )  # fmt: skip
    assert [claim().job_id for _ in range(4)] == [high, first, second, low]


def test_one_running_job_of_a_lock_per_vessel(store: Path, worker: str, claim: Claim) -> None:
    actions.submit(SYSTEM, "handover_generate", {}, vessel_id="aurora")
    actions.submit(SYSTEM, "command_refresh", {"draft_id": "d"}, vessel_id="aurora", subject="d")
    other = actions.submit(SYSTEM, "handover_generate", {}, vessel_id="boreas").job_id
    first = claim()
    assert claim().job_id == other
    assert actions.claim_next(worker) is None
    actions.complete(first, dict, Account())
    assert claim().kind == "command_refresh"


def test_the_store_itself_keeps_the_lock(store: Path, claim: Claim) -> None:
    actions.submit(SYSTEM, "handover_generate", {}, vessel_id="aurora")
    second = actions.submit(
        SYSTEM, "command_refresh", {"draft_id": "d"}, vessel_id="aurora", subject="d"
    )
    claim()
    with pytest.raises(Exception, match=r"(?i)unique"), transaction():
        ledger.execute_sql(
            "UPDATE job SET status = 'running', attempt_id = 'x' WHERE job_id = ?",
            (second.job_id,),
        )


def test_a_full_queue_does_not_hold_up_the_others(store: Path, worker: str, claim: Claim) -> None:
    for draft in ("d1", "d2", "d3"):
        export(draft)
    light = debug()
    assert [claim().kind for _ in range(2)] == ["export_prepare", "export_prepare"]
    assert claim().job_id == light
    assert actions.claim_next(worker) is None


def test_a_limit_can_be_changed_but_not_made_nonsense(
    store: Path, operator: Actor, worker: str, claim: Claim
) -> None:
    debug()
    actions.set_limit(operator, Queue.DIAGNOSTICS, 0)
    assert actions.claim_next(worker) is None
    with pytest.raises(BadInput, match="max_concurrent"):
        actions.set_limit(operator, Queue.DIAGNOSTICS, -1)
    actions.set_limit(operator, Queue.DIAGNOSTICS, None)
    assert claim()


def test_a_paused_engine_starts_nothing_and_lets_running_jobs_end(
    store: Path, operator: Actor, worker: str, claim: Claim
) -> None:
    debug()
    running = claim()
    debug()
    actions.pause(operator)
    assert actions.claim_next(worker) is None
    actions.complete(running, dict, Account())
    actions.resume(operator)
    assert claim()


def test_a_paused_queue_leaves_the_others_running(
    store: Path, operator: Actor, claim: Claim
) -> None:
    export("d1")
    light = debug()
    actions.pause(operator, Queue.EXPORT)
    assert claim().job_id == light
    actions.resume(operator, Queue.EXPORT)
    assert claim().kind == "export_prepare"


def test_a_boost_raises_a_queued_job_fifty_times_a_minute(
    store: Path, operator: Actor, claim: Claim
) -> None:
    jobs = [debug() for _ in range(52)]
    for job_id in jobs[1:51]:
        actions.boost(operator, job_id)
    with pytest.raises(NotReady, match="50 jobs"):
        actions.boost(operator, jobs[51])
    actions.boost(operator, jobs[1])  # raised already: nothing to do, so nothing is counted
    taken = claim()
    assert taken.job_id == jobs[1]
    with pytest.raises(WrongState, match="only a queued job"):
        actions.boost(operator, taken.job_id)


def test_ending_one_job_and_taking_the_next_is_one_commit(
    store: Path, worker: str, claim: Claim
) -> None:
    debug()
    second = debug()
    job = claim()
    with pytest.raises(RuntimeError), transaction():
        actions.complete(job, dict, Account())
        assert actions.take_next(worker) is not None
        raise RuntimeError
    assert views.find_job(job.job_id).status == "running"
    assert views.find_job(second).status == "queued"


@pytest.mark.aboard
def test_the_next_job_is_found_by_seeks_however_many_wait(store: Path) -> None:
    steps = [row[3] for row in ledger.execute_sql(f"EXPLAIN QUERY PLAN {HEADS}").fetchall()]
    reads = [step for step in steps if step.startswith(("SEARCH job", "SCAN job"))]
    assert any("job_waiting" in step for step in reads)
    assert not any("SCAN job" in step and "job_waiting" not in step for step in reads)
    assert not any("TEMP B-TREE" in step for step in steps)

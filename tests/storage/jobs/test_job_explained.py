"""Every row of the table of explanations, each met in a store; and every refusal of an act."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.database import now
from storage.engine import ledger
from storage.errors import WrongState
from storage.jobs import actions, views
from storage.jobs.actions import claim_next
from storage.jobs.endings import Account, Failure
from storage.jobs.explain import (
    COLLISION,
    ENDINGS,
    RUNNING,
    WAITING,
    explain,
    why_no_cancel,
    why_no_decision,
    why_no_retry,
)
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import ClaimedJob
from storage.jobs.states import Reason
from tests.storage.jobs.audit import events_of

Claim = Callable[[], ClaimedJob]
BOOM = Failure(Reason.ERROR, "ValueError", "no reading")


@pytest.fixture
def store(empty_store: Path) -> Path:
    """Here time stands still."""
    return empty_store


def debug(**terms: object) -> str:
    return actions.submit(SYSTEM, "debug", {}, **terms).job_id  # type: ignore[arg-type]


def generate(vessel_id: str = "aurora") -> str:
    return actions.submit(SYSTEM, "handover_generate", {}, vessel_id=vessel_id).job_id


def said_of(job_id: str) -> str:
    return explain(views.find_job(job_id))


def engine_paused(operator: Actor, claim: Claim) -> tuple[str, str]:
    actions.pause(operator)
    return debug(), "It waits because the whole engine is paused."


def queue_paused(operator: Actor, claim: Claim) -> tuple[str, str]:
    actions.pause(operator, Queue.DIAGNOSTICS)
    return debug(), "It waits because the queue diagnostics is paused."


def not_due(operator: Actor, claim: Claim) -> tuple[str, str]:
    due = now() + timedelta(days=1)
    return debug(available_at=due), f"It is not due before {due:%Y-%m-%d %H:%M:%S} UTC."


def lock(operator: Actor, claim: Claim) -> tuple[str, str]:
    generate()
    holder = claim().job_id
    second = actions.submit(
        SYSTEM, "command_refresh", {"draft_id": "d"}, vessel_id="aurora", subject="d"
    )
    return second.job_id, f"It waits for job {holder}, which holds the vessel lock."


def limit(operator: Actor, claim: Claim) -> tuple[str, str]:
    actions.set_limit(operator, Queue.DIAGNOSTICS, 1)
    debug()
    claim()
    said = "It waits because 1 of the queue diagnostics may run at once, and that many do."
    return debug(), said


def draining(operator: Actor, claim: Claim) -> tuple[str, str]:
    actions.begin_draining("pool-1")
    return debug(), WAITING["draining"]


def behind(operator: Actor, claim: Claim) -> tuple[str, str]:
    debug()
    said = "It waits for a free worker; 1 job is before it in the queue diagnostics."
    return debug(), said


def stopping(operator: Actor, claim: Claim) -> tuple[str, str]:
    job_id = debug()
    claim()
    actions.cancel(operator, job_id)
    return job_id, "It was asked to stop; its worker stops it within seconds."


def atomic(operator: Actor, claim: Claim) -> tuple[str, str]:
    job_id = generate()
    claim()
    began = (now() - timedelta(seconds=20)).isoformat()
    ledger.execute_sql("UPDATE job SET started_at = ? WHERE job_id = ?", (began, job_id))
    return job_id, "It has been running for 20 s; it is atomic: it ends by itself or in 4 min."


def stoppable(operator: Actor, claim: Claim) -> tuple[str, str]:
    job_id = debug()
    claim()
    said = "It has been running for 0 s; it ends by itself or in 5 min, and may be cancelled."
    return job_id, said


def orphaned(operator: Actor, claim: Claim) -> tuple[str, str]:
    job_id = debug()
    claim_next("a worker that holds its name no more")
    return job_id, RUNNING["orphaned"]


SITUATIONS = {
    found.__name__: found
    for found in (
        engine_paused, queue_paused, not_due, lock, limit, draining, behind, stopping, atomic,
        stoppable, orphaned,
    )
}  # fmt: skip


@pytest.mark.parametrize("word", SITUATIONS)
def test_what_waits_or_runs_is_explained(
    word: str, store: Path, operator: Actor, claim: Claim
) -> None:
    job_id, expected = SITUATIONS[word](operator, claim)
    assert said_of(job_id) == expected


def test_without_a_worker_that_is_the_explanation(store: Path) -> None:
    assert said_of(debug()) == WAITING["no_worker"]


def test_every_row_about_waiting_and_running_is_met_above() -> None:
    assert {*SITUATIONS, "no_worker"} == {*WAITING, *RUNNING}


@pytest.mark.parametrize("reason", sorted(ENDINGS))
def test_every_ending_is_explained(reason: str, store: Path, claim: Claim) -> None:
    job_id = debug()
    actions.fail(claim(), Failure(reason, "E", "boom"), Account())
    assert said_of(job_id).startswith(ENDINGS[reason])


def test_a_failed_job_says_whether_it_can_be_retried(
    store: Path, claim: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = debug()
    actions.fail(claim(), BOOM, Account())
    assert said_of(job_id).endswith("It can be retried.")
    once = dataclasses.replace(KINDS[JobKind.DEBUG], may_retry=False)
    monkeypatch.setitem(KINDS, JobKind.DEBUG, once)
    assert said_of(job_id).endswith("Debug is never retried; submit a new one.")


def poisoned(operator: Actor, claim: Claim) -> tuple[str, str]:
    job_id = debug()
    actions.fail(claim(), Failure("poisoned:arguments", "BadInput", "no"), Account())
    return job_id, "The job is poisoned:arguments: a retry would only repeat it."


def queued(operator: Actor, claim: Claim) -> tuple[str, str]:
    return debug(), "The job is queued; only a failed job is retried."


def colliding(operator: Actor, claim: Claim) -> tuple[str, str]:
    first = generate()
    actions.fail(claim(), BOOM, Account())
    other = generate()
    return first, f"Job {other} already does the same work; wait for it or cancel it."


def of_a_cancelled_group(operator: Actor, claim: Claim) -> tuple[str, str]:
    group_id, _ = actions.submit_together(operator, "debug", {}, 2)
    job = claim()
    actions.fail(job, BOOM, Account())
    actions.cancel_group(operator, group_id)
    return job.job_id, "Its group was cancelled; submit it again as a job of its own."


def of_unknown_outcome(operator: Actor, claim: Claim) -> tuple[str, str]:
    job_id = debug()
    actions.fail(claim(), Failure(Reason.OUTCOME_UNKNOWN, "WorkerLost", "gone"), Account())
    said = "Nobody knows whether it took effect; decide `rerun` or `close` instead."
    return job_id, said


@pytest.mark.parametrize(
    "situation", [poisoned, queued, colliding, of_a_cancelled_group, of_unknown_outcome]
)
def test_a_refused_retry_says_why_before_and_when_it_is_asked(
    situation: Callable[[Actor, Claim], tuple[str, str]],
    store: Path,
    operator: Actor,
    claim: Claim,
) -> None:
    job_id, expected = situation(operator, claim)
    assert why_no_retry(views.find_job(job_id)) == expected
    with pytest.raises(WrongState) as refusal:
        actions.retry(operator, job_id)
    assert str(refusal.value) == expected
    assert events_of(job_id)[-1] == ("job.retried", "refused")


def test_a_refused_cancel_says_when_it_will_end(store: Path, operator: Actor, claim: Claim) -> None:
    job_id, _ = atomic(operator, claim)
    said = "Generate handover is atomic: it ends by itself or at its time-out (in 4 min)."
    assert why_no_cancel(views.find_job(job_id)) == said
    with pytest.raises(WrongState, match="in 4 min"):
        actions.cancel(operator, job_id)


def test_only_an_unknown_outcome_is_decided_and_not_twice_the_same_work(
    store: Path, operator: Actor, claim: Claim
) -> None:
    job_id = generate()
    unknown = Failure(Reason.OUTCOME_UNKNOWN, "WorkerLost", "gone")
    actions.fail(claim(), unknown, Account())
    other = generate()
    row = views.find_job(job_id)
    assert why_no_decision(row, rerun=True) == COLLISION.format(other=other)
    assert why_no_decision(row, rerun=False) is None
    known = views.find_job(other)
    assert "only an unknown outcome" in (why_no_decision(known, rerun=False) or "")

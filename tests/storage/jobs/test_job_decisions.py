"""Cancel, retry, decide, rescue: what people and the rescue may do to a job."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.errors import BadInput, NotFound, WrongState
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob
from storage.jobs.states import JobStatus, Reason
from tests.storage.jobs.audit import event_count, events_of

Claim = Callable[[], ClaimedJob]
BOOM = Failure(Reason.ERROR, "ValueError", "pump No 2 is \x1b[31mnot\x1b[0m there")


@pytest.fixture
def failed(store: Path, claim: Claim) -> str:
    """A failed debug job."""
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    actions.fail(claim(), BOOM, Account())
    return job_id


@pytest.fixture
def unknown(store: Path, claim: Claim, monkeypatch: pytest.MonkeyPatch) -> str:
    """A job of a kind that is not safe to re-run, left by a dead worker."""
    careful = dataclasses.replace(KINDS[JobKind.DEBUG], idempotent=False)
    monkeypatch.setitem(KINDS, JobKind.DEBUG, careful)
    actions.submit(SYSTEM, "debug", {})
    job = claim()
    actions.give_up(SYSTEM, job.job_id, job.attempt_id, "its worker is gone")
    return job.job_id


def test_a_queued_job_is_cancelled(store: Path, operator: Actor, worker: str) -> None:
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    assert actions.cancel(operator, job_id) == "cancelled"
    assert views.find_job(job_id).status_reason == "cancelled_by_operator"
    assert actions.claim_next(worker) is None


def test_a_running_content_job_is_atomic(store: Path, operator: Actor, claim: Claim) -> None:
    job_id = actions.submit(SYSTEM, "handover_generate", {}, vessel_id="aurora").job_id
    claim()
    with pytest.raises(WrongState, match=r"atomic: it ends by itself or at its time-out \(in \d+ "):
        actions.cancel(operator, job_id)


def test_cancelling_a_running_diagnostic_is_a_request_until_it_has_stopped(
    store: Path, operator: Actor, claim: Claim
) -> None:
    job_id = actions.submit(SYSTEM, "sleep", {}).job_id
    job = claim()
    assert actions.cancel(operator, job_id) == "requested"
    assert views.find_job(job_id).status is JobStatus.RUNNING
    with pytest.raises(WrongState, match="already requested"):
        actions.cancel(operator, job_id)
    actions.stop(job, Account())
    assert views.find_job(job_id).status is JobStatus.CANCELLED


def test_a_retry_is_a_new_attempt_and_the_error_stays_verbatim(
    failed: str, operator: Actor, claim: Claim
) -> None:
    trace = views.find_job(failed).trace_id
    assert views.find_job(failed).error == BOOM.message
    actions.retry(operator, failed)
    again = claim()
    assert (again.number, again.trace_id) == (2, trace)
    actions.complete(again, dict, Account())
    attempts = views.show_job(failed).attempts
    assert attempts[0].error_message == BOOM.message
    assert [a.outcome for a in attempts] == ["failed", "completed"]


def test_closing_a_failed_job_is_a_cancel(failed: str, operator: Actor) -> None:
    actions.cancel(operator, failed)
    with pytest.raises(WrongState, match="only a failed job is retried"):
        actions.retry(operator, failed)


def test_a_poisoned_job_is_never_retried(store: Path, operator: Actor, claim: Claim) -> None:
    job_id = actions.submit(SYSTEM, "debug", {}).job_id
    actions.fail(claim(), Failure("poisoned:arguments", "BadInput", "no"), Account())
    with pytest.raises(WrongState, match="would only repeat"):
        actions.retry(operator, job_id)


def test_a_retry_that_would_do_the_same_work_twice_is_explained(
    store: Path, operator: Actor, claim: Claim
) -> None:
    first = actions.submit(SYSTEM, "handover_generate", {}, vessel_id="aurora").job_id
    actions.fail(claim(), BOOM, Account())
    second = actions.submit(SYSTEM, "handover_generate", {}, vessel_id="aurora").job_id
    with pytest.raises(WrongState, match=f"{second} already does the same work"):
        actions.retry(operator, first)


def test_nobody_can_act_on_a_job_that_is_not_there(store: Path, operator: Actor) -> None:
    for verb in (actions.cancel, actions.retry, actions.boost):
        with pytest.raises(NotFound):
            verb(operator, "no-such-job")


def test_an_idempotent_job_of_a_dead_worker_runs_again_three_times_at_most(
    store: Path, worker: str
) -> None:
    job_id = actions.submit(SYSTEM, "sleep", {}).job_id
    for _ in range(4):
        handle = take_lock("worker-2")
        assert actions.claim_next("worker-2") is not None
        assert actions.rescue_lost() == []
        handle.close()
        assert actions.rescue_lost() == [job_id]
    row = views.show_job(job_id)
    assert (row.status, row.status_reason, row.requeues) == ("failed", "worker_lost", 3)
    assert [a.reason for a in row.attempts] == ["worker_lost"] * 4
    assert actions.claim_next(worker) is None


def test_of_other_kinds_the_outcome_is_unknown_and_a_person_decides(
    unknown: str, operator: Actor, claim: Claim
) -> None:
    assert views.find_job(unknown).status_reason == "outcome_unknown"
    with pytest.raises(WrongState, match="decide"):
        actions.retry(operator, unknown)
    with pytest.raises(BadInput, match="with a reason"):
        actions.decide(operator, unknown, "rerun", " ")
    actions.decide(operator, unknown, "rerun", "the file is not there")
    assert claim().number == 2
    with pytest.raises(WrongState, match="only an unknown outcome"):
        actions.decide(operator, unknown, "close", "too late")


def test_an_unknown_outcome_can_be_closed(unknown: str, operator: Actor) -> None:
    actions.decide(operator, unknown, "close", "it was done by hand")
    assert views.find_job(unknown).status is JobStatus.CANCELLED


def test_every_verb_writes_exactly_one_event(store: Path, operator: Actor, claim: Claim) -> None:
    """I20 for the job verbs."""
    job_id = actions.submit(operator, "debug", {}).job_id
    seen = event_count()

    def one_more() -> None:
        nonlocal seen
        seen += 1
        assert event_count() == seen

    actions.boost(operator, job_id)
    one_more()
    job = claim()
    one_more()
    actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")
    one_more()
    job = claim()
    one_more()
    actions.fail(job, BOOM, Account())
    one_more()
    actions.retry(operator, job_id)
    one_more()
    actions.cancel(operator, job_id)
    one_more()
    actions.pause(operator)
    one_more()
    actions.resume(operator)
    one_more()
    assert {name for name, _ in events_of(job_id)} == {
        "job.submitted", "job.boosted", "job.started", "job.rescued", "job.failed",
        "job.retried", "job.cancelled",
    }  # fmt: skip

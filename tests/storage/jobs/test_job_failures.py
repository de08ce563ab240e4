"""Failures by their likeness: counted where they happen, acknowledged, and never forgotten."""

from collections.abc import Callable
from pathlib import Path

import peewee
import pytest

from storage.audit.actor import SYSTEM, Actor
from storage.engine import ledger
from storage.errors import BadInput, NotFound, WrongState
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.failures import failure_groups, show_failure
from storage.jobs.likeness import pattern_of
from storage.jobs.record import ClaimedJob
from storage.jobs.states import Reason
from tests.storage.jobs.audit import events_of

Claim = Callable[[], ClaimedJob]


def failed(claim: Claim, message: str, kind: str = "debug") -> str:
    job_id = actions.submit(SYSTEM, kind, {}).job_id
    actions.fail(claim(), Failure(Reason.ERROR, "OSError", message), Account())
    return job_id


@pytest.mark.parametrize(
    ("message", "pattern"),
    [
        ("No space left: 17 of 4096.5 bytes", "No space left: ‹n› of ‹n› bytes"),
        ("draft 019aa0b2-7f3c-7d31-9d58-0d6a34c1f2e7 is gone", "draft ‹id› is gone"),
        ("cannot open /var/lib/ship/7/a.pdf\n  today", "cannot open ‹path› today"),
        ("at 0x7f6fdbd494e0, hash 9f86d081884c7d65", "at ‹id›, hash ‹id›"),
        ("feedback from the deck: and/or", "feedback from the deck: and/or"),
        ("x" * 300, "x" * 200),
    ],
)
def test_what_changes_from_run_to_run_is_left_out(message: str, pattern: str) -> None:
    assert pattern_of(message) == pattern


def test_failures_that_are_alike_are_counted_together(store: Path, claim: Claim) -> None:
    failed(claim, "no reading of pump 3")
    last = failed(claim, "no reading of pump 4")
    failed(claim, "no reading of pump 4", kind="sleep")
    sleep, pump = failure_groups()
    assert (pump.count, pump.pattern) == (2, "no reading of pump ‹n›")
    assert (pump.last_job_id, pump.last_message) == (last, "no reading of pump 4")
    assert (sleep.kind, sleep.count) == ("sleep", 1)


def test_a_lost_worker_is_a_failure_even_when_the_job_runs_again(store: Path, claim: Claim) -> None:
    actions.submit(SYSTEM, "debug", {})
    job = claim()
    actions.give_up(SYSTEM, job.job_id, job.attempt_id, "The worker is gone.")
    (lost,) = failure_groups()
    assert (lost.error_type, lost.count) == ("WorkerLost", 1)


def test_what_is_completed_cancelled_or_not_begun_is_no_failure(
    store: Path, operator: Actor, claim: Claim
) -> None:
    for _ in range(3):
        actions.submit(SYSTEM, "debug", {})
    actions.complete(claim(), dict, Account())
    actions.stop(claim(), Account())
    actions.cancel(operator, views.list_jobs(limit=1)[0].job_id)
    assert failure_groups() == []


def test_acknowledging_says_who_and_why_and_lasts_until_it_happens_again(
    store: Path, operator: Actor, claim: Claim
) -> None:
    job_id = failed(claim, "no reading of pump 3")
    (failure,) = failure_groups(unanswered_only=True)
    actions.acknowledge(operator, failure.failure_id, reason="sensor ordered", owner="2E")
    assert failure_groups(unanswered_only=True) == []
    answered = show_failure(failure.failure_id).acknowledged
    assert answered is not None
    assert (answered.reason, answered.owner) == ("sensor ordered", "2E")
    assert answered.acknowledged_by_name == operator.name
    assert events_of(failure.failure_id) == [("failure.acknowledged", "done")]
    assert views.find_job(job_id).error == "no reading of pump 3"
    failed(claim, "no reading of pump 5")
    (again,) = failure_groups(unanswered_only=True)
    assert (again.count, again.unanswered) == (2, 1)


def test_a_bad_acknowledgement_is_refused(store: Path, operator: Actor, claim: Claim) -> None:
    failed(claim, "boom")
    (failure,) = failure_groups()
    known = failure.failure_id
    for reason, owner in ((" ", "2E"), ("why", "")):
        with pytest.raises(BadInput, match="a reason and an owner"):
            actions.acknowledge(operator, known, reason=reason, owner=owner)
    with pytest.raises(NotFound):
        actions.acknowledge(operator, "no such", reason="x", owner="y")
    actions.acknowledge(operator, known, reason="x", owner="y")
    with pytest.raises(WrongState, match="acknowledged already"):
        actions.acknowledge(operator, known, reason="x", owner="y")


def test_the_store_itself_keeps_failures_and_acknowledgements(
    store: Path, operator: Actor, claim: Claim
) -> None:
    failed(claim, "boom")
    actions.acknowledge(operator, failure_groups()[0].failure_id, reason="x", owner="y")
    for sql in (
        "UPDATE failure_acknowledgement SET reason = 'z'",
        "DELETE FROM failure_acknowledgement",
        "UPDATE job_failure SET at = ''",
        "DELETE FROM job_failure",
    ):
        with pytest.raises(peewee.IntegrityError, match="are kept as they were"), ledger.atomic():
            ledger.execute_sql(sql)

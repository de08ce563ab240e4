"""I3: a frozen worker that wakes after its attempt was given up can change nothing."""

import dataclasses
import signal

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.engine import ledger
from storage.jobs import actions, views
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.states import JobStatus
from tests.crash.pool import Victim, kill
from tests.worker.waiting import wait_until
from worker.clock import Clock


def test_the_late_result_of_a_frozen_worker_is_refused(victim: Victim) -> None:
    job_id = actions.submit(SYSTEM, "sleep", {"seconds": 0.5}).job_id
    wait_until(lambda: views.find_job(job_id).status is JobStatus.RUNNING)
    lost = views.show_job(job_id).attempts[0]
    kill([lost.pid], signal.SIGSTOP)
    assert actions.give_up(SYSTEM, job_id, lost.attempt_id, "frozen past all patience")
    wait_until(lambda: views.find_job(job_id).status is JobStatus.COMPLETED)
    kill([lost.pid], signal.SIGCONT)
    wait_until(lambda: _refusals(job_id) == 1)
    attempts = views.show_job(job_id).attempts
    assert [(a.number, a.outcome) for a in attempts] == [(1, "failed"), (2, "completed")]
    assert attempts[0].pid != attempts[1].pid
    assert verify().ok


def test_a_worker_frozen_for_a_while_loses_nothing(victim: Victim) -> None:
    job_id = actions.submit(SYSTEM, "sleep", {"seconds": 0.2}).job_id
    wait_until(lambda: views.find_job(job_id).status is JobStatus.RUNNING)
    pid = views.show_job(job_id).attempts[0].pid
    kill([pid], signal.SIGSTOP)
    other = actions.submit(SYSTEM, "debug", {}).job_id
    assert views.wait_for(other, 30).status is JobStatus.COMPLETED
    kill([pid], signal.SIGCONT)
    row = views.wait_for(job_id, 30)
    assert (row.status, row.attempt) == (JobStatus.COMPLETED, 1)


def test_a_worker_frozen_past_all_patience_is_ended_and_its_job_runs_again(
    victim: Victim, monkeypatch: pytest.MonkeyPatch
) -> None:
    job_id = actions.submit(SYSTEM, "sleep", {"seconds": 0.3}).job_id
    wait_until(lambda: views.find_job(job_id).status is JobStatus.RUNNING)
    lost = views.show_job(job_id).attempts[0]
    kill([lost.pid], signal.SIGSTOP)
    impatient = dataclasses.replace(KINDS[JobKind.SLEEP], timeout_s=0)
    monkeypatch.setitem(KINDS, JobKind.SLEEP, impatient)
    clock = Clock()
    clock.end_frozen_workers(0)
    assert views.find_job(job_id).attempt == 1
    clock.end_frozen_workers(0)
    wait_until(lambda: views.find_job(job_id).status is JobStatus.COMPLETED)
    reasons = [attempt.reason for attempt in views.show_job(job_id).attempts]
    assert reasons == ["worker_lost", "completed"]


def _refusals(job_id: str) -> int:
    return int(
        ledger.execute_sql(
            "SELECT count(*) FROM audit_event WHERE subject_id = ? AND action = 'job.settled' "
            "AND outcome = 'refused'",
            (job_id,),
        ).fetchone()[0]
    )

"""I1: random verbs against a model of JOBS §1 find no illegal move and no lost job."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.errors import Refused
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.kinds import KINDS
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob
from storage.jobs.states import LEGAL_MOVES, JobStatus, Reason
from tests.stores import a_new_store

REASONS = st.sampled_from([Reason.ERROR, Reason.TIMED_OUT, "poisoned:arguments"])


@dataclass
class Modelled:
    """What the model knows of a job."""

    status: JobStatus = JobStatus.QUEUED
    reason: str = Reason.QUEUED
    attempts: int = 0
    requeues: int = 0
    holder: ClaimedJob | None = None
    trail: list[JobStatus] = field(default_factory=lambda: [JobStatus.QUEUED])

    def move(self, status: JobStatus, reason: str) -> None:
        """Only along the table."""
        assert status in LEGAL_MOVES[self.status]
        self.status, self.reason = status, reason
        self.trail.append(status)


class JobMachine(RuleBasedStateMachine):
    """Submits, claims, ends, cancels, retries and rescues in any order."""

    jobs: Bundle[str] = Bundle("jobs")
    claims: Bundle[ClaimedJob] = Bundle("claims")

    def __init__(self) -> None:
        super().__init__()
        self.model: dict[str, Modelled] = {}
        self._folder = tempfile.TemporaryDirectory()
        a_new_store(Path(self._folder.name) / "home")
        self._lock = take_lock("worker-1")

    def teardown(self) -> None:
        """The chain is whole whatever happened."""
        assert verify().ok
        self._lock.close()
        database.close()
        self._folder.cleanup()

    @rule(target=jobs, kind=st.sampled_from(["debug", "sleep"]), priority=st.integers(0, 4))
    def submit(self, kind: str, priority: int) -> str:
        job_id = actions.submit(SYSTEM, kind, {}, priority=priority).job_id
        self.model[job_id] = Modelled()
        return job_id

    @rule(target=jobs, vessel=st.sampled_from(["aurora", "boreas"]))
    def submit_locked(self, vessel: str) -> str:
        submitted = actions.submit(SYSTEM, "handover_generate", {}, vessel_id=vessel)
        assert submitted.created == (submitted.job_id not in self.model)
        self.model.setdefault(submitted.job_id, Modelled())
        return submitted.job_id

    @rule(target=claims)
    def claim(self) -> Any:
        job = actions.claim_next("worker-1")
        waiting = [m for m in self.model.values() if m.status is JobStatus.QUEUED]
        if job is None:
            held = {m.holder.vessel_id for m in self.model.values() if m.holder}
            assert not waiting or held - {None}
            return ClaimedJob.model_construct(job_id="none")
        modelled = self.model[job.job_id]
        modelled.move(JobStatus.RUNNING, Reason.RUNNING)
        modelled.attempts += 1
        modelled.holder = job
        assert job.number == modelled.attempts
        return job

    @rule(job=claims)
    def complete(self, job: ClaimedJob) -> None:
        self._end(job, lambda: actions.complete(job, dict, Account()), JobStatus.COMPLETED,
                  Reason.COMPLETED)  # fmt: skip

    @rule(job=claims, reason=REASONS)
    def fail(self, job: ClaimedJob, reason: str) -> None:
        failure = Failure(reason, "E", "boom")
        self._end(job, lambda: actions.fail(job, failure, Account()), JobStatus.FAILED, reason)

    @rule(job=claims)
    def give_up(self, job: ClaimedJob) -> None:
        if job.job_id == "none":
            return
        modelled = self.model[job.job_id]
        held = modelled.holder == job
        assert actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone") == held
        if held:
            modelled.holder = None
            modelled.move(JobStatus.FAILED, Reason.WORKER_LOST)
            if modelled.requeues < KINDS[job.kind].auto_retry_limit:
                modelled.requeues += 1
                modelled.move(JobStatus.QUEUED, Reason.REQUEUED)

    @rule(job_id=jobs)
    def cancel(self, job_id: str) -> None:
        modelled = self.model[job_id]
        legal = modelled.status in (JobStatus.QUEUED, JobStatus.FAILED)
        row = views.find_job(job_id)
        asked = row.status is JobStatus.RUNNING and row.spec.cancel_running
        answer = self._refused(lambda: actions.cancel(SYSTEM, job_id))
        assert answer == (not legal and not (asked and row.cancel_requested_at is None))
        if legal:
            modelled.move(JobStatus.CANCELLED, Reason.CANCELLED_BY_OPERATOR)

    @rule(job_id=jobs)
    def retry(self, job_id: str) -> None:
        modelled = self.model[job_id]
        legal = modelled.status is JobStatus.FAILED and not modelled.reason.startswith("poisoned")
        key = views.find_job(job_id).duplicate_key
        collides = key and any(
            views.find_job(other).duplicate_key == key
            for other, m in self.model.items()
            if other != job_id and m.status in (JobStatus.QUEUED, JobStatus.RUNNING)
        )
        assert self._refused(lambda: actions.retry(SYSTEM, job_id)) != (legal and not collides)
        if legal and not collides:
            modelled.move(JobStatus.QUEUED, Reason.RETRY)

    @invariant()
    def store_and_model_agree(self) -> None:
        """Status, reason and number of attempts of every job, and the counts."""
        rows = {row.job_id: row for row in views.list_jobs(limit=1000)}
        assert set(rows) == set(self.model)
        for job_id, modelled in self.model.items():
            row = rows[job_id]
            assert (row.status, row.status_reason) == (modelled.status, modelled.reason)
            assert (row.attempt, row.requeues) == (modelled.attempts, modelled.requeues)
        assert sum(views.counts().values()) == len(rows)

    def _end(
        self, job: ClaimedJob, verb: Callable[[], None], status: JobStatus, reason: str
    ) -> None:
        if job.job_id == "none":
            return
        modelled = self.model[job.job_id]
        held = modelled.holder == job
        assert self._refused(verb) != held
        if held:
            modelled.holder = None
            modelled.move(status, reason)

    @staticmethod
    def _refused(verb: Callable[[], object]) -> bool:
        try:
            verb()
        except Refused:
            return True
        return False


TestJobMachine = JobMachine.TestCase
TestJobMachine.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)

"""I1, I20: any verbs in any order, held against the model; no illegal move, one event each."""

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import checkpoint, verify
from storage.engine import ledger
from storage.errors import Refused
from storage.jobs import actions
from storage.jobs.endings import Account, Failure
from storage.jobs.group_views import show_group
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob
from storage.jobs.states import GroupState, JobStatus, Reason
from tests.clock import ShipClock
from tests.crash.conftest import Extent
from tests.crash.modelled import CANCELLED, FAILED, QUEUED, RUNNING, Model, ModelGroup, ModelJob

ANY = st.integers(0, 10_000)
ENDS = st.sampled_from(["complete", "error", "poison", "late"])
CONSEQUENCES = {"group.closed", "group.sealed"}
IDEMPOTENT = {"debug": True, "sleep": False}


class Verbs(RuleBasedStateMachine):
    """Jobs and groups, one worker at a time, and a clock that goes both ways."""

    empty: Path  # a closed store to copy

    @initialize()
    def start(self) -> None:
        """A copy of an empty store, and a worker."""
        self.model, self.clock = Model(), ShipClock()
        self._folder = tempfile.TemporaryDirectory()
        home = Path(self._folder.name) / "home"
        shutil.copytree(self.empty, home)
        database.open_store(home, clock=self.clock)
        self._hired = 0
        self._hire()
        self.lost: list[ClaimedJob] = []

    def teardown(self) -> None:
        """The chain is whole whatever happened."""
        verdict = verify()
        assert verdict.ok, verdict.problem
        self._lock.close()
        database.close()
        self._folder.cleanup()

    # The verbs

    @rule(kind=st.sampled_from(["debug", "sleep"]), priority=st.integers(0, 4), n=ANY)
    def submit(self, kind: str, priority: int, n: int) -> None:
        group_id = pick([None, *self.model.groups], n)
        open_to_all = group_id is None or not self.model.groups[group_id].sealed
        with self.told("job.submitted", allowed=open_to_all):
            job_id = actions.submit(SYSTEM, kind, {}, priority=priority, group_id=group_id).job_id
            self.model.jobs[job_id] = ModelJob(
                priority, self.clock.at, IDEMPOTENT[kind], group_id=group_id
            )

    @rule()
    def claim(self) -> None:
        expected = self.model.next_up()
        with self.told(*["job.started"] * bool(expected)):
            job = actions.claim_next(self.worker)
        assert (job and job.job_id) == expected
        if job and expected:
            self.model.jobs[expected].move(RUNNING, Reason.RUNNING)
            self.model.jobs[expected].attempts += 1
            self.model.jobs[expected].holder = job

    @precondition(lambda self: self.held() or self.lost)
    @rule(n=ANY, how=ENDS)
    def settle(self, n: int, how: str) -> None:
        job = pick(self.lost if how == "late" or not self.held() else self.held(), n)
        if job is None:
            return
        status, reason, verb = ending(job, how)
        with self.told(f"job.{status.value}", allowed=job not in self.lost):
            verb()
            self.model.jobs[job.job_id].move(status, reason)

    @precondition(lambda self: self.held())
    @rule(n=ANY)
    def stop(self, n: int) -> None:
        job = pick(self.held(), n)
        with self.told("job.cancelled"):
            actions.stop(job, Account())
        self.model.jobs[job.job_id].move(CANCELLED, Reason.CANCELLED_BY_OPERATOR)

    @rule()
    def worker_dies(self) -> None:
        self._lock.close()
        held = self.held()
        with self.told(*["job.rescued"] * len(held)):
            assert set(actions.rescue_lost()) == {job.job_id for job in held}
        for job in held:
            modelled = self.model.jobs[job.job_id]
            modelled.lose(self.model.groups.get(modelled.group_id or ""), self.clock.at)
        self.lost += held
        self._hire()

    @precondition(lambda self: self.model.jobs)
    @rule(n=ANY)
    def cancel(self, n: int) -> None:
        job_id, job = pick(list(self.model.jobs.items()), n)
        with self.told("job.cancelled", allowed=job.may_cancel()):
            actions.cancel(SYSTEM, job_id)
            if job.status is RUNNING:
                job.stop_asked = True
            else:
                job.move(CANCELLED, Reason.CANCELLED_BY_OPERATOR)

    @precondition(lambda self: self.model.jobs)
    @rule(n=ANY)
    def retry(self, n: int) -> None:
        job_id, job = pick(self.likely(FAILED), n)
        with self.told("job.retried", allowed=self.model.may_retry(job)):
            actions.retry(SYSTEM, job_id)
            job.wait_again(self.clock.at)

    @precondition(lambda self: self.model.jobs)
    @rule(n=ANY, answer=st.sampled_from(["rerun", "close"]))
    def decide(self, n: int, answer: Any) -> None:
        job_id, job = pick(self.likely(FAILED), n)
        with self.told("job.decided", allowed=self.model.may_decide(job, answer)):
            actions.decide(SYSTEM, job_id, answer, "looked at the engine room")
            if answer == "rerun":
                job.wait_again(self.clock.at)
            else:
                job.move(CANCELLED, Reason.CANCELLED_BY_OPERATOR)

    @precondition(lambda self: self.model.jobs)
    @rule(n=ANY)
    def boost(self, n: int) -> None:
        job_id, job = pick(list(self.model.jobs.items()), n)
        raised = job.status is QUEUED and job.priority == 4
        with self.told(*["job.boosted"] * (not raised), allowed=job.status is QUEUED):
            actions.boost(SYSTEM, job_id)
            job.priority = 4

    @rule()
    def pause_or_resume(self) -> None:
        with self.told("queue.resumed" if self.model.paused else "queue.paused"):
            (actions.resume if self.model.paused else actions.pause)(SYSTEM)
        self.model.paused = not self.model.paused

    @rule()
    def open_group(self) -> None:
        with self.told("group.opened"):
            self.model.groups[actions.open_group(SYSTEM, "random")] = ModelGroup()

    @precondition(lambda self: self.model.groups)
    @rule(n=ANY)
    def seal(self, n: int) -> None:
        group_id, group = pick(list(self.model.groups.items()), n)
        with self.told("group.sealed", allowed=not group.sealed):
            actions.seal(SYSTEM, group_id)
            group.sealed = True

    @precondition(lambda self: self.model.groups)
    @rule(n=ANY)
    def cancel_group(self, n: int) -> None:
        group_id, group = pick(list(self.model.groups.items()), n)
        closed = show_group(group_id).state is not GroupState.OPEN
        queued = [job for job in self.model.children(group_id) if job.status is QUEUED]
        expected = ["group.cancelled", *["job.cancelled"] * len(queued)]
        with self.told(*expected, allowed=not closed and not group.cancelled):
            assert actions.cancel_group(SYSTEM, group_id) == len(queued)
            group.cancelled = group.sealed = True
            for job in queued:
                job.move(CANCELLED, Reason.PARENT_CANCELLED)

    @rule(minutes=st.sampled_from([-60, 1, 60]))
    def clock_steps(self, minutes: int) -> None:
        self.clock.step(minutes=minutes)

    # What always holds

    @invariant()
    def store_and_model_agree(self) -> None:
        rows = ledger.execute_sql(
            "SELECT job_id, status, status_reason, attempt, requeues FROM job"
        )
        assert {job_id: tuple(facts) for job_id, *facts in rows.fetchall()} == {
            job_id: job.facts for job_id, job in self.model.jobs.items()
        }

    @invariant()
    def groups_close_once_when_they_are_over(self) -> None:
        rows = ledger.execute_sql(
            "SELECT group_id, state, (SELECT count(*) FROM audit_event WHERE subject_id = group_id "
            "AND action = 'group.closed') FROM job_group"
        ).fetchall()
        for group_id, state, closings in rows:
            assert closings == (state != "open") == self.model.has_closed(group_id)

    @contextmanager
    def told(self, *actions_expected: str, allowed: bool = True) -> Iterator[None]:
        """One event for each of these and none else; or the first one, refused."""
        before = checkpoint().size
        try:
            yield
            assert allowed, "it should have been refused"
        except Refused:
            assert not allowed, "it should have been allowed"
        new = ledger.execute_sql(
            "SELECT action, outcome FROM audit_event WHERE seq > ?", (before,)
        ).fetchall()
        own = [event for event in new if event[0] not in CONSEQUENCES - set(actions_expected)]
        outcome = "done" if allowed else "refused"
        expected = actions_expected if allowed else actions_expected[:1]
        assert sorted(own) == sorted((action, outcome) for action in expected)

    def held(self) -> list[ClaimedJob]:
        """What the worker holds."""
        return [job.holder for job in self.model.jobs.values() if job.holder]

    def likely(self, status: JobStatus) -> list[tuple[str, ModelJob]]:
        """The jobs in a status, where the verb is most often legal; all when there is none."""
        jobs = list(self.model.jobs.items())
        return [(i, job) for i, job in jobs if job.status is status] or jobs

    def _hire(self) -> None:
        self._hired += 1
        self.worker = f"worker-{self._hired}"
        self._lock = take_lock(self.worker)
        actions.register_worker(self.worker, "pool-1")


def pick(things: Any, n: int) -> Any:
    """One of them; None when there is none."""
    return things[n % len(things)] if things else None


def ending(job: ClaimedJob, how: str) -> tuple[JobStatus, str, Callable[[], None]]:
    """The status and reason one way of ending leads to, and the verb."""
    if how in ("complete", "late"):
        completed = lambda: actions.complete(job, dict, Account())  # noqa: E731
        return JobStatus.COMPLETED, Reason.COMPLETED, completed
    reason = Reason.ERROR if how == "error" else "poisoned:arguments"
    failure = Failure(reason, "ValueError", "boom")
    return FAILED, reason, lambda: actions.fail(job, failure, Account())


@pytest.fixture
def empty(store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A closed, empty store, and `sleep` as a kind that is not safe to run again."""
    database.close()
    monkeypatch.setitem(KINDS, JobKind.SLEEP, replace(KINDS[JobKind.SLEEP], idempotent=False))
    return store


def test_no_order_of_verbs_makes_an_illegal_move(
    empty: Path, extent: Extent, chance: random.Random
) -> None:
    """The examples are those of the printed seed."""

    class VerbsOnCopies(Verbs):
        pass

    VerbsOnCopies.empty = empty
    run_state_machine_as_test(
        seed(chance.randrange(1 << 32))(VerbsOnCopies),
        settings=settings(
            max_examples=extent.examples,
            phases=[Phase.generate],  # a failure is shown as it was found: shrinking takes minutes
            stateful_step_count=40,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""Whatever becomes of its children, in any order: a group closes exactly once, when it should."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from storage import database
from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.errors import Refused
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.group_views import show_group
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob, JobQuery, Origin
from storage.jobs.states import ACTIVE, FOLLOWED, GroupState, Reason
from storage.jobs.together import FollowUp
from tests.storage.jobs.audit import events_of
from tests.stores import a_new_store

ECHO = FollowUp(kind=JobKind.SLEEP, arguments={"seconds": 0})
ANY = st.integers(0, 99)


class GroupMachine(RuleBasedStateMachine):
    """One group; its children are added, claimed, ended, lost, cancelled and retried."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        a_new_store(Path(self._folder.name) / "home")
        self._lock = take_lock("worker-1")
        self.held: list[ClaimedJob] = []
        self.closed_as: GroupState | None = None

    def teardown(self) -> None:
        """The chain is whole whatever happened."""
        assert verify().ok
        self._lock.close()
        database.close()
        self._folder.cleanup()

    @initialize(children=st.integers(0, 3))
    def open(self, children: int) -> None:
        self.group_id = actions.open_group(SYSTEM, "machine", follow_up=ECHO)
        for _ in range(children):
            self.add()

    @rule()
    def add(self) -> None:
        sealed = show_group(self.group_id).sealed_at is not None
        submit = lambda: actions.submit(SYSTEM, "debug", {}, group_id=self.group_id)  # noqa: E731
        assert refused(submit) == sealed

    @rule()
    def seal(self) -> None:
        refused(lambda: actions.seal(SYSTEM, self.group_id))

    @rule()
    def cancel_group(self) -> None:
        refused(lambda: actions.cancel_group(SYSTEM, self.group_id))

    @rule()
    def claim(self) -> None:
        self.held += [job for job in [actions.claim_next("worker-1")] if job]

    @precondition(lambda self: self.held)
    @rule(n=ANY, how=st.sampled_from(["complete", "fail", "lose", "stop"]))
    def end(self, n: int, how: str) -> None:
        job = self.held.pop(n % len(self.held))
        match how:
            case "complete":
                actions.complete(job, dict, Account())
            case "fail":
                actions.fail(job, Failure(Reason.TIMED_OUT, "E", "boom"), Account())
            case "lose":
                actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")
            case "stop":
                actions.stop(job, Account())

    @rule(n=ANY, act=st.sampled_from([actions.cancel, actions.retry]))
    def decide(self, n: int, act: Callable[..., object]) -> None:
        children = views.list_jobs(JobQuery(group=self.group_id))
        if children:
            refused(lambda: act(SYSTEM, children[n % len(children)].job_id))

    @invariant()
    def it_is_closed_exactly_when_it_is_over_and_never_again(self) -> None:
        group = show_group(self.group_id)
        statuses = [row.status for row in views.list_jobs(JobQuery(group=self.group_id))]
        over = group.sealed_at is not None and not ACTIVE & set(statuses)
        if self.closed_as is None and over:
            self.closed_as = group.state
            assert group.state is not GroupState.OPEN
            ends = [statuses.count(end) for end in ("completed", "failed", "cancelled")]
            assert [group.completed, group.failed, group.cancelled] == ends
        assert group.state == (self.closed_as or GroupState.OPEN)
        assert events_of(self.group_id).count(("group.closed", "done")) == bool(self.closed_as)

    @invariant()
    def it_is_followed_at_most_once_and_only_after_success(self) -> None:
        jobs = [row for row in views.list_jobs() if row.origin is Origin.GROUP]
        assert len(jobs) == (self.closed_as in FOLLOWED)


def refused(verb: Callable[[], object]) -> bool:
    """Whether a verb said no."""
    try:
        verb()
    except Refused:
        return True
    return False


TestGroupMachine = GroupMachine.TestCase
TestGroupMachine.settings = settings(
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
)

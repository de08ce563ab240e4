"""A day's work on a store, in verbs: what the power cuts and the copies interrupt."""

import random
from collections.abc import Callable

from storage.audit.actor import SYSTEM
from storage.database import tidy
from storage.engine import ledger
from storage.errors import Refused
from storage.jobs import actions, views
from storage.jobs.endings import Account, Failure
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob, LogEntry, Progress
from storage.jobs.states import Reason
from storage.jobs.telemetry import tell
from tests.builders import a_draft, a_second_officer, a_signed_handover, an_entry
from tests.crash.fingerprint import fingerprint

WORKER = "worker-of-the-day"


def content() -> str:
    """The fingerprint of the open store."""
    return fingerprint(lambda sql: ledger.execute_sql(sql).fetchall())


class Day:
    """Takes one random step of work after the other."""

    def __init__(self, chance: random.Random) -> None:
        self._chance, self._held = chance, list[ClaimedJob]()
        self._lock = take_lock(WORKER)
        actions.register_worker(WORKER, "pool-of-the-day")
        self._steps: list[Callable[[], object]] = [
            self.submit, self.submit, self.claim, self.claim, self.end, self.end, self.end,
            self.talk, self.submit_group, self.steer, self.rescue, self.write, tidy,
        ]  # fmt: skip

    def close(self) -> None:
        """Let the worker go."""
        self._lock.close()

    def work(self, steps: int) -> None:
        """Take some steps."""
        for _ in range(steps):
            self._chance.choice(self._steps)()

    def submit(self) -> None:
        """One job, now and then a large one."""
        message = "x" * self._chance.choice([1, 20, 9_000])
        actions.submit(SYSTEM, "debug", {"message": message}, priority=self._chance.randrange(5))

    def submit_group(self) -> None:
        """A few jobs that belong together."""
        actions.submit_together(SYSTEM, "sleep", {"seconds": 0}, self._chance.randint(2, 6))

    def claim(self) -> None:
        """As a worker does, up to eight at once."""
        self._held += actions.claim(WORKER, self._chance.choice([1, 8]))

    def end(self) -> None:
        """Complete or fail one that is held."""
        if not self._held:
            return
        job = self._held.pop(self._chance.randrange(len(self._held)))
        account = Account(lines=[LogEntry(level="INFO", event="summary", message="done")])
        if self._chance.random() < 0.8:
            actions.complete(job, lambda: {"echo": "x" * self._chance.choice([1, 5_000])}, account)
        else:
            actions.fail(job, Failure(Reason.ERROR, "ValueError", "boom"), account)

    def talk(self) -> None:
        """Progress and a log line, which are committed with one sync less."""
        if self._held:
            line = LogEntry(level="INFO", event="note", message="on the way")
            tell(self._held[0], Progress(phase="echo", current=1, total=2), [line])

    def steer(self) -> None:
        """Cancel, retry or raise whatever comes; a refusal is an event too."""
        verb = self._chance.choice([actions.cancel, actions.retry, actions.boost])
        jobs = views.list_jobs(limit=20)
        try:
            if jobs:
                verb(SYSTEM, self._chance.choice(jobs).job_id)
        except Refused:
            pass

    def rescue(self) -> None:
        """Give one up as if its worker were gone."""
        if self._held:
            job = self._held.pop()
            actions.give_up(SYSTEM, job.job_id, job.attempt_id, "gone")

    def write(self) -> None:
        """An entry, with the full-text index that goes with it."""
        an_entry("Port bilge pump leaks at the shaft seal. " * self._chance.randint(1, 40))


def sign_a_handover() -> None:
    """A draft, its review and both signatures: the largest transactions there are."""
    a_signed_handover()
    an_entry("Found after the signing.", by=a_second_officer())
    a_draft()

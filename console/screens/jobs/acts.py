"""What people may do to jobs: retry, cancel, decide, boost; on the list and on one job."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Literal, cast

from console.screens.asking import Choose, Confirm
from console.screens.attempts import Attempts
from console.screens.bulk import BulkActs
from console.screens.writing import AskReason
from storage.jobs.attempts import VERBS, attempt
from storage.jobs.bulk import cancel_all, retry_all
from storage.jobs.decisions import cancel, decide, retry
from storage.jobs.engine import boost
from storage.jobs.explain import why_no_cancel, why_no_retry
from storage.jobs.record import JobRow
from storage.jobs.rules import why_not_boost, why_not_decide
from storage.jobs.states import JobStatus
from storage.people.views import CrewMember

NOTHING = "There is no job under the cursor."

WHY = "Why? It stays on record."

DECISIONS = (
    ("rerun", "run it again: a new attempt; right if doing it twice does no harm"),
    ("close", "close it: it is settled some other way, or not wanted any more"),
)


class JobActs(BulkActs, Attempts):
    """The four commands."""

    def attempt(self, command_id: str, person: CrewMember) -> Callable[[], object] | None:
        """What asks the store about one job; for many, the confirm sheet says which can."""
        jobs = [] if self.scope() else self.jobs_in_hand()
        if not jobs or command_id not in VERBS:
            return None
        return partial(attempt, person.actor, jobs[0].job_id, command_id)

    def jobs_in_hand(self) -> Sequence[JobRow]:
        """The jobs the commands are about."""
        raise NotImplementedError

    def why_not_retry(self) -> str | None:
        """The store's own reason."""
        return self._first_reason(why_no_retry)

    def why_not_cancel(self) -> str | None:
        """The store's own reason."""
        return self._first_reason(why_no_cancel)

    def why_not_decide(self) -> str | None:
        """The store's own reason."""
        if self.scope():
            return "Decide about one job at a time."
        return self._first_reason(lambda job: why_not_decide(job.status, job.status_reason))

    def why_not_boost(self) -> str | None:
        """The store's own reason."""
        if self.scope():
            return "Raise one job at a time."
        return self._first_reason(lambda job: why_not_boost(job.status, job.priority))

    def _first_reason(self, ask: Callable[[JobRow], str | None]) -> str | None:
        scope = self.scope()
        if scope and scope.everything:
            return None
        reasons = [ask(job) for job in self.jobs_in_hand()]
        return next((reason for reason in reasons if reason), None) if reasons else NOTHING

    async def action_retry(self) -> None:
        """r: always a confirm sheet."""
        again = (
            "will be queued again as a new attempt. "
            "Earlier attempts and their errors stay on record."
        )
        person = await self.require_person("to retry a job")
        if scope := self.scope():
            await self.confirm("Retry", again, scope, yes="retry")
            await self.do_to_all(retry_all, person.actor, scope, "queued again")
            return
        job = self.jobs_in_hand()[0]
        await self.ask(Confirm("Retry?", f"{_this(job)} {again}", yes="retry"))
        await self.call(retry, person.actor, job.job_id)
        self._said("Queued again.")

    async def action_cancel(self) -> None:
        """x: what is cancelled is not brought back."""
        person = await self.require_person("to cancel a job")
        if scope := self.scope():
            sentence = "will be cancelled, or asked to stop if running. This cannot be undone."
            await self.confirm("Cancel", sentence, scope, yes="cancel them")
            await self.do_to_all(cancel_all, person.actor, scope, "cancelled or asked to stop")
            return
        job = self.jobs_in_hand()[0]
        running = job.status is JobStatus.RUNNING
        ask = "will be asked to stop" if running else "will be cancelled"
        sentence = f"{_this(job)} {ask}. This cannot be undone."
        await self.ask(Confirm("Cancel?", sentence, yes="cancel it", no="leave it"))
        answer = await self.call(cancel, person.actor, job.job_id)
        self._said("Cancelled." if answer == "cancelled" else "Asked to stop.")

    async def action_boost(self) -> None:
        """b: before the others of its queue; it takes back nothing, so nothing is asked."""
        job = self.jobs_in_hand()[0]
        person = await self.require_person("to raise a job")
        await self.call(boost, person.actor, job.job_id)
        self._said("Raised to priority 4, before the others of its queue.")

    async def action_decide(self) -> None:
        """D: what became of it."""
        job = self.jobs_in_hand()[0]
        person = await self.require_person("to decide about a job")
        answer = await self.ask(Choose("Outcome unknown", _unknown(job), DECISIONS))
        kept = self.half_written("decide", job.job_id)
        reason = await self.ask(AskReason("Outcome unknown", WHY, kept=kept))
        verdict = cast(Literal["rerun", "close"], answer)
        await self.call(decide, person.actor, job.job_id, verdict, reason)
        self.say("Decided: queued again." if answer == "rerun" else "Decided: closed.", "done")
        self.acted()

    def _said(self, sentence: str) -> None:
        self.say(sentence, "done")
        self.acted()


def _this(job: JobRow) -> str:
    which = f", attempt {job.attempt}" if job.attempt else ""
    return f"“{job.spec.label}”{which}, {job.status},"


def _unknown(job: JobRow) -> str:
    return (
        f"The worker died while “{job.spec.label}” was running, and nobody knows whether it took "
        "effect. Look at what it would have made, then say:"
    )

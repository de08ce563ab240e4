"""What people may do to jobs: retry, cancel, decide; on the list (several) and on one job."""

from collections.abc import Callable, Sequence
from typing import Any, Literal, cast

from console.screens.asking import AskReason, Choose, Confirm
from console.screens.live import LiveScreen
from storage.errors import Refused
from storage.jobs.decisions import cancel, decide, retry
from storage.jobs.explain import why_no_cancel, why_no_retry
from storage.jobs.record import JobRow
from storage.jobs.rules import why_not_decide
from storage.jobs.states import JobStatus

NOTHING = "There is no job under the cursor."

DECISIONS = (
    ("rerun", "run it again: a new attempt; right if doing it twice does no harm"),
    ("close", "close it: it is settled some other way, or not wanted any more"),
)


class JobActs(LiveScreen):
    """The three commands. A bulk act is always "these n": exactly the marked rows."""

    def jobs_in_hand(self) -> Sequence[JobRow]:
        """The jobs the commands are about."""
        raise NotImplementedError

    def acted(self) -> None:
        """Something was done to them."""
        self.ask_again()

    def why_not_retry(self) -> str | None:
        """The store's own reason."""
        return self._first_reason(why_no_retry)

    def why_not_cancel(self) -> str | None:
        """The store's own reason."""
        return self._first_reason(why_no_cancel)

    def why_not_decide(self) -> str | None:
        """The store's own reason."""
        if len(self.jobs_in_hand()) > 1:
            return "Decide about one job at a time."
        return self._first_reason(lambda job: why_not_decide(job.status, job.status_reason))

    def _first_reason(self, ask: Callable[[JobRow], str | None]) -> str | None:
        reasons = [ask(job) for job in self.jobs_in_hand()]
        return next((reason for reason in reasons if reason), None) if reasons else NOTHING

    async def action_retry(self) -> None:
        """r: always a confirm sheet."""
        jobs = self.jobs_in_hand()
        person = await self.require_person("to retry a job")
        sentence = (
            f"{_these(jobs)} will be queued again as a new attempt. "
            "Earlier attempts and their errors stay on record."
        )
        await self.ask(Confirm("Retry?", sentence, yes="retry"))
        await self._each(jobs, lambda job: retry(person.actor, job.job_id), "queued again")

    async def action_cancel(self) -> None:
        """x: what is cancelled is not brought back."""
        jobs = self.jobs_in_hand()
        person = await self.require_person("to cancel a job")
        running = any(job.status is JobStatus.RUNNING for job in jobs)
        ask = "will be asked to stop" if running else "will be cancelled"
        sentence = f"{_these(jobs)} {ask}. This cannot be undone."
        await self.ask(Confirm("Cancel?", sentence, yes="cancel it", no="leave it"))
        done = "asked to stop" if running else "cancelled"
        await self._each(jobs, lambda job: cancel(person.actor, job.job_id), done)

    async def action_decide(self) -> None:
        """D: what became of it."""
        job = self.jobs_in_hand()[0]
        person = await self.require_person("to decide about a job")
        answer = await self.ask(Choose("Outcome unknown", _unknown(job), DECISIONS))
        reason = await self.ask(AskReason("Outcome unknown", "Why? It stays on record."))
        verdict = cast(Literal["rerun", "close"], answer)
        await self.call(decide, person.actor, job.job_id, verdict, reason)
        self.say("Decided: queued again." if answer == "rerun" else "Decided: closed.", "done")
        self.acted()

    async def _each(self, jobs: Sequence[JobRow], act: Callable[[JobRow], Any], done: str) -> None:
        refusals = []
        for job in jobs:
            try:
                await self.call(act, job)
            except Refused as refusal:
                refusals.append(str(refusal))
        count = len(jobs) - len(refusals)
        if refusals:
            self.say(f"{count} {done}, {len(refusals)} refused: {refusals[0]}", "warning")
        else:
            self.say(f"{count} {'job' if count == 1 else 'jobs'} {done}.", "done")
        self.acted()


def _these(jobs: Sequence[JobRow]) -> str:
    if len(jobs) == 1:
        return f"“{jobs[0].spec.label}”, attempt {jobs[0].attempt}, {jobs[0].status},"
    return f"These {len(jobs)} marked jobs"


def _unknown(job: JobRow) -> str:
    return (
        f"The worker died while “{job.spec.label}” was running, and nobody knows whether it took "
        "effect. Look at what it would have made, then say:"
    )

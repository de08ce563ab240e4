"""What people may do about failures that are alike: answer for them."""

from functools import partial

from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from storage.jobs.failures import acknowledge, why_not_acknowledge
from storage.jobs.kinds import KINDS
from storage.jobs.together import FailureRecord

WHY = "Why may it stand, or what is done about it? The jobs and their errors stay as they are."
OWNER = "Who sees to it? A name or a position."


class FailureActs(LiveScreen):
    """The command."""

    def failure_in_hand(self) -> FailureRecord | None:
        """The failure the command is about."""
        raise NotImplementedError

    def why_not_acknowledge_failure(self) -> str | None:
        """The store's own reason."""
        failure = self.failure_in_hand()
        return why_not_acknowledge(failure) if failure else "There is no failure under the cursor."

    async def action_acknowledge_failure(self) -> None:
        """a: a reason and an owner; nothing is deleted."""
        failure = self.failure_in_hand()
        assert failure is not None
        person = await self.require_person("to answer for a failure")
        title = f"{KINDS[failure.kind].label} failed {_times(failure.count)}"
        kept = self.half_written("acknowledge_failure", failure.failure_id)
        reason = await self.ask(AskReason(title, WHY, kept=kept))
        owner = await self.ask(AskReason(title, OWNER, text=person.name, placeholder="who"))
        answer = partial(acknowledge, reason=reason, owner=owner)
        await self.call(answer, person.actor, failure.failure_id)
        self.say("Acknowledged; if it happens again, it is new again.", "done")
        self.ask_again()


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

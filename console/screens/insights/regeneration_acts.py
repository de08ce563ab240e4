"""What people decide about what was collected: approve, reject, try again, roll back."""

from functools import partial

from console.screens.asking import Confirm
from console.screens.insights.acts import ON_RECORD
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from storage.insights import deciding, outputs
from storage.insights.output_views import OutputView, RegenerationView
from storage.insights.states import OutputStatus, RegenerationStatus

NOTHING = "There is no regeneration under the cursor."


class RegenerationActs(LiveScreen):
    """The four commands, on the list and on one regeneration."""

    def regeneration_in_hand(self) -> RegenerationView | None:
        """The regeneration the commands are about."""
        raise NotImplementedError

    def why_not_approve_output(self) -> str | None:
        """There is no output yet, or it is decided."""
        one = self.regeneration_in_hand()
        if one is None:
            return NOTHING
        if one.output is None:
            waits = one.status is RegenerationStatus.PENDING
            return "The worker has not collected it yet." if waits else "It failed: no output."
        decided = one.output.status is not OutputStatus.PENDING
        return f"The output is {one.output.status} already." if decided else None

    why_not_reject_output = why_not_approve_output

    def why_not_retry_regeneration(self) -> str | None:
        """What the store would say."""
        one = self.regeneration_in_hand()
        if one is None:
            return NOTHING
        rejected = one.output is not None and one.output.status is OutputStatus.REJECTED
        if one.status is not RegenerationStatus.FAILED and not rejected:
            return "It neither failed nor was rejected; there is nothing to try again."
        used = one.retried_by
        return f"Its retry has been used, by regeneration {used}." if used else None

    def why_not_roll_back(self) -> str | None:
        """Only an approved version that no longer stands can be put back."""
        one = self.regeneration_in_hand()
        if one is None or one.output is None:
            return "There is no version here that could be put back."
        version, status = one.output.version, one.output.status
        if status is not OutputStatus.APPROVED:
            return f"Version {version} is {status}; only an approved one can be put back."
        return f"Version {version} is the one that stands." if one.output.stands else None

    async def action_approve_output(self) -> None:
        """a: from now on it stands."""
        output = self._output()
        person = await self.require_person("to approve what was collected")
        sentence = f"“{output.title}”, version {output.version}, will stand for {output.target}."
        await self.ask(Confirm("Approve?", sentence, yes="approve", no="leave it"))
        await self.call(outputs.approve, person.actor, output.id)
        self._said("Approved; it stands.")

    async def action_reject_output(self) -> None:
        """x: with a reason."""
        output = self._output()
        person = await self.require_person("to reject what was collected")
        sentence = f"“{output.title}” will not stand. {ON_RECORD}"
        kept = self.half_written("reject_output", output.id)
        reason = await self.ask(AskReason("Reject", sentence, kept=kept))
        await self.call(partial(outputs.reject, reason=reason), person.actor, output.id)
        self._said("Rejected; it stays on record.")

    async def action_retry_regeneration(self) -> None:
        """r: with a reason; the person who gives it approves it."""
        one = self.regeneration_in_hand()
        assert one is not None
        person = await self.require_person("to approve a retry")
        kept = self.half_written("retry_regeneration", one.id)
        sentence = f"It can be used once. {ON_RECORD}"
        reason = await self.ask(AskReason("Try again", sentence, kept=kept))
        await self.call(partial(deciding.retry, reason=reason), person.actor, one.id)
        self._said("Approved: the worker tries again, as a regeneration of its own.")

    async def action_roll_back(self) -> None:
        """b: nothing that was made changes; a new version is added."""
        output = self._output()
        person = await self.require_person("to roll back")
        sentence = f"Version {output.version} of “{output.title}” comes back as a new version. "
        kept = self.half_written("roll_back", output.id)
        reason = await self.ask(AskReason("Roll back", sentence + ON_RECORD, kept=kept))
        made = await self.call(partial(outputs.rollback, reason=reason), person.actor, output.id)
        self._said(f"Version {made.version} stands, with the words of version {output.version}.")

    def _output(self) -> OutputView:
        one = self.regeneration_in_hand()
        assert one is not None and one.output is not None
        return one.output

    def _said(self, sentence: str) -> None:
        self.say(sentence, "done")
        self.ask_again()

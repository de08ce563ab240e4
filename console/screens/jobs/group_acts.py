"""What people may do to a group, on the list and on one group: cancel it."""

from console.screens.asking import Confirm
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from storage.jobs.groups import cancel_group
from storage.jobs.rules import why_not_cancel_group
from storage.jobs.together import GroupRecord

MANY = 50
"""From so many waiting jobs on, the sheet asks for the number (CONSOLE rule 3)."""


class GroupActs(LiveScreen):
    """The command."""

    def group_in_hand(self) -> GroupRecord | None:
        """The group the command is about."""
        raise NotImplementedError

    def why_not_cancel_group(self) -> str | None:
        """The store's own reason."""
        group = self.group_in_hand()
        if group is None:
            return "There is no group under the cursor."
        asked = group.cancel_requested_at is not None
        return why_not_cancel_group(group.state, asked, group.running)

    async def action_cancel_group(self) -> None:
        """x: what is cancelled is not brought back."""
        group = self.group_in_hand()
        assert group is not None
        person = await self.require_person("to cancel a group")
        await self._confirm(group)
        cancelled = await self.call(cancel_group, person.actor, group.group_id)
        self.say(f"{_jobs(cancelled)} cancelled; what runs is left to end.", "done")
        self.ask_again()

    async def _confirm(self, group: GroupRecord) -> None:
        sentence = (
            f"“{group.label}”: {_jobs(group.queued)} will be cancelled, {group.running} running "
            "left to end, and nothing follows. This cannot be undone."
        )
        if group.queued < MANY:
            await self.ask(Confirm("Cancel group?", sentence, yes="cancel it", no="leave it"))
            return
        asked = f"{sentence} Write how many wait to go on."
        number = await self.ask(AskReason("Cancel group?", asked, placeholder="the number"))
        while number != str(group.queued):
            asked = f"{sentence} It is not {number}: {group.queued} wait. Write that number."
            number = await self.ask(AskReason("Cancel group?", asked, placeholder="the number"))


def _jobs(count: int) -> str:
    return "1 job" if count == 1 else f"{count} jobs"

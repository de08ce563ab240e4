"""What people decide about suggestions; and counting at once, on every list of the place."""

from functools import partial

from console.keys_aboard import key
from console.screens.asking import Confirm
from console.screens.live import LiveScreen
from console.screens.writing import AskReason
from storage.insights import deciding
from storage.insights.states import SuggestionStatus, SuggestionType
from storage.insights.views import SuggestionView
from storage.jobs.kinds import JobKind
from storage.jobs.submission import submit

ON_RECORD = "Why? It stays on record."


class Counting(LiveScreen):
    """The command that every list of the place has."""

    async def action_count_now(self) -> None:
        """c: what runs at every half-hour, now."""
        person = await self.require_person("to count now")
        job = await self.call(submit, person.actor, JobKind.ANALYTICS_JOBS, {})
        self.requested(job, "what it finds will stand here")


class SuggestionActs(LiveScreen):
    """Accepting and dismissing."""

    def suggestion_in_hand(self) -> SuggestionView | None:
        """The suggestion the commands are about."""
        raise NotImplementedError

    def why_not_accept_suggestion(self) -> str | None:
        """Nothing there, or decided already."""
        one = self.suggestion_in_hand()
        if one is None:
            return "There is no suggestion under the cursor."
        is_open = one.status is SuggestionStatus.OPEN
        return None if is_open else f"The suggestion is {one.status} already."

    why_not_dismiss_suggestion = why_not_accept_suggestion

    async def action_accept_suggestion(self) -> None:
        """a: something comes of it, so it asks."""
        one = self._suggestion()
        person = await self.require_person("to accept a suggestion")
        proposes = one.type is SuggestionType.PROPOSE_ENTRY
        comes = (
            "A proposal goes to the inbox, where a person makes it an entry or not."
            if proposes
            else "The worker collects what is on record; the outcome waits for approval."
        )
        await self.ask(Confirm("Accept?", f"{one.text} {comes}", yes="accept", no="leave it"))
        await self.call(deciding.accept, person.actor, one.id)
        inbox = f"the inbox ({key('go_entries')}, {key('inbox')}) has the proposal"
        where = inbox if proposes else f"{key('next_list')} shows the regeneration"
        self.say(f"Accepted: {where}.", "done")
        self.ask_again()

    async def action_dismiss_suggestion(self) -> None:
        """d: with a reason."""
        one = self._suggestion()
        person = await self.require_person("to dismiss a suggestion")
        kept = self.half_written("dismiss_suggestion", one.id)
        sentence = f"{one.text} {ON_RECORD}"
        reason = await self.ask(AskReason("Dismiss the suggestion", sentence, kept=kept))
        await self.call(partial(deciding.dismiss, reason=reason), person.actor, one.id)
        self.say("Dismissed; it stays on record.", "done")
        self.ask_again()

    def _suggestion(self) -> SuggestionView:
        one = self.suggestion_in_hand()
        assert one is not None
        return one

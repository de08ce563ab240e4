"""A key pressed on what is not legal now is an attempt: the store says no, on record (I1).

The screen has said so beforehand (CONSOLE rule 5); the words are the same, because both ask the
same rules.
"""

from collections.abc import Callable
from functools import partial

from console.screens.live import LiveScreen
from storage.errors import NotReady, Refused
from storage.people.views import CrewMember


class Attempts(LiveScreen):
    """The base of screens whose commands are moves that the store records when it refuses them."""

    def attempt(self, command_id: str, person: CrewMember) -> Callable[[], object] | None:
        """What asks the store whether this person may do it now; None for what is no move."""
        return None

    async def tell_missing(self, command_id: str, missing: list[str]) -> None:
        """Say what stands between the person and the move."""
        self.say(str(NotReady(missing)), "warning")

    def refuse(self, command_id: str, refusal: str) -> None:
        """Have the store refuse it too; without a person nobody has tried anything."""
        ask = self.attempt(command_id, self.person) if self.person else None
        if ask is None:
            super().refuse(command_id, refusal)
            return
        self._begin(partial(self._try, command_id, ask), command_id)

    async def _try(self, command_id: str, ask: Callable[[], object]) -> None:
        """Refused on record; or the picture was old, it is legal after all, and it is done."""
        try:
            await self.call(ask)
        except NotReady as said:
            await self.tell_missing(command_id, said.facts["missing"])
        except Refused as said:
            self.say(str(said), "warning")
        else:
            await getattr(self, f"action_{command_id}")()

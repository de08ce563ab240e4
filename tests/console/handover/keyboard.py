"""A person at the console: keys in, what stands on the screen out. Waits on conditions only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual.widgets import OptionList

from console.app import EightBellsApp
from console.screens.handover.place import HandoverPlace
from console.screens.sign_in import SignIn
from storage.drafts.views import ItemView, draft
from storage.people.views import CrewMember
from tests.builders import pin_of
from tests.console.app.terminal import LARGE as LARGE
from tests.console.app.terminal import SMALL, Terminal


class Keyboard(Terminal):
    """A terminal on which somebody signs in and goes to the handover."""

    @property
    def place(self) -> HandoverPlace:
        """The Handover place, in front or behind a sheet."""
        return next(s for s in self.app.screen_stack if isinstance(s, HandoverPlace))

    async def sign_in(self, person: CrewMember) -> None:
        """i, name, PIN, Enter."""
        await self.press("i")
        await self.identify(person)

    async def identify(self, person: CrewMember) -> None:
        """Name and PIN on the sign-in sheet that is open."""
        await self.until(lambda: isinstance(self.app.screen, SignIn), "the sign-in sheet")
        crew = self.app.screen.query_one(OptionList)
        ids = [crew.get_option_at_index(i).id for i in range(crew.option_count)]
        await self.press(*["down"] * ids.index(person.id))
        await self.type(pin_of(person))
        await self.press("enter")
        await self.until(lambda: self.app.person == person, "signed in")

    async def go_to_handover(self) -> None:
        """3, and wait for the picture."""
        await self.press("3")
        await self.until(
            lambda: isinstance(self.app.screen, HandoverPlace) and self.place.picture is not None,
            "the Handover place",
        )


@asynccontextmanager
async def a_console(
    home: Path, person: CrewMember | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Keyboard]:
    """The console on the open store, on the Handover place, `person` signed in."""
    app = EightBellsApp(home, offers_worker=False)
    async with app.run_test(size=size) as pilot:
        keyboard = Keyboard(pilot)
        if person is not None:
            await keyboard.sign_in(person)
        await keyboard.go_to_handover()
        yield keyboard


def items(draft_id: str) -> dict[str, ItemView]:
    """The items as they stand, by number."""
    return {item.number: item for item in draft(draft_id).items().values()}


async def goes_to(keyboard: Keyboard, number: str) -> ItemView:
    """The cursor on an item, in whatever section it is."""
    await keyboard.until(lambda: keyboard.place.draft is not None, "a draft")
    while number not in [i.number for i in keyboard.place.section.items]:  # type: ignore[union-attr]
        await keyboard.press("right_square_bracket")
    await keyboard.press("home")
    while keyboard.place.item is None or keyboard.place.item.number != number:
        await keyboard.press("down")
    return keyboard.place.item


async def opens(keyboard: Keyboard, key: str, sheet: type) -> None:
    """A key that opens a sheet."""
    await keyboard.press(key)
    await keyboard.until(lambda: isinstance(keyboard.app.screen, sheet), f"{sheet.__name__}")
    await keyboard.pilot.pause()

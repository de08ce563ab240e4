"""A person at the console: keys in, what stands on the screen out. Waits on conditions only."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import OptionList

from console.app import EightBellsApp
from console.screens.handover import HandoverPlace
from console.screens.sign_in import SignIn
from storage.drafts.views import ItemView, draft
from storage.people.views import CrewMember
from tests.builders import pin_of

PATIENCE_S = 20.0
SMALL, LARGE = (80, 24), (160, 50)


class Keyboard:
    """One terminal with somebody in front of it."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> EightBellsApp:
        """The console."""
        app = self.pilot.app
        assert isinstance(app, EightBellsApp)
        return app

    @property
    def place(self) -> HandoverPlace:
        """The Handover place, in front or behind a sheet."""
        return next(s for s in self.app.screen_stack if isinstance(s, HandoverPlace))

    @property
    def text(self) -> str:
        """Everything on the screen."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    @property
    def flat(self) -> str:
        """Everything on the screen on one line, without frames and double spaces."""
        return " ".join(self.text.translate({ord(c): " " for c in "│╭╮╰╯─▌"}).split())

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type words."""
        await self.pilot.press(*({" ": "space", ".": "full_stop"}.get(c, c) for c in text))

    async def until(self, is_so: Callable[[], object], what: str = "") -> None:
        """Wait until something is so.

        Raises:
            AssertionError: it never was; with what the screen says instead.
        """
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            await self.pilot.pause()
            if is_so():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"never so: {what}\n{self.text}")

    async def sees(self, *words: str) -> None:
        """Wait until all these words stand on the screen."""
        await self.until(lambda: all(word in self.flat for word in words), f"{words} on screen")

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

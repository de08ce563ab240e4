"""A terminal with somebody in front of it. Waits on conditions only, never on the clock."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from console.app import EightBellsApp
from console.screens.live import LiveScreen
from console.widgets.rows import RowList
from console.widgets.status import StatusLine
from storage.people.views import CrewMember

PATIENCE_S = 20.0
SMALL, LARGE = (80, 24), (160, 50)
KEYS = {" ": "space", ".": "full_stop", ",": "comma", ":": "colon", "-": "minus", "\n": "enter"}


class Terminal:
    """Keys in, text out."""

    def __init__(self, pilot: Pilot[int]) -> None:
        self.pilot = pilot

    @property
    def app(self) -> EightBellsApp:
        """The console."""
        app = self.pilot.app
        assert isinstance(app, EightBellsApp)
        return app

    @property
    def text(self) -> str:
        """Everything on the screen, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    @property
    def flat(self) -> str:
        """Everything on the screen as one line, without frames and double spaces."""
        return " ".join(self.text.translate({ord(c): " " for c in "│╭╮╰╯─▌"}).split())

    @property
    def status(self) -> str:
        """The sentence on the status line of the screen that shows the store."""
        live = next(s for s in reversed(self.app.screen_stack) if isinstance(s, LiveScreen))
        return live.query_one(StatusLine).sentence

    @property
    def rows(self) -> RowList:
        """The list of the place."""
        return self.app.screen_stack[0].query_one("#list", RowList)

    async def press(self, *keys: str) -> None:
        """Press keys."""
        await self.pilot.press(*keys)

    async def type(self, text: str) -> None:
        """Type words."""
        await self.pilot.press(*(KEYS.get(c, c) for c in text))

    async def until(self, is_so: Callable[[], object], what: str = "") -> None:
        """Wait until something is so; fails with what the screen says instead."""
        deadline = asyncio.get_running_loop().time() + PATIENCE_S
        while asyncio.get_running_loop().time() < deadline:
            await self.pilot.pause()
            if is_so():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"never so: {what}\n{self.text}")

    async def sees(self, *words: str) -> None:
        """Wait until all these words stand on the screen."""
        await self.until(lambda: all(word in self.flat for word in words), f"{words} on screen")

    async def says(self, *words: str) -> None:
        """Wait until the status line says this."""
        await self.until(lambda: all(word in self.status for word in words), f"says {words}")

    async def goes_to(self, key: str, *words: str) -> None:
        """Go to a place and wait until these words stand there."""
        await self.press(key)
        await self.sees(*words)


@asynccontextmanager
async def a_terminal(
    home: Path, person: CrewMember | None = None, size: tuple[int, int] = SMALL
) -> AsyncIterator[Terminal]:
    """The console on the open store, on the Watch; `person` is signed in already."""
    app = EightBellsApp(home, offers_worker=False)
    app.session.person = person
    async with app.run_test(size=size, notifications=True) as pilot:
        terminal = Terminal(pilot)
        await terminal.sees("Needs attention")
        yield terminal

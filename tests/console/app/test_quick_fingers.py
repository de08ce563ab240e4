"""Keys pressed faster than the screen is drawn do what they say, once."""

import asyncio
from pathlib import Path

from storage.database import transaction
from storage.entries.views import list_entries
from storage.errors import Refused
from tests.builders import a_second_officer
from tests.console.app.terminal import a_terminal


async def test_a_command_that_is_being_carried_out_is_not_begun_again(store: Path) -> None:
    begun: list[asyncio.Event] = []

    async def slow() -> None:
        begun.append(asyncio.Event())
        await begun[-1].wait()
        raise Refused(why="Not today.")

    async with a_terminal(store, a_second_officer()) as terminal:
        watch = terminal.app.screen_stack[0]
        watch.action_generate = slow  # type: ignore[attr-defined]
        await terminal.press("g", "g")
        await terminal.until(lambda: begun, "begun")
        assert len(begun) == 1
        begun[0].set()
        await terminal.says("Not today.")
        await terminal.press("g")
        await terminal.until(lambda: len(begun) == 2, "begun once more")
        begun[1].set()


async def test_an_entry_whose_save_takes_its_time_is_saved_once(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Bilge pump 2 leaks")
        with transaction():
            await terminal.press("ctrl+s", "ctrl+s", "escape", "ctrl+s")
            await terminal.sees("One moment: it is being saved.")
        await terminal.says("Entry saved.")
    assert len(list_entries()) == 1

"""CONSOLE rule 4: what the reader looks at never moves; nothing is read when nothing changes."""

import asyncio
from pathlib import Path

from textual.widget import Widget

from console import background
from console.screens.live import LiveScreen
from storage.entries.views import EntryQuery, list_entries
from tests.builders import a_second_officer, an_entry, entries, many_entries
from tests.clock import ShipClock
from tests.console.app.jobs import a_queued_job
from tests.console.app.terminal import LARGE, Terminal, a_terminal


def _widgets(terminal: Terminal) -> list[Widget]:
    return list(terminal.app.screen.walk_children())


async def test_a_refresh_keeps_the_cursor_on_its_row_and_makes_no_widget_anew(store: Path) -> None:
    """CONSOLE rule 4"""
    entries(*(f"Bilge pump {n} leaks." for n in range(1, 6)))
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "Bilge pump 1")
        await terminal.press("down", "down")
        widgets, row = _widgets(terminal), terminal.rows.cursor_id
        an_entry("Fire door 3 does not close.")
        await terminal.sees("Fire door 3")
        assert terminal.rows.cursor_id == row
        assert _widgets(terminal) == widgets


async def test_a_list_nobody_has_moved_in_stays_at_its_newest_row(store: Path) -> None:
    """CONSOLE rule 4"""
    an_entry("Bilge pump leaks.")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "Bilge pump")
        newest = an_entry("Fire door 3 does not close.").id
        await terminal.until(lambda: terminal.rows.cursor_id == newest, "on the newest")


async def test_a_dialog_holds_the_list_still_and_says_how_much_is_new(store: Path) -> None:
    """CONSOLE rule 4"""
    an_entry("Bilge pump leaks.")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "Bilge pump")
        await terminal.press("question_mark")
        an_entry("Fire door 3 does not close.")
        an_entry("Fire door 4 does not close.")
        await terminal.sees("2 new · F5 shows")
        assert len(terminal.rows.row_ids) == 1
        await terminal.press("escape")
        await terminal.sees("Fire door 3", "Fire door 4")
        assert "new · F5" not in terminal.flat


async def test_time_that_passes_under_a_dialog_is_nothing_new(
    store: Path, clock: ShipClock
) -> None:
    """CONSOLE rule 4: only what the screen is about counts."""
    async with a_terminal(store) as terminal:
        await terminal.goes_to("3", "No handover has been drafted")
        await terminal.press("question_mark")
        clock.advance(minutes=1)
        await terminal.sees("06:01 LT")
        assert "new · F5" not in terminal.flat


async def test_a_mark_and_a_pause_hold_the_list_still_too(store: Path) -> None:
    """CONSOLE rule 4"""
    a_queued_job("first")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("4", "1 job")
        await terminal.press("space")
        a_queued_job("second")
        await terminal.sees("1 new · F5 shows")
        await terminal.press("up", "space")
        await terminal.sees("2 jobs")
        await terminal.press("p")
        await terminal.sees("display held")
        a_queued_job("third")
        await terminal.sees("1 new · display held, p lets go")
        await terminal.press("p")
        await terminal.sees("3 jobs")


async def test_nothing_is_read_while_nothing_changes(store: Path) -> None:
    """CONSOLE rule 4: one number is looked at, no query runs."""
    an_entry("Bilge pump leaks.")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "Bilge pump")
        asked: list[object] = []
        screen = terminal.app.screen
        assert isinstance(screen, LiveScreen)
        question = screen.question()

        def ask() -> object:
            asked.append(question())
            return asked[-1]

        terminal.app.background.ask(screen, ask)
        await terminal.until(lambda: asked, "asked once")
        for _ in range(5):
            await asyncio.sleep(background.IDLE_S)
        assert len(asked) == 1


async def test_a_long_list_is_a_window_that_moves_with_the_cursor(store: Path) -> None:
    """A few hundred rows are loaded, whatever there is."""
    many_entries(450)
    by_age = [entry.id for entry in list_entries(EntryQuery(), limit=450)]
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("2", "450 entries")
        seen = [terminal.rows.cursor_id]
        while seen[-1] != by_age[-1]:
            at = terminal.rows.cursor_id
            await terminal.press("pagedown")
            await terminal.until(lambda at=at: terminal.rows.cursor_id != at, "further down")
            seen.append(terminal.rows.cursor_id)
            assert len(terminal.rows.row_ids) <= 300
        assert seen == [i for i in by_age if i in seen], "in order, nothing twice"
        assert by_age[0] not in terminal.rows.row_ids
        while by_age[0] not in terminal.rows.row_ids:
            await terminal.press("home")


async def test_the_pane_shows_the_row_under_the_cursor(store: Path) -> None:
    an_entry("Bilge pump leaks.")
    an_entry("Fire door 3 does not close.", by=a_second_officer())
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "said Fire door 3")
        await terminal.press("j")
        await terminal.sees("said Bilge pump leaks.")

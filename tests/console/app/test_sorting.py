"""The order of a list: `o` goes round, and the line above the list says which one it is."""

from pathlib import Path

from tests.builders import entries
from tests.clock import ShipClock
from tests.console.app.jobs import a_queued_job
from tests.console.app.terminal import a_terminal


async def test_entries_are_sorted_by_time_risk_and_domain(store: Path, clock: ShipClock) -> None:
    for said in ("Fire door 3 does not close.", "Windlass needs paint.", "Cabin 4 wants tea."):
        entries(said)
        clock.advance(hours=1)
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "3 entries", "Cabin 4 wants tea.")
        newest = terminal.rows.row_ids
        await terminal.press("o")
        await terminal.sees("3 entries, oldest first")
        await terminal.until(lambda: terminal.rows.row_ids == newest[::-1], "oldest first")
        await terminal.press("o")
        await terminal.sees("3 entries, worst risk first")
        await terminal.until(lambda: terminal.rows.row_ids[0] == newest[2], "the fire door first")
        await terminal.press("o")
        await terminal.sees("3 entries, by domain")
        await terminal.press("o")
        await terminal.until(lambda: terminal.rows.row_ids == newest, "newest first again")
        assert "newest first" not in terminal.flat.partition("Sorted")[0]


async def test_jobs_are_sorted_by_what_an_index_gives(store: Path) -> None:
    sleep = a_queued_job(kind="sleep")
    debug = a_queued_job()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("4", "2 jobs")
        await terminal.press("o")
        await terminal.sees("2 jobs, oldest first")
        await terminal.until(lambda: terminal.rows.row_ids == (sleep, debug), "oldest first")
        await terminal.press("o")
        await terminal.until(lambda: terminal.rows.row_ids == (debug, sleep), "newest first")

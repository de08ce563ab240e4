"""What the ship's systems recorded: tied to an entry while it is written, or in the inbox."""

from pathlib import Path

from console.widgets.rows import RowList
from storage.entries.views import list_entries
from tests.builders import a_second_officer
from tests.console.app.terminal import a_terminal
from tests.console.app.test_work import proposals


async def test_an_entry_is_tied_to_what_shows_it_while_it_is_written(store: Path) -> None:
    """What is tied is kept with the words (CONSOLE rule 15), and counts as evidence."""
    proposals("Header tank low", "Bilge level high", "Loop 2 earth fault")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Bilge pump 2 leaks")
        await terminal.sees("filed under ENG-05", "Info")
        await terminal.press("ctrl+t")
        await terminal.sees("What shows it?", "[ ] 01 05:00 fault logged · bilge · Loop 2 earth")
        await terminal.type("bilge level")
        await terminal.press("enter")
        await terminal.sees("[x] 01 05:00 fault logged · bilge · Bilge level high")
        await terminal.press("ctrl+s")
        await terminal.sees("evidence 01 05:00 fault logged")
        await terminal.press("escape", "n")
        await terminal.sees("left half-written", "evidence 01 05:00 fault logged")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")
    (entry,) = list_entries()
    assert entry.event_ids == ("EV-2",)


async def test_a_row_of_the_inbox_is_decided_by_itself_and_takes_no_mark(store: Path) -> None:
    proposals("Bilge level high")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("2", "b")
        await terminal.sees("1 to decide", "01 05:00 fault logged Bilge level high")
        await terminal.press("space")
        assert terminal.app.screen.query_one("#list", RowList).marked == ()

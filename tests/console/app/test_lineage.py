"""Lineage: from the signal to the handover and back, by keys."""

from pathlib import Path

from console.screens.entries.inbox import InboxPlace
from storage.entries.proposals import accept_proposal
from storage.entries.views import list_entries
from tests.builders import a_second_officer, a_signed_handover, an_entry, one_of_everything
from tests.console.app.findings import a_collected_history, an_accepted_proposal
from tests.console.app.terminal import LARGE, SMALL, Terminal, a_terminal

NEXT = "right_square_bracket"


async def opens_the_lineage(terminal: Terminal, *words: str) -> None:
    """Of the first signal."""
    await terminal.goes_to("6", "[Trends]")
    await terminal.press(NEXT)
    await terminal.sees("1 signal")
    await terminal.press("enter")
    await terminal.sees("Lineage of the signal", *words)


async def test_a_signal_leads_through_suggestion_and_proposal_to_an_entry_and_back(
    store: Path,
) -> None:
    made = accept_proposal(a_second_officer().actor, an_accepted_proposal())
    async with a_terminal(store, size=LARGE) as terminal:
        await opens_the_lineage(terminal, "▸ ! signal", "○ suggestion", "? proposal", "· entry")
        await terminal.press("right")
        await terminal.sees("Lineage of the suggestion", "▸ ○ suggestion")
        await terminal.press("right")
        await terminal.sees("Lineage of the proposal")
        await terminal.press("right")
        await terminal.sees("Lineage of the entry", made.narrative[:40])
        await terminal.press("right")
        await terminal.says("It has led to nothing yet.")
        for kind in ("proposal", "suggestion", "signal", "entry"):
            await terminal.press("left")
            await terminal.sees(f"Lineage of the {kind}")
        await terminal.press("left")
        await terminal.says("Nothing on record led to it.")
        await terminal.press("escape")
        await terminal.sees("[Signals]")


async def test_enter_walks_to_the_thing_under_the_cursor_and_w_shows_it_whole(
    store: Path,
) -> None:
    accept_proposal(a_second_officer().actor, an_accepted_proposal())
    async with a_terminal(store, size=LARGE) as terminal:
        await opens_the_lineage(terminal)
        await terminal.press("enter")
        await terminal.says("You are there already.")
        await terminal.press("w")
        await terminal.says("All there is of it stands in the pane.")
        await terminal.press("G", "enter")
        await terminal.sees("Lineage of the entry")
        await terminal.press("w")
        await terminal.sees("Entry ·", "filed under")
        await terminal.press("I")
        await terminal.sees("Lineage of the entry")


async def test_w_on_a_proposal_opens_the_inbox_with_the_cursor_on_it(store: Path) -> None:
    proposal = an_accepted_proposal()
    async with a_terminal(store, a_second_officer(), size=LARGE) as terminal:
        await opens_the_lineage(terminal)
        for kind in ("suggestion", "proposal"):
            await terminal.press("right")
            await terminal.sees(f"Lineage of the {kind}")
        await terminal.press("w")
        await terminal.sees("1 to decide", "a accept")
        inbox = terminal.app.screen
        assert isinstance(inbox, InboxPlace) and inbox.current is not None
        assert inbox.current.id == proposal
        await terminal.press("a")
        await terminal.says("Accepted: it is an entry now.")
        await terminal.press("escape")
        await terminal.sees("Lineage of the proposal", "accepted")
        await terminal.press("w")
        await terminal.says("All there is of it stands in the pane.")


async def test_an_entry_leads_to_its_item_and_the_signed_handover(store: Path) -> None:
    a_signed_handover(one_of_everything())
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("2", "entries")
        await terminal.press("G", "I")
        await terminal.sees("Lineage of the entry", "▸ item", "✓ handover")
        await terminal.press("G", "enter")
        await terminal.sees("Lineage of the handover")
        await terminal.press("w")
        await terminal.sees("Signed handover EB-")
        await terminal.press("escape", "escape")
        await terminal.sees("[2 Entries]")
    assert list_entries()


async def test_a_regeneration_knows_the_suggestion_it_came_of(store: Path) -> None:
    a_collected_history()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "[Trends]")
        await terminal.press("left_square_bracket")
        await terminal.sees("1 regeneration")
        await terminal.press("I")
        await terminal.sees("Lineage of the regeneration", "≡ output")
        await terminal.press("right")
        await terminal.sees("Lineage of the output")
        await terminal.press("w")
        await terminal.sees("Regeneration · entry:", "version 1")


async def test_a_thing_that_came_of_nothing_still_shows_itself(store: Path) -> None:
    an_entry()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("I")
        await terminal.sees("Lineage of the entry · 1 things")
        for size in ((40, 10), (20, 5), (5, 2), SMALL):
            await terminal.pilot.resize_terminal(*size)
        await terminal.sees("Lineage of the entry")

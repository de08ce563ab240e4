"""A crash of the console loses nothing: half-written text is kept (CONSOLE rule 15)."""

from pathlib import Path

from console.local_drafts import LocalDraft
from storage.entries.actions import resolve
from storage.entries.states import EntryStatus
from storage.entries.views import count_entries, list_entries
from tests.builders import a_second_officer, a_third_officer, an_entry
from tests.console.app.terminal import a_terminal


async def test_half_written_text_is_offered_again_after_the_console_is_gone(store: Path) -> None:
    """CONSOLE rule 15"""
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Steering on pump 1")
        await terminal.press("escape", "q")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.sees("Steering on pump 1", "left half-written")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")
        await terminal.press("n")
        await terminal.sees("Say what is so")
    assert [entry.narrative for entry in list_entries()] == ["Steering on pump 1"]


async def test_a_console_that_dies_while_somebody_writes_loses_nothing(store: Path) -> None:
    """CONSOLE rule 15: what was typed is on the disk a moment later, whatever happens then."""
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Steering")
        kept = store / "drafts-in-progress" / "capture.txt"
        await terminal.until(lambda: kept.exists() and kept.read_text() == "Steering", "kept")
    assert count_entries() == 0


async def test_a_half_written_reason_outlives_esc_and_a_crash_and_ends_with_its_act(
    store: Path,
) -> None:
    """CONSOLE rule 15: what is asked in one line is nobody's to write twice either."""
    entry = an_entry("Fire door 3 does not close.")
    kept = store / "drafts-in-progress" / f"resolve-{entry.id}.txt"
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("v")
        await terminal.type("hinge")
        await terminal.until(lambda: kept.exists() and kept.read_text() == "hinge", "kept")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("v")
        await terminal.sees("What you had written is here again.", "hinge")
        await terminal.type(" renewed")
        await terminal.press("enter")
        await terminal.says("Resolved.")
        await terminal.until(lambda: not kept.exists(), "used up")
    assert [one.status for one in list_entries()] == [EntryStatus.RESOLVED]


async def test_a_reason_the_store_refuses_to_take_is_still_there(store: Path) -> None:
    """CONSOLE rule 15"""
    entry = an_entry("Fire door 3 does not close.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("v")
        await terminal.type("hinge renewed")
        resolve(a_third_officer().actor, entry.id, reason="first")
        await terminal.press("enter")
        await terminal.says("already")
    assert LocalDraft(store, f"resolve-{entry.id}").text() == "hinge renewed"


async def test_a_reason_that_cannot_be_kept_is_said_so_and_ends_nothing(store: Path) -> None:
    """CONSOLE rule 15: on a disk that takes nothing the sheet still closes, and its act is done."""
    (store / "drafts-in-progress").write_text("no folder can be made here")
    an_entry("Fire door 3 does not close.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("v")
        await terminal.type("hinge")
        await terminal.sees("This text cannot be kept for later: the disk refuses.")
        await terminal.type(" renewed")
        await terminal.press("enter")
        await terminal.says("Resolved.")

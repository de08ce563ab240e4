"""Bad terminals, bad input and a store in trouble: the console stays up and says one sentence."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import starmap
from pathlib import Path

import pytest
from textual import events
from textual.geometry import Size
from textual.widgets import Input, TextArea

from console.screens.entries.capture import CaptureSheet
from storage.database import FILE_NAME, LOCK_NAME
from storage.engine import ledger
from storage.entries.views import count_entries, list_entries
from storage.turn import write_turn
from tests.builders import a_draft, a_second_officer, an_entry
from tests.clock import ShipClock
from tests.console.app.jobs import a_queued_job, a_running_job, a_worker
from tests.console.app.terminal import SMALL, Terminal, a_terminal

ACTS = "\x1b[2J\x1b]0;owned\x07\x9b31m\u202e"
PLENTY, KEPT_PAGES = 1 << 30, -2000
"""What SQLite allows and keeps when it is not told otherwise."""
SIZES = [(20, 5), (200, 60), (40, 10), (5, 2), (80, 24), (1, 1), (120, 12), (30, 7)]


async def captures(terminal: Terminal, text: str) -> None:
    """Write an entry and press the key that saves it."""
    await terminal.press("n")
    await terminal.until(lambda: isinstance(terminal.app.screen, CaptureSheet), "the sheet")
    await terminal.type(text)
    await terminal.press("ctrl+s")


async def test_forty_by_ten_is_enough_to_capture_and_to_see_what_is_read(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.pilot.resize_terminal(40, 10)
        await terminal.press("n")
        await terminal.sees("New entry", "ctrl+s save")
        await terminal.type("Bilge pump 2 leaks")
        await terminal.sees("Bilge pump 2 leaks", "filed under ENG-05")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")
        await terminal.goes_to("2", "Bilge pump 2")
        await terminal.press("slash")
        await terminal.type("fire")
        await terminal.sees("0 entries found")
        await terminal.press("escape")
        await terminal.sees("Bilge pump 2")
        await terminal.press("x")
        await terminal.sees("because", "Enter done")


async def test_twenty_by_five_says_one_sentence_and_keeps_what_was_being_written(
    store: Path,
) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Steering")
        await terminal.pilot.resize_terminal(20, 5)
        await terminal.sees("Too small: 20×5.")
        assert "Steering" not in terminal.flat and "New entry" not in terminal.flat
        await terminal.pilot.resize_terminal(*SMALL)
        await terminal.sees("New entry")
        await terminal.type(" pump")
        await terminal.sees("Steering pump")


async def test_a_storm_of_resizes_between_keys_leaves_everything_as_it_was(store: Path) -> None:
    an_entry("Bilge pump 2 leaks.")
    async with a_terminal(store, a_second_officer()) as terminal:
        for key in ("2", "down", "n", "B", "escape", "question_mark", "escape", "4", "9", "2"):
            for size in starmap(Size, SIZES):
                terminal.app.post_message(events.Resize(size, size))
            await terminal.press(key)
        await terminal.pilot.resize_terminal(*SMALL)
        await terminal.sees("[2 Entries]", "Bilge pump 2 leaks.")


async def test_a_paste_of_a_hundred_thousand_characters_is_refused_and_kept(store: Path) -> None:
    """CONSOLE rule 15: what cannot be an entry is still the writer's text."""
    text = "pump " * 20_000
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.until(lambda: terminal.app.screen.query(TextArea), "the sheet")
        terminal.app.post_message(events.Paste(text))
        await terminal.until(
            lambda: len(terminal.app.screen.query_one(TextArea).text) == len(text), "pasted"
        )
        await terminal.press("ctrl+s")
        await terminal.sees("characters")
        await terminal.press("escape")
        await terminal.goes_to("2", "Press n and say what matters.")
        await terminal.press("slash")
        terminal.app.post_message(events.Paste(text))
        await terminal.says("A filter has at most 1,000 characters.")
        await terminal.press("escape")
        await terminal.sees("[2 Entries]")
    assert count_entries() == 0
    assert (store / "drafts-in-progress" / "capture.txt").read_text() == text


@pytest.mark.parametrize("keys", [["n"], ["2", "slash"], ["2", "x"], ["i"], ["colon"]])
async def test_no_field_lets_what_is_pasted_drive_the_terminal(
    store: Path, keys: list[str]
) -> None:
    """I17, in every kind of field: a text, a filter, a reason, a choice, a PIN, the palette."""
    an_entry()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press(*keys)
        fields = (TextArea, Input)
        await terminal.until(lambda: isinstance(terminal.app.focused, fields), "a field")
        terminal.app.post_message(events.Paste(f"pump{ACTS}"))
        await terminal.pilot.pause()
        await terminal.pilot.pause()
        assert not set(terminal.text) & {"\x1b", "\x07", "\x9b", "\u202e"}


@contextmanager
def every_connection(pragma: str, value: int, afterwards: int) -> Iterator[None]:
    """Whatever is opened from now on has this setting, until the block ends."""
    ledger.pragma(pragma, value, permanent=True)
    try:
        yield
    finally:
        ledger.pragma(pragma, afterwards, permanent=True)


@contextmanager
def locked(store: Path) -> Iterator[None]:
    """Somebody else is writing and does not end."""
    with write_turn(store / LOCK_NAME, 1.0):
        yield


async def test_a_locked_store_is_said_and_the_text_is_saved_afterwards(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.engines.sqlite.BUSY_TIMEOUT_S", 0.2)
    async with a_terminal(store, a_second_officer()) as terminal:
        with locked(store):
            await captures(terminal, "Bilge pump 2 leaks")
            await terminal.sees("The store has been locked by another process", "Bilge pump 2")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")
    assert [entry.narrative for entry in list_entries()] == ["Bilge pump 2 leaks"]


async def fills_the_disk(terminal: Terminal, text: str) -> None:
    """Save entries until one is refused."""
    for _ in range(1000):
        if "is full; nothing was written" in terminal.flat:
            return
        if not isinstance(terminal.app.screen, CaptureSheet):
            await terminal.press("n")
            await terminal.until(lambda: terminal.app.screen.query(TextArea), "the sheet")
            terminal.app.screen.query_one(TextArea).text = text
        await terminal.press("ctrl+s")
        await terminal.pilot.pause()
    raise AssertionError(f"it never was full:\n{terminal.text}")


async def test_a_full_disk_is_said_and_the_text_is_kept(store: Path) -> None:
    pages = ledger.execute_sql("PRAGMA page_count").fetchone()[0]
    with every_connection("max_page_count", pages, PLENTY):
        async with a_terminal(store, a_second_officer()) as terminal:
            await fills_the_disk(terminal, "Bilge pump 2 leaks " * 40)
    assert (store / "drafts-in-progress" / "capture.txt").read_text().startswith("Bilge pump 2")


async def test_a_store_that_was_replaced_takes_no_entry_that_would_be_lost(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        await captures(terminal, "Before")
        await terminal.says("Entry saved.")
        (store / FILE_NAME).rename(store / "away.db")
        shutil.copy(store / "away.db", store / FILE_NAME)
        await terminal.says("its file was replaced")
        await captures(terminal, "After")
        await terminal.sees("its file was replaced", "After")
        await terminal.press("escape")
        await terminal.goes_to("8", "[8 Audit]")
        (store / "away.db").replace(store / FILE_NAME)
        await terminal.says("The store can be read again.")
    assert (store / "drafts-in-progress" / "capture.txt").read_text() == "After"


async def test_a_disk_that_keeps_no_half_written_text_is_said_while_writing(store: Path) -> None:
    (store / "drafts-in-progress").write_text("in the way")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Bilge pump 2 leaks")
        await terminal.sees("This text cannot be kept for later")
        await terminal.press("ctrl+s")
        await terminal.says("Entry saved.")


async def test_words_the_disk_refuses_stay_while_the_console_runs_and_q_asks_first(
    store: Path,
) -> None:
    """CONSOLE rule 15"""
    folder = store / "drafts-in-progress"
    folder.write_text("in the way")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.press("n")
        await terminal.type("Bilge pump 2 leaks")
        await terminal.sees("This text cannot be kept for later")
        await terminal.press("escape", "q")
        await terminal.sees("it is lost if the console is left now", "y leave")
        await terminal.press("enter", "n")
        await terminal.sees("New entry", "Bilge pump 2 leaks")
        folder.unlink()
        await terminal.press("escape", "q")
        await terminal.until(lambda: terminal.app.return_code == 0, "the disk takes it again")
    assert (folder / "capture.txt").read_text() == "Bilge pump 2 leaks"


async def test_a_store_that_is_gone_is_said(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        (store / FILE_NAME).rename(store / "elsewhere.db")
        await terminal.says("There is no store in")
        (store / "elsewhere.db").rename(store / FILE_NAME)
        await captures(terminal, "Back again")
        await terminal.says("Entry saved.")


async def test_a_damaged_store_is_said_and_the_console_stays(store: Path) -> None:
    an_entry("Bilge pump 2 leaks.")
    ledger.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with every_connection("cache_size", 0, KEPT_PAGES):
        await sees_the_damage(store)


async def sees_the_damage(store: Path) -> None:
    """Look at a list, spoil the file under it, look at another."""
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "Bilge pump 2")
        size = (store / FILE_NAME).stat().st_size
        with (store / FILE_NAME).open("r+b") as file:
            file.write(b"\xff" * size)
        await terminal.press("8")
        await terminal.says("The store in")
        await terminal.press("2", "question_mark")
        await terminal.sees("Keys that work here")


async def test_a_worker_that_goes_is_said_while_its_job_is_watched(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        with a_worker():
            a_running_job()
            await terminal.sees("▶ running Sleep")
        a_queued_job()
        await terminal.sees("1 job waiting and no worker is running")


async def test_a_clock_that_is_put_back_or_forward_changes_nothing_but_the_time(
    store: Path, clock: ShipClock
) -> None:
    a_draft()
    async with a_terminal(store, a_second_officer()) as terminal:
        for step in (-26, 50):
            clock.step(hours=step)
            await captures(terminal, f"Bilge pump leaks {step}")
            await terminal.says("Entry saved.")
            await terminal.goes_to("2", f"Bilge pump leaks {step}")
            await terminal.goes_to("1", "DRAFT")

"""Acting on many rows: what is asked, what is counted, and what is left alone."""

from pathlib import Path

import pytest

from console.screens.bulk import LARGE
from storage.audit.in_bulk import MOST
from storage.audit.views import AuditQuery, list_events
from storage.entries.states import EntryStatus
from storage.entries.views import EntryQuery, count_entries
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.views import COUNTED_TO, matching
from tests.builders import a_second_officer, an_entry, entries, many_entries
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker
from tests.console.app.terminal import Terminal, a_terminal

RESOLVED = EntryQuery(status=EntryStatus.RESOLVED)


async def filtered(terminal: Terminal, text: str, *words: str) -> None:
    """Write a filter, keep it, and wait until these words stand there."""
    await terminal.press("slash")
    await terminal.type(text)
    await terminal.sees(*words)
    await terminal.press("enter")


async def test_all_that_match_are_chosen_asked_about_in_words_and_retried(store: Path) -> None:
    """CONSOLE rules 1 and 2: the sheet says the query and the count."""
    with a_worker():
        for number in range(3):
            a_failed_job(f"pump {number}")
    a_queued_job()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "4 jobs")
        await filtered(terminal, "status:failed", "3 jobs found")
        await terminal.press("ctrl+a")
        await terminal.sees("3 jobs found, all chosen")
        await terminal.press("r")
        await terminal.sees("Retry?", "All 3 jobs that match (status is failed) will be queued")
        await terminal.press("y")
        await terminal.says("3 queued again.")
        await terminal.sees("No job matches the filter")
    assert matching(JobQuery(status=JobStatus.QUEUED)) == 4


async def test_what_came_while_the_sheet_was_open_is_not_swept_along(store: Path) -> None:
    """CONSOLE rule 1: the store counts again and refuses, with both numbers."""
    for number in range(2):
        a_queued_job(str(number))
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "2 jobs")
        await terminal.press("ctrl+a", "x")
        await terminal.sees("All 2 jobs that match (every one there is) will be cancelled")
        a_queued_job("late")
        await terminal.press("y")
        await terminal.says("2 were shown and 3 match now: nothing was changed.")
        await terminal.sees("3 jobs")
    assert matching(JobQuery(status=JobStatus.QUEUED)) == 3


async def test_these_and_all_are_told_apart_and_one_undoes_the_other(store: Path) -> None:
    """CONSOLE rule 2"""
    entries("Port pump leaks.", "Pump 2 trips.", "Windlass slips.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "3 entries")
        await terminal.press("ctrl+a")
        await terminal.sees("3 entries, all chosen")
        await terminal.press("space")
        await terminal.sees("3 entries, 1 marked")
        await terminal.press("v")
        await terminal.sees("The marked entry will be settled")
        await terminal.press("escape", "escape")
        await terminal.until(lambda: "marked" not in terminal.flat, "marks are gone")
    assert count_entries(RESOLVED) == 0


async def test_one_reason_settles_all_that_match(store: Path) -> None:
    """CONSOLE rule 1"""
    entries("Port pump leaks.", "Pump 2 trips.", "Windlass slips.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", "3 entries")
        await filtered(terminal, "pump", "2 entries found")
        await terminal.press("ctrl+a", "v")
        await terminal.sees("All 2 entries that match (“pump”) will be settled")
        await terminal.press("y")
        await terminal.sees("One reason for all:")
        await terminal.type("replaced")
        await terminal.press("enter")
        await terminal.says("2 resolved.")
    assert count_entries(RESOLVED) == 2
    assert {e.detail["reason"] for e in list_events(AuditQuery(action="entry.resolved"))
            if e.subject_id} == {"replaced"}  # fmt: skip


async def test_what_is_not_counted_to_its_end_says_so_and_is_not_chosen_whole(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONSOLE rule 9: a count that stops somewhere is shown with a `+`."""
    assert MOST < COUNTED_TO
    monkeypatch.setattr("console.snapshots.places.COUNTED_TO", 2)
    monkeypatch.setattr("storage.audit.in_bulk.MOST", 1)
    for number in range(3):
        a_queued_job(str(number))
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "3 jobs")
        await filtered(terminal, "queue:diagnostics", "2+ jobs found")
        await terminal.press("ctrl+a")
        await terminal.says("That is more than 1 at once; narrow the filter first.")


async def test_very_many_are_not_changed_until_their_number_is_typed(store: Path) -> None:
    """CONSOLE rule 3"""
    an_entry()
    many_entries(LARGE)
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("2", f"{LARGE + 1} entries")
        await terminal.press("ctrl+a", "x")
        await terminal.sees("Suppress?", f"type {LARGE + 1} to go on")
        await terminal.type("12")
        await terminal.press("enter")
        await terminal.sees("That is not the number.")
        await terminal.press("backspace", "backspace")
        await terminal.type(str(LARGE + 1))
        await terminal.press("enter")
        await terminal.sees("One reason for all:")
        await terminal.press("escape")
    assert count_entries(EntryQuery(status=EntryStatus.SUPPRESSED)) == 0

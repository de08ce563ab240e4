"""How the places look, as pictures: at 80×24 and 160×50, by day, dusk and night."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from console.app import EightBellsApp
from storage.jobs.actions import sign_off
from tests.builders import a_draft, a_second_officer, an_entry
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker
from tests.console.app.terminal import LARGE, SMALL, Terminal

Compare = Callable[..., bool]

SAID = (
    "Bilge pump 2 leaks at the shaft seal, about a litre an hour.",
    "Fire door 3 does not close, crew told to keep it shut by hand.",
    "Owner's cabin too warm, chiller No 2 on one compressor.",
    "Port tender battery flat.",
)


@pytest.fixture
def a_day_at_sea(store: Path, clock: ShipClock) -> EightBellsApp:
    """A console on a store with some of everything; its clock stands still."""
    for said in SAID:
        an_entry(said)
        clock.advance(minutes=50)
    with a_worker() as worker:
        a_failed_job()
        sign_off(worker)
    clock.advance(minutes=5)
    a_queued_job()
    app = EightBellsApp(store, offers_worker=False)
    app.session.person = a_second_officer()
    return app


def shows(*words: str, press: tuple[str, ...] = ()) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Press these keys and wait until these words are on the screen."""

    async def before(pilot: Pilot[Any]) -> None:
        terminal = Terminal(pilot)
        await terminal.sees("[1 Watch]", "draft ")
        await terminal.press(*press)
        await terminal.sees(*words)

    return before


@pytest.mark.parametrize(
    ("palette", "size"),
    [("day", SMALL), ("dusk", SMALL), ("night", SMALL), ("dusk", LARGE)],
    ids=["day", "dusk", "night", "large"],
)
def test_the_watch_looks_right(
    a_day_at_sea: EightBellsApp, snap_compare: Compare, palette: str, size: tuple[int, int]
) -> None:
    a_draft()
    a_day_at_sea.theme = palette
    ready = shows("DRAFT · bridge watch", "1 job failed")
    assert snap_compare(a_day_at_sea, run_before=ready, terminal_size=size)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])
def test_the_entries_look_right(
    a_day_at_sea: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("said Port tender battery flat.", press=("2",))
    assert snap_compare(a_day_at_sea, run_before=ready, terminal_size=size)


def test_the_jobs_look_right(a_day_at_sea: EightBellsApp, snap_compare: Compare) -> None:
    ready = shows("It waits because no worker is running", "✗ failed", press=("4",))
    assert snap_compare(a_day_at_sea, run_before=ready)


def test_the_empty_archive_looks_right(a_day_at_sea: EightBellsApp, snap_compare: Compare) -> None:
    ready = shows("No handover has been signed yet.", press=("7",))
    assert snap_compare(a_day_at_sea, run_before=ready)


def test_the_capture_sheet_looks_right(a_day_at_sea: EightBellsApp, snap_compare: Compare) -> None:
    ready = shows(
        "filed under ENG-05", "because of bilge pump", press=("n", *"bilge", "space", *"pump")
    )
    assert snap_compare(a_day_at_sea, run_before=ready)


def test_help_looks_right(a_day_at_sea: EightBellsApp, snap_compare: Compare) -> None:
    assert snap_compare(a_day_at_sea, run_before=shows("Keys that work", press=("question_mark",)))


def test_a_very_small_terminal_looks_right(
    a_day_at_sea: EightBellsApp, snap_compare: Compare
) -> None:
    ready = shows("Port tender", press=("2",))
    assert snap_compare(a_day_at_sea, run_before=ready, terminal_size=(40, 10))

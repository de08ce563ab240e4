"""How sheets and places with little in them look, as pictures; the others: test_pictures.py."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from console.app import EightBellsApp
from storage.jobs.actions import sign_off
from tests.builders import a_second_officer, an_entry
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker
from tests.console.app.terminal import Terminal

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

"""The main job by keyboard, in a real terminal of 80×24, with the worker the console starts."""

import shutil
from pathlib import Path

import pytest

from storage import database
from storage.drafts.states import DraftState
from storage.drafts.views import list_drafts
from storage.handovers.verification import verify_path
from storage.people.actions import add_first_person, add_person
from storage.taxonomy.roles import Role
from storage.vessel.actions import name_vessel
from tests.console.terminal.tmux import Terminal, a_console

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")

ADAS_PIN, BOS_PIN = "271828", "314159"


@pytest.fixture
def ship(home: Path) -> Path:
    """A store with a vessel and two officers, closed again."""
    database.create(home)
    ada = add_first_person("Ada Okafor", Role.CAPTAIN, ADAS_PIN)
    add_person(ada.actor, ADAS_PIN, "Bo Larsen", Role.CHIEF_OFFICER, BOS_PIN)
    name_vessel(ada.actor, "Aurora", imo="9999999", offset_minutes=120)
    database.close()
    return home


def sign_in(terminal: Terminal, downs: int, pin: str) -> None:
    """Choose a name and give the PIN."""
    terminal.sees("digits and Enter: PIN")
    terminal.press(*["Down"] * downs)
    terminal.type(pin)
    terminal.press("Enter")


def test_a_watch_is_captured_drafted_reviewed_signed_and_exported_by_keys(
    ship: Path, tmp_path: Path
) -> None:
    with a_console(ship, tmp_path) as terminal:
        start_a_worker(terminal)
        capture_an_entry(terminal)
        review_and_accept(terminal)
        read_back_and_sign(terminal)
        terminal.press("q")
        assert terminal.exit_code() == 0
    (folder,) = ship.glob("handover/*/signed/*")
    assert verify_path(folder).ok
    database.open_store(ship)
    assert [found.state for found in list_drafts()] == [DraftState.EXPORTED]


def start_a_worker(terminal: Terminal) -> None:
    """Say yes to the offer of the first screen."""
    terminal.sees("No worker is running")
    terminal.press("y")
    terminal.sees("A worker is running")


def capture_an_entry(terminal: Terminal) -> None:
    """Ada signs in and writes one thing down."""
    terminal.press("n")
    sign_in(terminal, 0, ADAS_PIN)
    terminal.sees("New entry")
    terminal.type("Emergency fire pump makes only 5.1 bar, 6.0 bar required")
    terminal.sees("Fire Detection & Suppression")
    terminal.press("C-s")
    terminal.sees("Entry saved.")


def review_and_accept(terminal: Terminal) -> None:
    """Ada has it drafted, reads every section and accepts."""
    terminal.press("g")
    terminal.sees("3 opens it for review")
    terminal.press("3")
    terminal.sees("b begin the review")
    terminal.press("b")
    terminal.press_until(".", "Accept the handover Nothing is missing.")
    tick_and_sign(terminal, ADAS_PIN)
    terminal.sees("Accepted. Your relief signs in")


def read_back_and_sign(terminal: Terminal) -> None:
    """Bo takes the console, reads, says the fire pump back and countersigns."""
    terminal.press("i")
    sign_in(terminal, 1, BOS_PIN)
    terminal.sees("0/2 sections seen")
    terminal.press_until(".", "Read back item 2.1")
    terminal.type("Emergency fire pump is below its pressure")
    terminal.press("Enter")
    terminal.sees("2 of 2 · Sign · 1/1 read back")
    tick_and_sign(terminal, BOS_PIN)
    terminal.sees("handover.pdf")


def tick_and_sign(terminal: Terminal, pin: str) -> None:
    """Tick the confirmation, which leads to the PIN."""
    terminal.press("Space")
    terminal.sees("[x] I have read it")
    terminal.type(pin)
    terminal.press("Enter")

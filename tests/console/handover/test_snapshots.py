"""What it looks like, at 80×24 and at 160×50."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from console.app import EightBellsApp
from console.widgets.handover.evidence import EvidenceView
from storage.people.views import CrewMember
from tests.builders import (
    a_draft_in_review,
    a_reviewed_draft,
    a_second_officer,
    a_signed_handover,
    a_third_officer,
    an_accepted_draft,
    read_everything,
)
from tests.console.handover.keyboard import LARGE, SMALL, Keyboard

Compare = Callable[..., bool]
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


def a_visit(person: CrewMember, *keys: str, sees: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Sign in, go to the Handover place, press keys, and wait for what should stand there."""

    async def visit(pilot: Pilot[int]) -> None:
        keyboard = Keyboard(pilot)
        await keyboard.sign_in(person)
        await keyboard.go_to_handover()
        await keyboard.press(*keys)
        await keyboard.sees(sees)
        place = keyboard.place
        pane = place.query_one(EvidenceView)
        await keyboard.until(
            lambda: not place.item or not pane.display or place._evidence_of == place.item
        )
        await pilot.pause()

    return visit


@SIZES
@pytest.mark.parametrize(
    ("keys", "sees"),
    [((), "Passerelle"), (("m",), "Do these say the same?"), (("c",), "≠ conflict"),
     (("a",), "Still missing"), (("enter",), "1 entry")],
    ids=["review", "merges", "concerns", "missing", "evidence"],
)  # fmt: skip
def test_the_review(
    store: Path, snap_compare: Compare, size: tuple[int, int], keys: tuple[str, ...], sees: str
) -> None:
    a_draft_in_review()
    visit = a_visit(a_second_officer(), *keys, sees=sees)
    app = EightBellsApp(store, offers_worker=False)
    assert snap_compare(app, terminal_size=size, run_before=visit)


@SIZES
def test_accepting(store: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    a_reviewed_draft()
    visit = a_visit(a_second_officer(), "a", sees="Nothing is missing")
    app = EightBellsApp(store, offers_worker=False)
    assert snap_compare(app, terminal_size=size, run_before=visit)


@SIZES
def test_reading_back(store: Path, snap_compare: Compare, size: tuple[int, int]) -> None:
    read_everything(an_accepted_draft(), a_third_officer())
    visit = a_visit(a_third_officer(), "s", sees="Read back item 2.1")
    app = EightBellsApp(store, offers_worker=False)
    assert snap_compare(app, terminal_size=size, run_before=visit)


def test_nothing_open_and_nothing_signed(store: Path, snap_compare: Compare) -> None:
    visit = a_visit(a_second_officer(), sees="No handover has been drafted")
    app = EightBellsApp(store, offers_worker=False)
    assert snap_compare(app, terminal_size=SMALL, run_before=visit)


def test_the_palettes_keep_every_word(store: Path, snap_compare: Compare) -> None:
    """Night is red on black; nothing is told by colour alone."""
    a_draft_in_review()
    visit = a_visit(a_second_officer(), "T", sees="Passerelle")
    app = EightBellsApp(store, offers_worker=False)
    assert snap_compare(app, terminal_size=SMALL, run_before=visit)


async def test_without_colour_the_screen_says_the_same(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CONSOLE: word and glyph, never the colour alone; NO_COLOR is honoured."""
    monkeypatch.setenv("NO_COLOR", "1")
    a_signed_handover()
    app = EightBellsApp(store, offers_worker=False)
    async with app.run_test(size=SMALL) as pilot:
        keyboard = Keyboard(pilot)
        await keyboard.go_to_handover()
        await keyboard.sees("✓ SIGNED")

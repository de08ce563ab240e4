"""How every place looks, as pictures: three sizes by day, and each palette in each of its forms.

A place is one line of `PLACES`. Sixteen colours are drawn as a Linux console shows them.
"""

import shutil
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest
from rich.color import Color as RichColor
from rich.color import ColorType
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.pilot import Pilot

import console.app
from console.app import EightBellsApp
from console.drawing.look import Colours, Look
from console.drawing.palettes import PALETTES
from console.screens.handover.place import HandoverPlace
from storage import database
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.console.app.stillness import a_day_at_sea, standing_still
from tests.console.app.terminal import Terminal
from tests.console.app.vga import VGA

Compare = Callable[..., bool]

PLACES: dict[str, tuple[str, str]] = {
    "watch": ("1", "1 job failed"),
    "entries": ("2", "said Guest in cabin 3"),
    "handover": ("3", "Passerelle rail"),
    "jobs": ("4", "It waits because"),
    "archive": ("7", "1 signed handover"),
    "audit": ("8", "paused a queue"),
    "system": ("9", "the printer is being moved"),
}
"""Place → its key, and what stands there once it is drawn."""

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "160x50": (160, 50)}
TELLING = ("watch", "handover")
"""The places that have something in every colour."""
NAMES = [palette.name for palette in PALETTES]


class OnVga(LineFilter):
    """The sixteen colours as the screen of a Linux console has them."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """What a person in front of it sees."""
        return [Segment(text, _seen(style), control) for text, style, control in segments]


class Drawn(EightBellsApp):
    """A console with somebody in front of such a screen."""

    CSS_PATH: ClassVar = [
        Path(console.app.__file__).parent / name for name in EightBellsApp.CSS_PATH
    ]

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The console's own, then the screen's."""
        return [*super().get_line_filters(), OnVga()]


@pytest.fixture(scope="module")
def a_ship_at_sea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, datetime]]:
    """A closed store, and the time aboard; nothing in it differs from run to run."""
    folder, clock = tmp_path_factory.mktemp("pictures") / "ship", ShipClock()
    with standing_still():
        a_day_at_sea(folder, clock)
        yield folder, clock.at


@pytest.fixture
def ship(a_ship_at_sea: tuple[Path, datetime], home: Path) -> Path:
    """An open copy of it."""
    folder, at = a_ship_at_sea
    shutil.copytree(folder, home)
    database.open_store(home, clock=ShipClock(at))
    return home


def shows(place: str) -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Go to a place and wait until all of it is drawn."""
    key, words = PLACES[place]

    async def visit(pilot: Pilot[Any]) -> None:
        terminal = Terminal(pilot)
        await terminal.sees("Needs attention", "draft ")
        await terminal.goes_to(key, words if not terminal.app.look.plain_borders else "")
        screen = terminal.app.screen
        if isinstance(screen, HandoverPlace) and screen.has_class("-wide"):
            await terminal.until(lambda: screen._evidence_of is not None, "its evidence")
        await pilot.pause()

    return visit


def a_console(ship: Path, look: Look) -> EightBellsApp:
    """The console as the second officer has it."""
    app = Drawn(ship, offers_worker=False, look=look)
    app.session.person = a_second_officer()
    return app


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("place", PLACES)
def test_a_place_by_day(ship: Path, snap_compare: Compare, place: str, size: str) -> None:
    app = a_console(ship, Look("day"))
    assert snap_compare(app, run_before=shows(place), terminal_size=SIZES[size])


@pytest.mark.parametrize("palette", [name for name in NAMES if name != "day"])
@pytest.mark.parametrize("place", TELLING)
def test_a_palette(ship: Path, snap_compare: Compare, place: str, palette: str) -> None:
    app = a_console(ship, Look(palette))
    assert snap_compare(app, run_before=shows(place), terminal_size=SIZES["80x24"])


@pytest.mark.parametrize("palette", NAMES)
@pytest.mark.parametrize("place", TELLING)
def test_a_palette_in_sixteen_colours(
    ship: Path, snap_compare: Compare, place: str, palette: str
) -> None:
    app = a_console(ship, Look(palette, Colours.SIXTEEN))
    assert snap_compare(app, run_before=shows(place), terminal_size=SIZES["80x24"])


@pytest.mark.parametrize("place", TELLING)
def test_a_place_in_ascii_without_a_colour(ship: Path, snap_compare: Compare, place: str) -> None:
    app = a_console(ship, Look(colours=Colours.NONE, plain_borders=True))
    assert snap_compare(app, run_before=shows(place), terminal_size=SIZES["80x24"])


def _seen(style: Style | None) -> Style | None:
    if style is None:
        return None
    return style + Style(color=_on_vga(style.color), bgcolor=_on_vga(style.bgcolor))


def _on_vga(colour: RichColor | None) -> RichColor | None:
    if colour is None or colour.type is not ColorType.STANDARD or colour.number is None:
        return colour
    return RichColor.parse(f"#{VGA[colour.number]:06x}")

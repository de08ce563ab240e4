"""Every palette can be read, in full colour, in sixteen and in none."""

import re
from itertools import product
from pathlib import Path

import pytest
from rich.color import Color, ColorType
from rich.style import Style

from console.app import EightBellsApp
from console.drawing.look import Colours, Look
from console.drawing.palettes import PALETTES, after
from console.drawing.sixteen import BRIGHT, FORMS
from tests.builders import a_draft_in_review, a_second_officer
from tests.console.app.jobs import a_failed_job, a_queued_job, a_worker
from tests.console.app.terminal import Terminal
from tests.console.app.vga import VGA, XTERM, contrast

NAMES = [palette.name for palette in PALETTES]
QUIET = ("cursor-background", "rule")
PLACES = "123456789"


def test_the_key_for_palettes_goes_through_all_of_them() -> None:
    names = [NAMES[0]]
    while len(names) < len(NAMES):
        names.append(after(names[-1]))
    assert names == NAMES and after(names[-1]) == NAMES[0]


@pytest.mark.parametrize(
    ("palette", "least", "least_muted"),
    [("day", 4.0, 3.5), ("dusk", 3.8, 2.5), ("night", 2.9, 2.2), ("contrast", 7.0, 7.0)],
)
def test_every_word_stands_out_from_every_paper(
    palette: str, least: float, least_muted: float
) -> None:
    """Night is read in the dark, where less stands out as well; contrast is seven to one."""
    theme = next(one for one in PALETTES if one.name == palette)
    papers = [theme.background, theme.surface, theme.panel, theme.variables["cursor-background"]]
    words = {name: hue for name, hue in theme.variables.items() if name not in QUIET}
    for (name, hue), paper in product({**words, "text": theme.foreground}.items(), papers):
        found = contrast(_triplet(str(hue)), _triplet(str(paper)))
        assert found >= (least_muted if name == "muted" else least), (name, hue, paper, found)


def test_night_is_red_on_black_and_nothing_else() -> None:
    (night,) = [palette for palette in PALETTES if palette.name == "night"]
    for hue in (night.foreground, night.background, night.panel, *night.variables.values()):
        red, green, blue = _triplet(str(hue))
        assert green <= red // 3 and blue <= red // 4, hue
    form = FORMS["night"]
    assert {form.ink, *form.inks.values()} <= {1, BRIGHT + 1}
    assert {form.paper.colour, form.bar.colour, form.cursor.colour} == {0}


@pytest.fixture
def busy(store: Path) -> Path:
    """A store with something of every colour."""
    a_draft_in_review()
    with a_worker():
        a_failed_job()
    a_queued_job()
    return store


@pytest.mark.parametrize("palette", NAMES)
async def test_sixteen_colours_are_only_the_sixteen_and_can_be_told_apart(
    busy: Path, palette: str
) -> None:
    """On the colours of a Linux console and of xterm, with bold as bright as some make it."""
    least = 2.7 if palette == "night" else 3.0
    for style, text in await drawn(busy, Look(palette, Colours.SIXTEEN)):
        for colour in (style.color, style.bgcolor):
            assert colour is None or colour.type in (ColorType.STANDARD, ColorType.DEFAULT)
        assert style.bgcolor is None or (style.bgcolor.number or 0) < BRIGHT, text
        if any(character.isalnum() for character in text):
            for table in (VGA, XTERM):
                ink, paper = _shown(style.color, table), _shown(style.bgcolor, table)
                assert contrast(ink, paper) >= least, (text, style)
                if style.bold and style.color is not None and not style.reverse:
                    bright = _shown(style.color, table, brighter=True)
                    assert contrast(bright, paper) >= least, (text, style)


async def test_without_colours_none_is_sent_and_the_cursor_is_reversed(
    busy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR, also where Textual would draw greys."""
    monkeypatch.setenv("NO_COLOR", "1")
    styles = await drawn(busy, Look(colours=Colours.NONE))
    colours = {c for style, _ in styles for c in (style.color, style.bgcolor) if c}
    assert all(colour.is_default for colour in colours)
    assert any(style.reverse and text.strip() for style, text in styles)


async def test_plain_borders_are_ascii_to_the_last_glyph(busy: Path) -> None:
    texts = "".join(text for _, text in await drawn(busy, Look(plain_borders=True)))
    assert texts.isascii()


async def drawn(home: Path, look: Look) -> list[tuple[Style, str]]:
    """Everything that is sent to a terminal on the way through all places and some sheets."""
    app = EightBellsApp(home, offers_worker=False, look=look)
    app.session.person = a_second_officer()
    found: list[tuple[Style, str]] = []
    async with app.run_test(size=(80, 24)) as pilot:
        terminal = Terminal(pilot)
        await terminal.sees("Needs attention")
        for keys in (*PLACES, "2n", ["escape", "question_mark"], ["escape", "colon"], ["escape"]):
            await terminal.press(*keys)
            await terminal.until(lambda: app.screen.is_current, "drawn")
            await pilot.pause()
            for strip in app.screen._compositor.render_strips():
                found += [(segment.style or Style(), segment.text) for segment in strip]
    return found


def _triplet(text: str) -> tuple[int, int, int]:
    found = re.search(r"#([0-9a-f]{6})", text)
    assert found, text
    number = int(found[1], 16)
    return number >> 16, number >> 8 & 255, number & 255


def _shown(colour: Color | None, table: list[int], *, brighter: bool = False) -> tuple[int, ...]:
    number = colour.number if colour else None
    if number is None:
        return (0, 0, 0)
    value = table[number % BRIGHT + BRIGHT if brighter else number]
    return value >> 16, value >> 8 & 255, value & 255

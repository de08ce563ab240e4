"""What a terminal can do decides how the console is drawn; a wish and NO_COLOR go before it."""

import pytest
from rich.segment import Segment
from textual.color import Color

from console.drawing.ascii_only import AsciiOnly
from console.drawing.look import Colours, Look, Wish, look_for

BLACK = Color(0, 0, 0)
UTF8 = {"TERM": "xterm-256color", "LANG": "en_GB.UTF-8"}


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm-256color"}, Colours.FULL),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, Colours.FULL),
        ({"TERM": "xterm"}, Colours.SIXTEEN),
        ({"TERM": "screen"}, Colours.SIXTEEN),
        ({"TERM": "linux"}, Colours.SIXTEEN),
        ({"TERM": "vt100"}, Colours.NONE),
        ({"TERM": "xterm-256color", "NO_COLOR": "1"}, Colours.NONE),
        ({"TERM": "linux", "NO_COLOR": ""}, Colours.NONE),
    ],
)
def test_a_terminal_has_the_colours_it_says_it_has(
    environment: dict[str, str], colours: Colours
) -> None:
    assert look_for(environment, "utf-8", Wish()).colours is colours


@pytest.mark.parametrize(
    ("environment", "encoding", "plain"),
    [
        (UTF8, "utf-8", False),
        ({"TERM": "xterm-256color"}, "utf-8", False),
        ({**UTF8, "LANG": "de_DE.ISO-8859-1"}, "iso8859-1", True),
        ({**UTF8, "LC_ALL": "C"}, "utf-8", True),
        ({**UTF8, "LC_ALL": "C.UTF-8"}, "utf-8", False),
        ({**UTF8, "TERM": "linux"}, "utf-8", True),
        ({**UTF8, "TERM": "vt100"}, "utf-8", True),
    ],
)
def test_borders_are_ascii_where_a_terminal_has_nothing_better(
    environment: dict[str, str], encoding: str, plain: bool
) -> None:
    assert look_for(environment, encoding, Wish()).plain_borders is plain


def test_what_people_wrote_is_written_in_letters_the_terminal_has() -> None:
    poor = AsciiOnly(look_for({"TERM": "xterm", "LC_ALL": "C"}, "utf-8", Wish()).encoding)
    rich = AsciiOnly(look_for({"TERM": "linux", "LANG": "sv_SE.UTF-8"}, "utf-8", Wish()).encoding)
    said = [Segment("│ Åse Örn → 港 ☂")]
    assert poor.apply(said, BLACK)[0].text == "| Ase Orn > ?? ?"
    assert rich.apply(said, BLACK)[0].text == "| Åse Örn > 港 ☂"


def test_a_wish_goes_before_the_terminal_and_no_color_before_a_wish() -> None:
    wish = Wish(palette="night", colours=Colours.SIXTEEN, plain_borders=True)
    assert look_for(UTF8, "utf-8", wish) == Look("night", Colours.SIXTEEN, True, "utf-8")
    assert look_for({**UTF8, "NO_COLOR": "1"}, "utf-8", wish).colours is Colours.NONE
    drawn = Wish(plain_borders=False)
    assert not look_for({"TERM": "linux"}, "utf-8", drawn).plain_borders

"""settings.toml [console] and [keys]: what fits holds, each thing that does not is one sentence."""

from pathlib import Path

import pytest

from console.app import EightBellsApp
from console.drawing.look import Colours, Wish
from console.keymap import settle
from console.preferences import Preferences, read_preferences
from storage.jobs.limits import read as read_limits
from tests.builders import a_second_officer
from tests.console.app.terminal import Terminal


def preferences(folder: Path, *lines: str) -> Preferences:
    """Those of a settings file with these lines."""
    (folder / "settings.toml").write_text("\n".join(lines))
    return read_preferences(folder)


def test_without_a_file_nothing_is_asked_for(tmp_path: Path) -> None:
    assert read_preferences(tmp_path) == Preferences()


def test_a_look_is_asked_for_in_the_file(tmp_path: Path) -> None:
    found = preferences(
        tmp_path, "[console]", 'palette = "night"', 'colours = "16"', "plain_borders = true"
    )
    assert found == Preferences(Wish("night", Colours.SIXTEEN, True))


def test_limits_of_jobs_stand_in_the_same_file_and_neither_minds_the_other(tmp_path: Path) -> None:
    lines = ("[kinds.debug]", "timeout_s = 9", "[keys]", 'go_audit = "f9"', "[console]", "x = 1")
    assert dict(preferences(tmp_path, *lines).keys) == {"go_audit": "f9"}
    assert [limits.timeout_s for limits in read_limits(tmp_path).kinds.values()] == [9]


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (('palette = "pink"',), 'palette is one of "dusk", "night", "day", "contrast", not'),
        (("plain_borders = 1",), "plain_borders is one of true, false, not 1."),
        (('colour = "16"',), "there is no 'colour'; there are palette, colours, plain_borders."),
    ],
)
def test_a_look_that_cannot_be_is_one_sentence_and_the_rest_holds(
    tmp_path: Path, lines: tuple[str, ...], sentence: str
) -> None:
    found = preferences(tmp_path, "[console]", *lines, 'colours = "none"')
    (problem,) = found.problems
    assert problem.startswith("settings.toml [console]: ") and sentence in problem
    assert found.wish.colours is Colours.NONE


@pytest.mark.parametrize(
    "line",
    [
        "palette = ", "keys = 3", "console = 3", "\x00", "a = " + "[" * 9_000 + "]" * 9_000,
        "a = " + "9" * 9_000,
    ],
    ids=lambda line: line[:8],
)  # fmt: skip
def test_a_file_that_says_nothing_sensible_is_one_sentence(tmp_path: Path, line: str) -> None:
    (problem,) = preferences(tmp_path, line).problems
    assert problem.startswith("settings.toml") and problem.endswith(".")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"go_nowhere": "f9"}, "there is no command 'go_nowhere'; docs/keys.md lists them."),
        ({"go_audit": "f99"}, "go_audit: there is no key 'f99'."),
        ({"go_audit": ""}, "go_audit is a key in quotes, or several with commas."),
        ({"go_audit": 8}, "go_audit is a key in quotes, or several with commas."),
        ({"go_audit": "j"}, "go_audit cannot be j, which does the same everywhere."),
        ({"go_audit": "q"}, "go_audit cannot be q; quit has it on the same screen."),
        ({"accept": "s"}, "accept cannot be s; sign has it on the same screen."),
    ],
)
def test_a_key_that_cannot_be_given_is_one_sentence(
    asked: dict[str, object], sentence: str
) -> None:
    kept, problems = settle({**asked, "lock": "f12"})
    assert problems == [f"settings.toml [keys]: {sentence}"]
    assert kept == {"lock": "f12"}


def test_two_commands_may_change_keys_with_each_other_or_share_one_on_two_screens() -> None:
    assert settle({"quit": "p", "pause": "q"}) == ({"quit": "p", "pause": "q"}, [])
    assert settle({"accept": "f2", "retry": "f2"}) == ({"accept": "f2", "retry": "f2"}, [])


def test_of_two_that_want_one_key_the_first_gets_it() -> None:
    kept, problems = settle({"lock": "f12", "quit": "f12"})
    assert kept == {"lock": "f12"} and "quit cannot be f12; lock has it" in problems[0]


def test_a_sign_is_a_key_by_itself_and_by_its_name() -> None:
    kept, problems = settle({"help": "!", "palette": "ctrl+g, number_sign"})
    assert kept == {"help": "exclamation_mark", "palette": "ctrl+g,number_sign"}
    assert problems == []


async def test_another_key_does_it_and_is_shown_in_footer_help_and_places(store: Path) -> None:
    found = preferences(store, "[keys]", 'go_audit = "f9"', 'quit = "Q"', 'go_nowhere = "f2"')
    app = EightBellsApp(store, offers_worker=False, preferences=found)
    app.session.person = a_second_officer()
    async with app.run_test(size=(100, 70), notifications=True) as pilot:
        terminal = Terminal(pilot)
        await terminal.sees("f9 Audit", "Q quit", "there is no command 'go_nowhere'")
        await terminal.press("8")
        await terminal.goes_to("f9", "[f9 Audit]")
        await terminal.press("question_mark")
        await terminal.sees("Keys that work here", "Q quit Leave.", "f9 Audit Everything")
        await terminal.press("escape", "q")
        await terminal.sees("[f9 Audit]")
        await terminal.press("Q")
    assert app.return_code == 0

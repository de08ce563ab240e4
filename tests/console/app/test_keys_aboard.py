"""Whoever has other keys is never told of a key that does something else: all nine places."""

import re
from pathlib import Path

import pytest

from console.app import EightBellsApp
from console.commands.command import label_of
from console.commands.table import COMMANDS
from console.keymap import settle
from console.keys_aboard import fixed, key, legend
from console.plain.places import lines_of
from console.preferences import Preferences
from storage.jobs.actions import sign_off
from tests.builders import a_draft_in_review, a_second_officer
from tests.console.app.jobs import a_failed_job, a_worker
from tests.console.app.terminal import Terminal

OTHERS, PROBLEMS = settle({c.id(): f"alt+{c.key.partition(',')[0]}" for c in COMMANDS})
"""Every command has another key than the one it was built with."""
NOT_ABOARD = re.compile(
    r"(?<![\w+])(?:Enter|Esc|F5)\b"
    r"|(?:^|(?<=[ (“\[]))[b-zB-HJ-Z/?:](?= (?:(?!is\b)[a-z]+s|and|or|now)\b)"
    r"|[(\[][0-9a-zA-Z/?:\[\]](?:, [a-z])?[)\]]|(?<= )[.\[\]](?= [a-z]+s\b)"
    r"|\b(?:[Pp]ress|with) [a-zA-Z/?:](?=[ .,]|$)"
)
"""A key as the program is built, on a screen of which no command has it."""
PLACES = (
    "watch",
    "entries",
    "handover",
    "jobs",
    "orders",
    "insights",
    "archive",
    "audit",
    "system",
)
BESIDE = {
    "entries": ("alt+b",),
    "jobs": ("alt+right_square_bracket",) * 3,
    "insights": ("alt+right_square_bracket",) * 3,
}
"""The lists beside the first one of a place."""


def a_console_with_other_keys(home: Path) -> EightBellsApp:
    app = EightBellsApp(home, offers_worker=False, preferences=Preferences(keys=OTHERS))
    app.session.person = a_second_officer()
    return app


def misnamed(text: str) -> list[str]:
    """What names a key nobody has, line by line."""
    return [line for line in text.splitlines() if NOT_ABOARD.search(line)]


async def on_every_screen(
    app: EightBellsApp, *settled: str, places: tuple[str, ...] = PLACES
) -> list[str]:
    """The misnamed keys of places and of the lists beside them."""
    found: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        terminal = Terminal(pilot)
        await terminal.sees(*settled)
        for place in places:
            tab = f"alt+{PLACES.index(place) + 1}"
            await terminal.press(tab)
            await terminal.sees(f"[{tab}", "alt+? help")
            found += misnamed(terminal.text)
            for step in BESIDE.get(place, ()):
                await terminal.press(step)
                await terminal.pilot.pause()
                found += misnamed(terminal.text)
    return found


def test_every_command_can_have_another_key_at_once() -> None:
    assert PROBLEMS == [] and len(OTHERS) == len(COMMANDS)


@pytest.mark.parametrize(
    "line", ["Press n and", "Esc goes back", "none; W starts one", "[4] 1 job failed", "→ . does"]
)
def test_a_key_that_is_not_aboard_is_found(line: str) -> None:
    assert misnamed(line)


async def test_an_empty_store_names_only_keys_that_are_aboard(store: Path) -> None:
    assert await on_every_screen(a_console_with_other_keys(store), "alt+n captures an entry") == []


async def test_a_store_in_use_names_only_keys_that_are_aboard(store: Path) -> None:
    a_draft_in_review()
    with a_worker() as worker:
        a_failed_job()
        sign_off(worker)
    app, drawn = a_console_with_other_keys(store), ("watch", "handover", "jobs", "system")
    assert await on_every_screen(app, "alt+3 continue the review", "[alt+4]", places=drawn) == []


async def test_after_a_console_with_other_keys_sentences_have_the_built_in_ones(
    store: Path,
) -> None:
    async with a_console_with_other_keys(store).run_test():
        assert key("new_entry") == "alt+n"
    assert key("new_entry") == "n"


def test_keys_are_written_as_people_say_them() -> None:
    assert [label_of(k) for k in ("slash", "ctrl+a", "alt+full_stop")] == ["/", "^a", "alt+."]
    assert (
        legend(("up,down", "choose"), ("n,enter,escape", "no")) == "↑↓ choose   n, Enter or Esc no"
    )
    assert (fixed("ctrl+s"), fixed("space")) == ("ctrl+s", "Space")
    with pytest.raises(KeyError):
        fixed("n")
    with pytest.raises(KeyError):
        key("new_entri")


def test_in_plain_lines_the_system_names_words_and_no_key(store: Path) -> None:
    said = lines_of("system", None)
    assert any("the word backup makes one beside the store" in line for line in said)
    assert any("the word doctor does it now" in line for line in said)
    assert not any(
        re.search(r"(?<![\w’'])[b-zB-HJ-Z] (?:makes|does|starts)", line) for line in said
    )
    assert key("back_up") == "b"

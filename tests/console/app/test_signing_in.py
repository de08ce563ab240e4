"""Who sits at the console: signing in, wrong PINs, and who has left meanwhile."""

from pathlib import Path

from storage.entries.views import list_entries
from storage.people.actions import leave_crew, propose_reset
from tests.builders import (
    a_captain,
    a_second_officer,
    pin_of,
)
from tests.console.app.terminal import a_terminal


async def test_nobody_captures_anything_before_signing_in(store: Path) -> None:
    officer = a_captain()
    async with a_terminal(store) as terminal:
        await terminal.sees("nobody signed in")
        await terminal.press("n")
        await terminal.sees("Sign in to capture an entry.")
        await terminal.type("000000")
        await terminal.press("enter")
        await terminal.sees("That PIN does not open the key of", "9 tries left")
        await terminal.type(pin_of(officer))
        await terminal.press("enter")
        await terminal.sees("New entry")
        assert terminal.app.person == officer


async def test_wrong_pins_are_waited_for_and_the_sheet_says_how_long(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.press("n")
        for said in ("9 tries left", "8 tries left", "The next one in 5 s.", "may try again in"):
            await terminal.type("000000")
            await terminal.press("enter")
            await terminal.sees(said)
        assert terminal.app.person is None


async def test_the_sheet_says_who_is_locked_out_and_for_whom_a_pin_was_proposed(
    store: Path,
) -> None:
    captain = a_captain()
    propose_reset(captain.actor, pin_of(captain), a_second_officer().id)
    async with a_terminal(store) as terminal:
        await terminal.press("n")
        await terminal.sees("Priya Nair", "new PIN proposed")


async def test_the_lock_stands_on_who_was_here_so_that_a_pin_is_enough(store: Path) -> None:
    a_captain()
    officer = a_second_officer()
    async with a_terminal(store) as terminal:
        await terminal.press("i")
        await terminal.sees("PIN of Anna Lindqvist")
        await terminal.press("down")
        await terminal.type(pin_of(officer))
        await terminal.press("enter")
        await terminal.until(lambda: terminal.app.person == officer)
        await terminal.press("L")
        await terminal.sees("Locked.", "PIN of Priya Nair")
        await terminal.type(pin_of(officer))
        await terminal.press("enter")
        await terminal.until(lambda: terminal.app.person == officer)


async def test_whoever_has_left_meanwhile_can_do_nothing_at_the_console_they_left_open(
    store: Path,
) -> None:
    captain = a_captain()
    async with a_terminal(store, a_second_officer()) as terminal:
        leave_crew(captain.actor, pin_of(captain), a_second_officer().id)
        await terminal.press("n")
        await terminal.sees("New entry")
        await terminal.type("Bilge pump 2 leaks at the shaft seal.")
        await terminal.press("ctrl+s")
        await terminal.sees("is not of the crew")
    assert list_entries() == []

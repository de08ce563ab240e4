"""The crew beside the System place: who is aboard, and all that `eightbells crew` does, by key."""

from pathlib import Path

import pytest
from textual.widgets import Input

from storage.audit.views import AuditQuery, list_events
from storage.errors import WrongPin
from storage.people.aboard import show_member
from storage.people.actions import propose_reset, sign_in
from storage.people.views import CrewMember, crew_member, keys_of, list_crew
from tests.builders import a_captain, a_rating, a_second_officer, a_third_officer, pin_of
from tests.clock import ShipClock
from tests.conftest import CHEAP
from tests.console.app.terminal import SMALL, Terminal, a_terminal

NEW_PIN, OTHER = "490877", "925073"


async def goes_to_crew(terminal: Terminal, person: CrewMember | None = None) -> None:
    """Go to the list, and put the cursor on somebody."""
    await terminal.goes_to("U", "[Crew]", "standing")
    if person is not None:
        rows = terminal.app.screen.query_one("#list")
        for _ in list_crew():
            if rows.cursor_id == person.id:
                break
            await terminal.press("down")
        await terminal.until(lambda: rows.cursor_id == person.id, person.name)


async def types(terminal: Terminal, *lines: str) -> None:
    """Type each of these lines and Enter."""
    for line in lines:
        await terminal.type(line)
        await terminal.press("enter")


async def test_the_list_says_role_standing_pin_and_rights(store: Path, clock: ShipClock) -> None:
    captain, rating = a_captain(), a_rating()
    clock.advance(hours=30)
    sign_in(captain.id, pin_of(captain))
    async with a_terminal(store, captain, size=(120, 40)) as terminal:
        await terminal.goes_to("9", "[System] Crew")
        await terminal.press("right_square_bracket")
        await terminal.sees("[Crew]", "people", "Captain", "administrator", "30 h")
        await goes_to_crew(terminal, rating)
        await terminal.sees("PIN no wrong one", "last seen never yet", "may acknowledge a conflict")
        await terminal.press("enter")
        await terminal.sees(f"Crew · {rating.name}", "in use, joined the crew", "key since")
        await terminal.press("escape", "left_square_bracket")
        await terminal.sees("[System] Crew")


async def test_somebody_is_added_by_an_officer_with_two_pins_that_nobody_sees(store: Path) -> None:
    captain = a_captain()
    async with a_terminal(store, captain, SMALL) as terminal:
        await goes_to_crew(terminal)
        await terminal.press("plus")
        await terminal.sees("In which role?", "Captain")
        await terminal.press("down", "enter")
        await terminal.sees("Once more", f"PIN of {captain.name}, who does it", "Tab next")
        await terminal.type("Mara Holm")
        await terminal.press("enter", *NEW_PIN, "enter", *OTHER, "enter")
        await terminal.press(*pin_of(captain), "enter")
        await terminal.sees("The two PINs differ.")
        assert NEW_PIN not in terminal.text and pin_of(captain) not in terminal.text
        await types(terminal, NEW_PIN, NEW_PIN)
        await terminal.says("Mara Holm is aboard.")
        await terminal.sees("Mara Holm")
    assert sign_in("Mara Holm", NEW_PIN).name == "Mara Holm"


async def test_the_sheet_says_what_is_missing_and_a_wrong_pin_is_typed_again(store: Path) -> None:
    officer = a_second_officer()
    async with a_terminal(store, officer, SMALL) as terminal:
        await goes_to_crew(terminal)
        await terminal.press("P")
        await terminal.sees("Change your PIN", "Your key stays.")
        await types(terminal, "111222")
        await terminal.sees(f"Still missing: new PIN of {officer.name}, six digits or more; once")
        await types(terminal, NEW_PIN, NEW_PIN)
        await terminal.sees("does not open the key")
        assert [field.value for field in terminal.app.screen.query(Input)] == ["", "", ""]
        await types(terminal, pin_of(officer), NEW_PIN, NEW_PIN)
        await terminal.says(f"{officer.name} has another PIN.")
    assert sign_in(officer.id, NEW_PIN)


async def test_a_forgotten_pin_is_reset_by_two_and_the_third_types_it(store: Path) -> None:
    captain, officer, forgot = a_captain(), a_second_officer(), a_third_officer()
    async with a_terminal(store, captain) as terminal:
        await goes_to_crew(terminal, forgot)
        await terminal.press("c")
        await terminal.says(f"No new PIN is proposed for {forgot.name}; r proposes one.")
        await terminal.press("r")
        await terminal.sees("One person proposes it and another confirms it")
        await types(terminal, pin_of(captain))
        await terminal.says("another person confirms it with c")
        terminal.app.session.person = officer
        terminal.app.person_changed()
        await terminal.sees("! officer, new PIN")
        await terminal.press("c")
        await terminal.sees(f"Proposed by {captain.name}.", "types the new PIN.")
        await types(terminal, pin_of(officer), NEW_PIN, NEW_PIN)
        await terminal.says(f"{forgot.name} has a new PIN and a new key.")
    assert sign_in(forgot.id, NEW_PIN) and len(keys_of(forgot.id)) == 2


async def test_a_proposed_pin_is_withdrawn(store: Path) -> None:
    captain, other = a_captain(), a_second_officer()
    propose_reset(captain.actor, pin_of(captain), other.id)
    async with a_terminal(store, captain) as terminal:
        await goes_to_crew(terminal, other)
        await terminal.press("x")
        await terminal.says(f"{other.name} keeps the PIN.")
    assert crew_member(other.id).reset_proposed_by is None


async def test_a_key_is_rotated_by_its_owner(store: Path) -> None:
    officer = a_second_officer()
    async with a_terminal(store, officer) as terminal:
        await goes_to_crew(terminal)
        await terminal.press("R")
        await terminal.sees("The old key signs for the new one")
        await types(terminal, pin_of(officer))
        await terminal.says(f"{officer.name} signs with another key.")
    assert crew_member(officer.id).public_key != officer.public_key


async def test_whoever_leaves_stays_in_the_list_and_comes_back(store: Path) -> None:
    captain, rating = a_captain(), a_rating()
    async with a_terminal(store, captain) as terminal:
        await goes_to_crew(terminal, rating)
        await terminal.press("b")
        await terminal.says(f"{rating.name} is aboard.")
        await terminal.press("d")
        await terminal.sees("Leave the crew", "the name stays")
        await types(terminal, pin_of(captain))
        await terminal.says(f"{rating.name} has left.")
        await terminal.sees("rating, left 20")
        await terminal.press("b", "enter")
        await terminal.sees("two others then give them a PIN")
        await types(terminal, pin_of(captain))
        await terminal.says(f"{rating.name} is back; r proposes a PIN for them.")
        await terminal.sees("no PIN yet")


async def test_who_may_not_is_told_before_a_pin_is_typed(store: Path) -> None:
    a_captain()
    rating = a_rating()
    async with a_terminal(store, rating) as terminal:
        await goes_to_crew(terminal, rating)
        await terminal.press("plus")
        await terminal.says("Only an officer may add crew")
        await terminal.press("d")
        await terminal.says("Only an officer may end somebody's service")


async def test_wrong_pins_are_counted_and_the_wait_is_said(store: Path) -> None:
    captain, forgot = a_captain(), a_second_officer()
    for _ in range(3):
        with pytest.raises(WrongPin):
            sign_in(forgot.id, "111333")
    async with a_terminal(store, captain) as terminal:
        await goes_to_crew(terminal, forgot)
        await terminal.sees("3 wrong in a row; the next try in 5 s")


async def test_the_first_of_the_crew_is_made_at_the_console(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.people.keys.PRESENT", CHEAP)
    async with a_terminal(empty_store) as terminal:
        await terminal.press("i")
        await terminal.says("There is no crew yet: U, then + adds the first.")
        await terminal.goes_to("U", "Nobody is aboard yet: + adds the first")
        await terminal.press("plus")
        await terminal.sees("The first of the crew, an officer")
        await terminal.press("enter")
        await terminal.sees("who administers the store")
        await types(terminal, "Mara Holm", NEW_PIN, NEW_PIN)
        await terminal.says("Mara Holm is aboard; signing in comes next.")
    (first,) = list_crew()
    assert first.is_admin and first.is_officer


def test_last_seen_is_the_last_thing_on_record(store: Path, clock: ShipClock) -> None:
    rating = a_rating()
    assert show_member(rating.id).record.last_seen_at is None
    clock.advance(hours=1)
    sign_in(rating.id, pin_of(rating))
    (event, *_) = list_events(AuditQuery(actor=rating.id))
    assert show_member(rating.id).record.last_seen_at == event.at

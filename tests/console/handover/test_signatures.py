"""The two signatures and the ways back, as sheets: what is missing, what is meant, the PIN."""

from pathlib import Path
from threading import Event

from textual.widgets import Input

from console.screens.handover.accept import AcceptSheet
from console.screens.handover.countersign import CountersignSheet
from console.screens.handover.looking import LookSheet
from console.screens.handover.writing import ReasonSheet
from console.widgets.handover.tick import Tick
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.handovers.snapshot import BANNER
from storage.handovers.views import last_decline, missing_to_accept
from tests.builders import (
    a_draft_in_review,
    a_rating,
    a_reviewed_draft,
    a_second_officer,
    a_third_officer,
    an_accepted_draft,
    pin_of,
    read_everything,
)
from tests.console.handover.keyboard import SMALL, Keyboard, a_console
from tests.console.handover.test_review import opens

WRONG_PIN = "998877"


async def signs(keyboard: Keyboard, pin: str) -> None:
    """Tick, PIN, Enter."""
    if not keyboard.app.screen.query_one(Tick).is_ticked:
        await keyboard.press("space")
    await keyboard.until(lambda: keyboard.app.screen.query_one("#pin", Input).has_focus, "the PIN")
    await keyboard.type(pin)
    await keyboard.press("enter")


class TestAccepting:
    """I11."""

    async def test_the_sheet_lists_exactly_what_is_missing(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        missing = missing_to_accept(draft_id, a_second_officer().id)
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "a", LookSheet)
            await keyboard.sees("Not yet. Still missing:", *missing)
            assert not keyboard.app.screen.query("#pin")
            await keyboard.press("ctrl+s")
        assert draft(draft_id).state is DraftState.IN_REVIEW

    async def test_the_banner_and_the_whole_sheet_stand_on_a_small_screen(
        self, store: Path
    ) -> None:
        a_reviewed_draft()
        async with a_console(store, a_second_officer(), SMALL) as keyboard:
            await opens(keyboard, "a", AcceptSheet)
            await keyboard.sees(BANNER, "[ ] I have read it", "PIN of Priya Nair", "Esc back")

    async def test_what_is_not_covered_is_named_before_the_signature(self, store: Path) -> None:
        a_reviewed_draft()
        async with a_console(store, a_second_officer(), SMALL) as keyboard:
            await opens(keyboard, "a", AcceptSheet)
            await keyboard.sees("Not covered, and printed so (1 of 2 points): Orders.")

    async def test_a_wrong_pin_is_refused_counted_and_cleared(self, store: Path) -> None:
        draft_id = a_reviewed_draft()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "a", AcceptSheet)
            await signs(keyboard, WRONG_PIN)
            await keyboard.sees("That PIN does not open the key of Priya Nair; 9 tries left")
            await keyboard.sees("PIN, then Enter")
            assert keyboard.app.screen.query_one("#pin", Input).value == ""
            assert keyboard.app.screen.query_one(Tick).is_ticked
            await signs(keyboard, pin_of(a_second_officer()))
            await keyboard.sees("ACCEPTED")
        assert draft(draft_id).state is DraftState.ACCEPTED

    async def test_without_the_tick_nothing_is_signed(self, store: Path) -> None:
        draft_id = a_reviewed_draft()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "a", AcceptSheet)
            await keyboard.press("tab")
            await keyboard.type(pin_of(a_second_officer()))
            await keyboard.press("enter")
            await keyboard.sees("the confirmation is not ticked")
        assert draft(draft_id).state is DraftState.IN_REVIEW

    async def test_no_pin_is_ever_kept_on_disk(self, store: Path) -> None:
        """CONSOLE rule 13, DOMAIN §6."""
        a_reviewed_draft()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "a", AcceptSheet)
            await keyboard.press("space")
            await keyboard.type(WRONG_PIN)
            await keyboard.press("escape")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
        found = [p for p in (store / "drafts-in-progress").glob("*") if WRONG_PIN in p.read_text()]
        assert found == []


class TestCountersigning:
    """I12."""

    async def test_the_one_who_accepted_cannot_be_the_relief(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        officer = a_second_officer()
        async with a_console(store, officer) as keyboard:
            await keyboard.press("s")
            await keyboard.sees(
                "The relief is another person: you accepted this handover yourself."
            )
        assert draft(draft_id).state is DraftState.ACCEPTED

    async def test_a_rating_is_told_before_reading_anything_back(self, store: Path) -> None:
        an_accepted_draft()
        async with a_console(store, a_rating()) as keyboard:
            await keyboard.press("s")
            await keyboard.sees("Only an officer may countersign a handover")

    async def test_an_empty_read_back_goes_nowhere(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.press("enter")
            await keyboard.sees("Item 2.1 is not read back.", "1 of 3")

    async def test_half_the_read_backs_are_still_there_after_esc(self, store: Path) -> None:
        """CONSOLE rule 15."""
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.type("seal weeps")
            await keyboard.press("enter")
            await keyboard.sees("2 of 3", "1/2 read back")
            await keyboard.press("escape")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.sees("2 of 3", "1/2 read back")

    async def test_a_word_that_says_nothing_of_the_item_goes_nowhere(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.type(".")
            await keyboard.press("enter")
            await keyboard.sees("Item 2.1 is not read back: name what it is about.", "1 of 3")

    async def test_what_is_half_written_is_kept_and_counts_only_after_enter(
        self, store: Path
    ) -> None:
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.type("seal weeps")
            await keyboard.press("shift+tab")
            await keyboard.sees("3 of 3", "0/2 read back", "○ 2.1 half written")
            await keyboard.press("escape")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.sees("1 of 3", "0/2 read back", "seal weeps")
            field = keyboard.app.screen.query_one("#spoken", Input)
            assert field.cursor_position == len("seal weeps")
            await keyboard.press("enter")
            await keyboard.sees("2 of 3", "1/2 read back")

    async def test_words_changed_after_enter_count_no_more(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.type("seal weeps")
            await keyboard.press("enter", "shift+tab")
            await keyboard.sees("1 of 3", "1/2 read back")
            await keyboard.type(" and")
            await keyboard.press("tab")
            await keyboard.sees("2 of 3", "0/2 read back")

    async def test_each_page_names_the_keys_that_work_on_it(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.sees("Enter read back")
            assert "Space tick" not in keyboard.flat
            await keyboard.press("shift+tab")
            await keyboard.sees("Space tick", "Enter sign")

    async def test_a_missing_read_back_is_refused_by_its_number(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        read_everything(draft_id, a_third_officer())
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "s", CountersignSheet)
            await keyboard.press("shift+tab")
            await keyboard.sees("3 of 3", "○ 2.1 not read back")
            await signs(keyboard, pin_of(a_third_officer()))
            await keyboard.sees("item 2.1 not read back")
        assert draft(draft_id).state is DraftState.ACCEPTED


class TestTheWaysBack:
    """Decline and reopen."""

    async def test_the_relief_declines_with_a_reason_that_is_shown(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        async with a_console(store, a_third_officer()) as keyboard:
            await opens(keyboard, "d", ReasonSheet)
            await keyboard.type("not fit for duty")
            await keyboard.press("enter")
            await keyboard.sees("IN REVIEW", "Sent back by Tomás Ferreira: not fit for duty")
        decline = last_decline(draft_id)
        assert decline is not None and decline.reason == "not fit for duty"

    async def test_the_outgoing_officer_reopens(self, store: Path) -> None:
        draft_id = an_accepted_draft()
        async with a_console(store, a_second_officer()) as keyboard:
            await keyboard.press("d")
            await keyboard.sees("You accepted this handover; reopen it instead of declining it.")
            await opens(keyboard, "u", ReasonSheet)
            await keyboard.type("forgot the anchor")
            await keyboard.press("enter")
            await keyboard.sees("IN REVIEW", "0/4 ")
        assert draft(draft_id).review_round == 2

    async def test_somebody_else_cannot_reopen_and_is_told_what_they_can_do(
        self, store: Path
    ) -> None:
        an_accepted_draft()
        async with a_console(store, a_third_officer()) as keyboard:
            await keyboard.press("u")
            await keyboard.sees(
                "Only the officer who accepted it may reopen it; the relief declines it."
            )


async def test_while_the_key_signs_the_sheet_says_so_and_cannot_be_left(store: Path) -> None:
    """Leaving it then would hand over without a word."""
    may_sign, draft_id = Event(), a_reviewed_draft()

    def verb(_pin: str, _is_ticked: bool) -> None:
        may_sign.wait(20)

    async with a_console(store, a_second_officer()) as keyboard:
        sheet = AcceptSheet(draft(draft_id), a_second_officer(), verb, home=store)
        left: list[bool | None] = []
        keyboard.app.push_screen(sheet, left.append)
        await keyboard.until(lambda: keyboard.app.screen is sheet, "the sheet")
        await signs(keyboard, "123456")
        await keyboard.sees("The PIN opens the key, and the key signs")
        await keyboard.press("escape")
        assert keyboard.app.screen is sheet
        may_sign.set()
        await keyboard.until(lambda: left == [True], "signed")


async def test_a_sheet_that_was_left_signs_nothing_any_more(store: Path) -> None:
    """Esc may overtake the Enter before it, which has further to go."""
    signed: list[str] = []
    async with a_console(store, a_second_officer()) as keyboard:
        draft_id = a_reviewed_draft()
        sheet = AcceptSheet(
            draft(draft_id), a_second_officer(), lambda pin, _: signed.append(pin), home=store
        )
        keyboard.app.push_screen(sheet)
        await keyboard.until(lambda: keyboard.app.screen is sheet, "the sheet")
        sheet.query_one("#pin", Input).value = "123456"
        sheet.action_leave()
        sheet.action_submit()
        await keyboard.until(lambda: keyboard.app.screen is not sheet, "left")
    assert signed == []

"""Changing a handover by keys: every sheet, and what survives a refusal, Esc and a crash."""

from pathlib import Path

from textual.widgets import Input, TextArea

from console.screens.handover.writing import ReasonSheet, WordsSheet
from storage.drafts import review
from storage.drafts.states import Answer, DraftState
from storage.drafts.views import draft
from tests.builders import (
    a_draft,
    a_draft_in_review,
    a_rating,
    a_second_officer,
    a_third_officer,
    an_accepted_draft,
    an_entry,
)
from tests.console.handover.keyboard import a_console, goes_to, items, opens
from tests.contents import an_item, contents


class TestEditing:
    """e: other words; what was there before stays."""

    async def test_an_item_is_reworded_with_a_reason(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "3.1")
            await opens(keyboard, "e", WordsSheet)
            await keyboard.type(" It is bent.")
            await keyboard.press("tab")
            await keyboard.type("seen at dawn")
            await keyboard.press("enter")
            await keyboard.sees("Item 3.1 is reworded.", "✎ edited")
            assert keyboard.place.item and keyboard.place.item.number == "3.1"
        edit = items(draft_id)["3.1"].edits[0]
        assert (edit.original, edit.reason) == ("Passerelle rail may be bent.", "seen at dawn")
        assert edit.new == "Passerelle rail may be bent. It is bent."

    async def test_a_refusal_is_one_sentence_and_the_words_stay(self, store: Path) -> None:
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "3.1")
            await opens(keyboard, "e", WordsSheet)
            keyboard.app.screen.query_one(TextArea).load_text("")
            await keyboard.press("tab")
            await keyboard.type("too long to keep in mind")
            await keyboard.press("ctrl+s")
            await keyboard.sees("An item needs words; suppress it to leave it out.")
            assert keyboard.app.screen.query_one("#reason", Input).value.startswith("too long")

    async def test_words_left_with_esc_are_offered_again(self, store: Path) -> None:
        """CONSOLE rule 15."""
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "3.1")
            await opens(keyboard, "e", WordsSheet)
            await keyboard.type(" half a sen")
            await keyboard.press("escape")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
            await opens(keyboard, "e", WordsSheet)
            await keyboard.sees("may be bent. half a sen", "What you had written is here again.")

    async def test_words_survive_a_crash_of_the_console(self, store: Path) -> None:
        """CONSOLE rule 15: the half-written text is on disk before anything closes the sheet."""
        a_draft_in_review()
        kept = store / "drafts-in-progress"
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "3.1")
            await opens(keyboard, "e", WordsSheet)
            await keyboard.type(" half a sen")
            await keyboard.until(
                lambda: any("half a sen" in file.read_text() for file in kept.glob("edit-*.txt")),
                "the words on disk",
            )

    async def test_an_untouched_sheet_leaves_nothing_behind(self, store: Path) -> None:
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "3.1")
            await opens(keyboard, "e", WordsSheet)
            await keyboard.press("escape")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
        assert not list((store / "drafts-in-progress").glob("edit-*"))

    async def test_control_characters_are_written_out_and_stay_as_stored_when_untouched(
        self, store: Path
    ) -> None:
        """I17."""
        entry = an_entry("Alarm printer says \x1b[31mFIRE\x1b[0m at frame 40.")
        draft_id = a_draft_in_review(contents(an_item(entry, domain="ENG-08")))
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "1.1")
            await opens(keyboard, "e", WordsSheet)
            await keyboard.sees("<U+001B>[31mFIRE")
            assert "\x1b" not in keyboard.app.screen.query_one(TextArea).text
            await keyboard.press("ctrl+s")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
        assert items(draft_id)["1.1"].edits == ()

    async def test_a_command_item_says_why_it_is_never_edited(self, store: Path) -> None:
        """CONSOLE rule 5."""
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "1.1")
            await keyboard.press("e")
            await keyboard.sees("Command statements are derived from their sources")


class TestOtherChanges:
    """Reorder, split, leave out, merge by hand."""

    async def test_an_item_is_moved_and_the_cursor_goes_with_it(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            item = await goes_to(keyboard, "2.1")
            await keyboard.press("ctrl+down")
            await keyboard.until(lambda: items(draft_id)["2.2"].id == item.id, "moved")
            await keyboard.until(
                lambda: keyboard.place.item and keyboard.place.item.number == "2.2", "on screen"
            )
            assert keyboard.place.item and keyboard.place.item.id == item.id
            await keyboard.press("K")
            await keyboard.until(lambda: items(draft_id)["2.1"].id == item.id, "back again")

    async def test_moving_above_the_first_place_is_refused_in_words(self, store: Path) -> None:
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "2.1")
            await keyboard.press("ctrl+up")
            await keyboard.sees("The section has places 1 to 4.")

    async def test_an_item_is_split_at_an_empty_line(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "3.1")
            await opens(keyboard, "S", WordsSheet)
            keyboard.app.screen.query_one(TextArea).load_text("Rail bent.\n\nGate sticks.")
            await keyboard.press("ctrl+s")
            await keyboard.sees("Item 3.1 is split.", "Gate sticks.")
        texts = [item.text for item in items(draft_id).values()]
        assert "Rail bent." in texts and "Gate sticks." in texts

    async def test_an_item_is_left_out_only_with_a_reason(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            item = await goes_to(keyboard, "3.1")
            await opens(keyboard, "X", ReasonSheet)
            await keyboard.press("enter")
            await keyboard.sees("A reason is needed; it stays on record.")
            await keyboard.type("entered twice")
            await keyboard.press("enter")
            await keyboard.sees("Item 3.1 is left out.")
        assert item.id not in draft(draft_id).items()

    async def test_marked_items_are_merged_and_their_difference_is_shown(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "2.1")
            await keyboard.press("space", "space")
            await keyboard.sees("2 items marked → m merge them")
            await opens(keyboard, "m", WordsSheet)
            await keyboard.sees("2.1 Port bilge pump leaks", "2.2 Port bilge pump is leaking")
            await keyboard.press("ctrl+s")
            await keyboard.sees("2 items are one now; all sources stand under it.")
            await keyboard.until(lambda: len(keyboard.place.shown) == 7, "one fewer on screen")
        assert len(items(draft_id)["2.1"].sources.entries) == 2

    async def test_one_marked_item_says_that_merging_needs_two(self, store: Path) -> None:
        """CONSOLE rule 5."""
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await goes_to(keyboard, "2.1")
            await keyboard.press("space", "m")
            await keyboard.sees("Mark one more item with Space; merging needs two.")


class TestWhatCannotBeDoneNow:
    """CONSOLE rule 5: shown, with its reason."""

    async def test_before_the_review_nothing_is_changed(self, store: Path) -> None:
        a_draft()
        async with a_console(store, a_second_officer()) as keyboard:
            await keyboard.press("e")
            await keyboard.sees("items change only in review.")

    async def test_after_acceptance_the_content_is_frozen(self, store: Path) -> None:
        a_draft_id = an_accepted_draft()
        async with a_console(store, a_third_officer()) as keyboard:
            await keyboard.press("r")
            await keyboard.sees("The handover is accepted; its content is frozen.")
        assert draft(a_draft_id).state is DraftState.ACCEPTED

    async def test_a_rating_reviews_and_is_told_who_accepts(self, store: Path) -> None:
        a_draft_in_review()
        async with a_console(store, a_rating()) as keyboard:
            await keyboard.press("a")
            await keyboard.sees("Only an officer may accept a handover")

    async def test_every_reason_is_a_sentence(self, store: Path) -> None:
        a_draft()
        async with a_console(store, a_second_officer()) as keyboard:
            place = keyboard.place
            reasons = [place.why_not(command.id()) for command in place.commands()]
            assert [r for r in reasons if r and not (r[0].isupper() and r.endswith("."))] == []
            assert place.why_not("accept") and not place.why_not("begin_review")


async def test_two_consoles_on_one_draft_do_not_lose_each_other(store: Path) -> None:
    """What one changes, the other shows; nobody's cursor moves."""
    draft_id = a_draft_in_review()
    async with a_console(store, a_second_officer()) as keyboard:
        await goes_to(keyboard, "3.2")
        review.answer(a_third_officer().actor, draft(draft_id).merge_proposals[0].id, Answer.MERGE)
        await keyboard.until(lambda: len(keyboard.place.shown) == 7, "the merge on screen")
        assert keyboard.place.item and keyboard.place.item.number == "3.2"

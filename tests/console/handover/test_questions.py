"""Merge proposals and concerns: what a person is asked, and what each answer does."""

from pathlib import Path

import pytest
from textual.widgets import Input

from console.screens.handover.concerns import ConcernSheet
from console.screens.handover.merges import MergeSheet
from storage.drafts import review
from storage.drafts.states import Answer, ConcernKind
from storage.drafts.views import draft
from storage.entries.views import entries_by_id
from tests.builders import (
    a_draft_in_review,
    a_second_officer,
    a_third_officer,
)
from tests.console.handover.keyboard import a_console, items, opens


class TestMergeProposals:
    """m: a person decides (I10)."""

    @pytest.mark.parametrize(("key", "answer"), [("k", Answer.KEEP_BOTH), ("p", Answer.PROGRESS)])
    async def test_keeping_both_and_progress_change_no_item(
        self, store: Path, key: str, answer: Answer
    ) -> None:
        draft_id = a_draft_in_review()
        before = [item.text for item in items(draft_id).values()]
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "m", MergeSheet)
            await keyboard.press(key)
            await keyboard.sees("Every merge proposal is answered.")
        assert draft(draft_id).merge_proposals[0].answer == answer
        assert [item.text for item in items(draft_id).values()] == before

    async def test_each_text_says_who_said_it_and_when(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        said = entries_by_id(draft(draft_id).merge_proposals[0].entries).values()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "m", MergeSheet)
            times = keyboard.place.times
            for entry in said:
                await keyboard.sees(f"{entry.author}, {times(entry.created_at)[:16]}")

    async def test_a_proposal_somebody_else_answered_meanwhile_is_not_answered_twice(
        self, store: Path
    ) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "m", MergeSheet)
            proposal = draft(draft_id).merge_proposals[0]
            review.answer(a_third_officer().actor, proposal.id, Answer.KEEP_BOTH)
            await keyboard.press("m")
            await keyboard.sees("Tomás Ferreira answered 'keep-both' already.")
            assert isinstance(keyboard.app.screen, MergeSheet)


class TestConcerns:
    """c: both statements are shown; a note is needed."""

    async def test_a_conflict_shows_both_statements_and_takes_a_note(self, store: Path) -> None:
        draft_id = a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "c", ConcernSheet)
            await keyboard.sees("≠ conflict in 2.3, 2.4", "75 % on the gauge", "90 % by dipstick")
            await keyboard.press("enter")
            await keyboard.sees("A reason is needed; it stays on record.")
            await keyboard.type("dip again at noon")
            await keyboard.press("enter")
            await keyboard.sees("2 of 3", "? uncertain in 3.1")
        conflict = next(c for c in draft(draft_id).conflicts if c.kind is ConcernKind.CONFLICT)
        assert (conflict.note, conflict.acknowledged_by) == ("dip again at noon", "Priya Nair")

    async def test_notes_of_several_pages_are_kept_apart_and_offered_again(
        self, store: Path
    ) -> None:
        """CONSOLE rule 15."""
        a_draft_in_review()
        async with a_console(store, a_second_officer()) as keyboard:
            await opens(keyboard, "c", ConcernSheet)
            await keyboard.type("first")
            await keyboard.press("tab")
            await keyboard.sees("2 of 3")
            await keyboard.type("second")
            await keyboard.press("escape")
            await keyboard.until(lambda: keyboard.app.screen is keyboard.place, "the place")
            await opens(keyboard, "c", ConcernSheet)
            await keyboard.sees("1 of 3", "What you had written is here again.")
            note = keyboard.app.screen.query_one("#note", Input)
            assert note.value == "first"
            await keyboard.press("tab")
            await keyboard.until(lambda: note.value == "second", "the second note")

"""I1 at the console: what is dimmed says why, and pressing it all the same is recorded."""

from collections.abc import Callable
from pathlib import Path

import pytest

from console.screens.handover.looking import LookSheet
from storage.audit.filters import read_filter
from storage.audit.views import AuditQuery, AuditRow, list_events
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.people.views import CrewMember
from tests.builders import (
    a_draft_in_review,
    a_rating,
    a_second_officer,
    a_third_officer,
    an_accepted_draft,
)
from tests.console.app.terminal import a_terminal
from tests.console.handover.keyboard import LARGE, a_console, goes_to


def refusals() -> list[AuditRow]:
    """What was refused, newest first."""
    return list_events(AuditQuery(where=read_filter("outcome:refused")))


@pytest.mark.parametrize(
    ("who", "key", "dimmed", "words", "action"),
    [
        (a_second_officer, "s", "(s countersign)",
         "The relief is another person: you accepted this handover yourself.", "handover.signed"),
        (a_rating, "s", "(s countersign)", "Only an officer may countersign a handover",
         "handover.signed"),
        (a_second_officer, "d", "(d decline)",
         "You accepted this handover; reopen it instead of declining it.", "draft.declined"),
        (a_third_officer, "u", "(u reopen)",
         "Only the officer who accepted it may reopen it; the relief declines it.",
         "draft.reopened"),
        (a_second_officer, "r", "s countersign", "The handover is accepted; its content is frozen.",
         "job.submitted"),
    ],
)  # fmt: skip
async def test_i1_a_move_tried_while_it_is_dimmed_is_refused_by_the_store_on_record(
    store: Path, who: Callable[[], CrewMember], key: str, dimmed: str, words: str, action: str
) -> None:
    """CONSOLE rule 5"""
    draft_id, person = an_accepted_draft(), who()
    async with a_console(store, person, LARGE) as keyboard:
        await keyboard.sees(dimmed)
        assert refusals() == []
        await keyboard.press(key)
        await keyboard.sees(words)
    (event,) = refusals()
    assert (event.action, event.actor_id, event.subject_id) == (action, person.id, draft_id)
    assert words in event.detail["why"]
    assert draft(draft_id).state is DraftState.ACCEPTED


async def test_i1_i11_accepting_unread_is_refused_on_record_and_says_what_is_missing(
    store: Path,
) -> None:
    draft_id, officer = a_draft_in_review(), a_second_officer()
    async with a_console(store, officer, LARGE) as keyboard:
        await keyboard.sees("(a accept)")
        await keyboard.press("a")
        await keyboard.until(lambda: isinstance(keyboard.app.screen, LookSheet), "what is missing")
        await keyboard.sees("Not yet. Still missing:", "section Engineering not read to its end")
    (event,) = refusals()
    assert (event.action, event.subject_id) == ("draft.accepted", draft_id)
    assert event.detail["code"] == "not_ready"


async def test_i1_editing_a_command_item_is_refused_on_record(store: Path) -> None:
    a_draft_in_review()
    async with a_console(store, a_second_officer()) as keyboard:
        command = await goes_to(keyboard, "1.1")
        await keyboard.press("e")
        await keyboard.sees("Command statements are derived from their sources")
    (event,) = refusals()
    assert (event.action, event.subject_id) == ("draft.item_edited", command.id)


async def test_i1_a_draft_asked_for_during_a_review_is_refused_on_record(store: Path) -> None:
    a_draft_in_review()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("(g generate)")
        await terminal.press("g")
        await terminal.says("The open handover is in review; regenerate it to take in new entries.")
    assert [event.action for event in refusals()] == ["job.submitted"]


async def test_what_nobody_signed_in_presses_is_told_and_not_recorded(store: Path) -> None:
    a_draft_in_review()
    async with a_console(store) as keyboard:
        await keyboard.press("s")
        await keyboard.sees("countersigning needs one that is accepted")
    assert refusals() == []

"""The lists of the Insights place: signals, suggestions, regenerations, and what people decide."""

from pathlib import Path

from console.screens.insights.place import InsightsPlace
from storage.entries.views import list_proposals
from storage.insights.output_views import list_regenerations
from storage.insights.outputs import approve
from storage.insights.states import OutputStatus, RegenerationStatus, SuggestionStatus
from storage.insights.views import list_suggestions
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery
from storage.jobs.views import list_jobs
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.console.app.findings import (
    a_collected_history,
    a_failed_regeneration,
    a_fault_that_comes_back,
    an_approved_regeneration,
)
from tests.console.app.terminal import LARGE, Terminal, a_terminal

NEXT, BEFORE = "right_square_bracket", "left_square_bracket"


async def goes_to_list(terminal: Terminal, times: int, *words: str) -> None:
    """From the Watch to the insights, and so many lists on."""
    await terminal.goes_to("6", "[Trends]")
    for _ in range(times):
        await terminal.press(NEXT)
        await terminal.pilot.pause()
    await terminal.sees(*words)


async def test_the_brackets_go_round_the_four_lists_and_esc_goes_back_to_the_trends(
    store: Path,
) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "[Trends] Signals Suggestions Regenerations", "] next list")
        for name in ("[Signals]", "[Suggestions]", "[Regenerations]", "[Trends]"):
            await terminal.press(NEXT)
            await terminal.sees(name, "[6 Insights]")
        await terminal.press(BEFORE)
        await terminal.sees("[Regenerations]")
        await terminal.press("escape")
        await terminal.sees("[Trends]")
        assert isinstance(terminal.app.screen, InsightsPlace)


async def test_every_empty_list_says_why_and_what_to_press(store: Path) -> None:
    """CONSOLE rule 11"""
    async with a_terminal(store) as terminal:
        await goes_to_list(terminal, 1, "No signal: nothing in the counts", "c looks now")
        await terminal.press(NEXT)
        await terminal.sees("Nothing is suggested: suggestions follow from signals ([)")
        await terminal.press(NEXT)
        await terminal.sees("No regeneration: one comes of a suggestion ([)")


async def test_a_signal_says_what_was_counted_and_what_it_rests_on(store: Path) -> None:
    a_fault_that_comes_back()
    async with a_terminal(store, size=LARGE) as terminal:
        await goes_to_list(terminal, 1, "1 signal", "! fault comes back", "3 times")
        await terminal.sees("RECURRING_FAULT", "3 entries; Enter shows them", "just now")


async def test_counting_now_is_asked_of_the_worker(store: Path) -> None:
    """CONSOLE rule 7"""
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("6", "[Trends]")
        await terminal.press("c")
        await terminal.says("Requested; it waits: no worker is running, W starts one.")
    assert len(list_jobs(JobQuery(kind=JobKind.ANALYTICS_JOBS))) == 1


async def test_accepting_a_suggestion_asks_and_leads_to_the_inbox(store: Path) -> None:
    """CONSOLE rule 3"""
    a_fault_that_comes_back()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("[6] 2 suggestions to decide")
        await goes_to_list(terminal, 2, "2 suggestions", "○ open", "Record that the fault")
        await terminal.press("a")
        await terminal.sees("Accept?", "A proposal goes to the inbox, where a person makes it")
        await terminal.press("enter")
        assert len(list_suggestions(SuggestionStatus.OPEN)) == 2
        await terminal.press("a", "y")
        await terminal.says("Accepted: the inbox (2, b) has the proposal.")
        await terminal.sees("✓ accepted", "○ open")
    assert [p.source_kind for p in list_proposals()] == ["suggestion"]


async def test_dismissing_a_suggestion_needs_a_reason_that_is_shown_afterwards(
    store: Path,
) -> None:
    a_fault_that_comes_back()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await goes_to_list(terminal, 2, "2 suggestions")
        await terminal.press("d", "enter")
        await terminal.sees("A few words are needed")
        await terminal.type("spare is fitted\n")
        await terminal.says("Dismissed; it stays on record.")
        await terminal.sees("– dismissed")
        await terminal.press("down")
        await terminal.sees("dismissed by Priya Nair: spare is fitted")
        await terminal.press("a")
        await terminal.says("The suggestion is DISMISSED already.")


async def test_a_regeneration_that_waits_can_only_be_waited_for(store: Path) -> None:
    """CONSOLE rule 5"""
    an_approved_regeneration()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await goes_to_list(terminal, 3, "1 regeneration", "○ waits", "(a approve)", "(r try again)")
        for key, words in (
            ("a", "The worker has not collected it yet."),
            ("x", "The worker has not collected it yet."),
            ("r", "It neither failed nor was rejected"),
            ("b", "There is no version here that could be put back."),
        ):
            await terminal.press(key)
            await terminal.says(words)


async def test_what_was_collected_is_read_whole_and_approved(store: Path) -> None:
    a_collected_history()
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, 3, "✓ collected", "? for approval")
        await terminal.press("enter")
        await terminal.sees("Regeneration · entry:", "version 1", "Bilge pump 3 leaks", "day 1.")
        await terminal.press("a")
        await terminal.sees("“Bilge pump 3”, version 1, will stand for")
        await terminal.press("y")
        await terminal.says("Approved; it stands.")
        await terminal.sees("✓ approved and it stands", "approved by Priya Nair")
        await terminal.press("b")
        await terminal.says("Version 1 is the one that stands.")
    (one,) = list_regenerations()
    assert one.output is not None and one.output.status is OutputStatus.APPROVED


async def test_a_rejected_output_is_tried_again_once_with_a_reason(store: Path) -> None:
    a_collected_history()
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, 3, "? for approval")
        await terminal.press("x")
        await terminal.type("the wrong pump\n")
        await terminal.says("Rejected; it stays on record.")
        await terminal.sees("– rejected")
        await terminal.press("r")
        await terminal.type("the list is right now\n")
        await terminal.says("Approved: the worker tries again")
        await terminal.sees("2 regenerations")
        await terminal.press("down", "r")
        await terminal.says("Its retry has been used, by regeneration")
    assert list_regenerations()[0].status is RegenerationStatus.PENDING


async def test_a_failure_says_why_and_may_be_tried_again(store: Path) -> None:
    a_failed_regeneration()
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, 3, "✗ failed", "says the entries could not be read")
        await terminal.press("a")
        await terminal.says("It failed: no output.")
        await terminal.press("r")
        await terminal.type("again\n")
        await terminal.sees("2 regenerations")


async def test_an_earlier_version_comes_back_as_a_new_one(store: Path, clock: ShipClock) -> None:
    officer = a_second_officer().actor
    approve(officer, a_collected_history().id)
    clock.advance(days=20)
    approve(officer, a_collected_history().id)
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, 3, "2 regenerations", "✓ approved stands")
        await terminal.press("down", "b")
        await terminal.sees("Version 1 of “Bilge pump 3” comes back as a new version.")
        await terminal.type("the second left lines out\n")
        await terminal.says("Version 3 stands, with the words of version 1.")
        await terminal.press("enter")
        await terminal.sees("version 3", "✓ approved and it stands")


async def test_words_find_a_suggestion_and_the_count_follows(store: Path) -> None:
    """CONSOLE rule 9"""
    a_fault_that_comes_back()
    async with a_terminal(store) as terminal:
        await goes_to_list(terminal, 2, "2 suggestions")
        await terminal.press("slash")
        await terminal.type("collect")
        await terminal.sees("1 suggestion found")
        await terminal.press("enter", "escape")
        await terminal.sees("2 suggestions")


async def test_a_list_held_still_shows_nothing_new(store: Path) -> None:
    """CONSOLE rule 4"""
    async with a_terminal(store) as terminal:
        await goes_to_list(terminal, 2, "0 suggestions")
        await terminal.press("p")
        a_fault_that_comes_back()
        await terminal.sees("2 new · display held")
        await terminal.press("p")
        await terminal.sees("2 suggestions")

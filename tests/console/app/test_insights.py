"""The Insights place: trends as charts."""

from pathlib import Path

from tests.builders import an_entry
from tests.clock import ShipClock
from tests.console.app.jobs import a_failed_job, a_worker
from tests.console.app.terminal import LARGE, a_terminal


async def test_trends_are_shown_as_charts_and_said_in_words(store: Path) -> None:
    an_entry("Bilge pump 2 leaks at the shaft seal, about a litre an hour.")
    with a_worker():
        a_failed_job()
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("6", "[6 Insights]", "[Trends]")
        await terminal.sees("Jobs a minute 1 began within the hour, at most 1 in a minute")
        await terminal.sees("wait p95", "run p50", "60 min ago", "█ 1")
        await terminal.sees("Entries by worst risk 1 in 30 days (UTC), 1 today")


async def test_a_chart_without_anything_to_draw_says_why_and_what_to_press(store: Path) -> None:
    """CONSOLE rule 11"""
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "None began in the last hour; g on the Watch (1)")
        await terminal.sees("No run within the last hour to measure.")
        await terminal.sees("n captures one.", "the Handover (3) leads to one.")


async def test_the_charts_follow_the_store_while_they_are_looked_at(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "None began in the last hour")
        with a_worker():
            a_failed_job()
        await terminal.sees("1 began within the hour")


async def test_a_display_held_still_shows_no_new_chart(store: Path) -> None:
    """CONSOLE rule 4"""
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "None began in the last hour")
        await terminal.press("p")
        an_entry()
        await terminal.sees("1 new · display held")
        await terminal.sees("n captures one.")
        await terminal.press("p")
        await terminal.sees("1 in 30 days")


async def test_the_hour_slides_though_nothing_happens(store: Path, clock: ShipClock) -> None:
    with a_worker():
        a_failed_job()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "1 began within the hour")
        clock.advance(minutes=61)
        terminal.app.background._taken_at = 0.0  # the slow pulse is due
        await terminal.sees("None began in the last hour")


async def test_the_charts_are_copied_as_text(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "None began")
        await terminal.press("y")
        await terminal.says("opied")


async def test_the_names_of_all_places_stand_in_a_small_terminal(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "[6 Insights]", "4Jobs", "7Archive", "9System")


async def test_the_charts_stand_up_in_a_very_small_terminal(store: Path) -> None:
    with a_worker():
        a_failed_job()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("6", "[6 Insights]")
        for size in ((40, 10), (20, 5), (5, 2), (40, 10)):
            await terminal.pilot.resize_terminal(*size)
            await terminal.press("down")
        await terminal.sees("[6 Insights]")

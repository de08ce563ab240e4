"""The lists beside the jobs: groups, schedules, failures."""

from pathlib import Path

from console.screens.jobs.place import JobsPlace
from storage.jobs.failures import failure_groups
from storage.jobs.group_views import show_group
from storage.jobs.states import GroupState
from storage.jobs.views import list_jobs
from storage.schedules.views import list_schedules
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.console.app.engine import a_group, a_group_that_is_followed, six_missed_runs
from tests.console.app.jobs import a_failed_job, a_queued_job, a_running_job, a_worker
from tests.console.app.terminal import LARGE, Terminal, a_terminal

NEXT, BEFORE = "right_square_bracket", "left_square_bracket"


async def goes_to_list(terminal: Terminal, key: str, times: int, *words: str) -> None:
    """From the Watch to the jobs, and so many lists on."""
    await terminal.goes_to("4", "[Jobs]")
    for _ in range(times):
        await terminal.press(key)
        await terminal.pilot.pause()
    await terminal.sees(*words)


async def test_the_brackets_go_round_the_four_lists_and_esc_goes_back_to_the_jobs(
    store: Path,
) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("4", "[Jobs] Groups Schedules Failures", "] next list")
        for name in ("[Groups]", "[Schedules]", "[Failures]", "[Jobs]"):
            await terminal.press(NEXT)
            await terminal.sees(name, "[4 Jobs]")
        for name in ("[Failures]", "[Schedules]", "[Groups]"):
            await terminal.press(BEFORE)
            await terminal.sees(name)
        await terminal.press("escape")
        await terminal.sees("[Jobs]")
        assert isinstance(terminal.app.screen, JobsPlace)


async def test_every_empty_list_says_why_and_what_to_press(store: Path) -> None:
    """CONSOLE rule 11"""
    async with a_terminal(store) as terminal:
        await goes_to_list(terminal, NEXT, 1, "Nothing was asked for together yet", "Esc goes back")
        await terminal.press(NEXT, NEXT)
        await terminal.sees("No job has failed.", "Esc goes back")


async def test_esc_clears_the_filter_of_a_list_before_it_leaves_it(store: Path) -> None:
    """CONSOLE rule 9: the count follows the filter."""
    a_group(), a_group_that_is_followed()
    async with a_terminal(store) as terminal:
        await goes_to_list(terminal, NEXT, 1, "2 groups")
        await terminal.press("slash")
        await terminal.type("night")
        await terminal.press("enter")
        await terminal.sees("1 group found", "checks of the night")
        await terminal.press("escape")
        await terminal.sees("2 groups", "[Groups]")
        await terminal.press("escape")
        await terminal.sees("[Jobs]")


async def test_a_group_shows_how_its_jobs_stand_and_leads_to_them(store: Path) -> None:
    a_queued_job("not of the group")
    group_id = a_group()
    with a_worker():
        async with a_terminal(store) as terminal:
            await goes_to_list(terminal, NEXT, 1, "3 × debug", "▶ open", "3: ○ 3 queued")
            await terminal.press("enter")
            await terminal.sees("Group · 3 × debug", "all were added")
            await terminal.press("enter")
            await terminal.sees("[Jobs]", "3 jobs found", f"group:{group_id}"[:30])


async def test_a_job_of_a_group_leads_to_its_group(store: Path) -> None:
    a_group(1)
    async with a_terminal(store) as terminal:
        await terminal.goes_to("4", "1 job")
        await terminal.press("enter")
        await terminal.sees("Enter goes to the group it belongs to")
        await terminal.press("enter")
        await terminal.sees("Group · 1 × debug")


async def test_cancelling_a_group_asks_and_says_what_is_left_to_end(store: Path) -> None:
    """CONSOLE rule 3"""
    group_id = a_group()
    with a_worker():
        a_running_job("debug")
        async with a_terminal(store, a_second_officer()) as terminal:
            await goes_to_list(terminal, NEXT, 1, "3 × debug")
            await terminal.press("x")
            await terminal.sees("2 jobs will be cancelled, 1 running left to end", "undone")
            await terminal.press("enter")
            assert show_group(group_id).queued == 2
            await terminal.press("x")
            await terminal.sees("Cancel group?")
            await terminal.press("y")
            await terminal.says("2 jobs cancelled; what runs is left to end.")
            await terminal.sees("cancel asked")
            await terminal.press("x")
            await terminal.says("It is cancelled already; 1 of its jobs still run.")


async def test_cancelling_a_large_group_asks_for_the_number(store: Path) -> None:
    """CONSOLE rule 3"""
    group_id = a_group(50)
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, NEXT, 1, "50 × debug")
        await terminal.press("x")
        await terminal.sees("Write how many wait to go on.")
        await terminal.type("5\n")
        await terminal.sees("It is not 5: 50 wait.")
        await terminal.type("50\n")
        await terminal.says("50 jobs cancelled")
    assert show_group(group_id).state is GroupState.CANCELLED


async def test_missed_runs_wait_for_one_answer_and_one_run_makes_up_for_all(
    store: Path, clock: ShipClock
) -> None:
    six_missed_runs(clock)
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, NEXT, 2, "! 6 missed", "r runs once for all of them")
        await terminal.press("r")
        await terminal.says("; it makes up for 6 missed.")
        await terminal.sees("○ queued")
        await terminal.press("s")
        await terminal.says("It has missed nothing.")
        await terminal.press("enter")
        await terminal.sees("Generate handover · job")
    assert {schedule.missed for schedule in list_schedules()} == {None}
    assert len(list_jobs()) == 1


async def test_skipping_missed_runs_asks_first(store: Path, clock: ShipClock) -> None:
    """CONSOLE rule 3"""
    six_missed_runs(clock)
    async with a_terminal(store, a_second_officer()) as terminal:
        await goes_to_list(terminal, NEXT, 2, "! 6 missed")
        await terminal.press("s")
        await terminal.sees("6 missed runs of “Generate handover” will not be made up for.")
        await terminal.press("y")
        await terminal.says("6 missed runs skipped.")
        await terminal.until(lambda: "! 6 missed" not in terminal.flat, "answered")
    assert list_jobs() == []


async def test_a_schedule_that_never_ran_says_so(store: Path) -> None:
    """CONSOLE rules 5 and 10"""
    async with a_terminal(store) as terminal:
        await goes_to_list(terminal, NEXT, 2, "next LT UTC+2", "end of watch", "not yet")
        await terminal.sees("LT (UTC+2) · 06:00 UTC")
        await terminal.press("enter")
        await terminal.says("It has not run yet")


async def test_failures_that_are_alike_are_one_line_with_a_count(
    store: Path, clock: ShipClock
) -> None:
    """CONSOLE rule 12"""
    with a_worker():
        a_failed_job("the pump is dry")
        clock.advance(minutes=1)
        a_failed_job("no reading at 41 bar")
        a_failed_job("no reading at 42 bar")
    async with a_terminal(store, size=LARGE) as terminal:
        await goes_to_list(terminal, BEFORE, 1, "2 sorts of failure", "! 2 new")
        await terminal.press("enter")
        await terminal.sees("Failure · Sleep · RuntimeError", "2 in all, 2 not answered for")
        await terminal.sees("RuntimeError: no reading at 42 bar")
        await terminal.press("enter")
        await terminal.sees("z Sleep · job", "Traceback: line 1")


async def test_acknowledging_a_failure_takes_a_reason_and_an_owner_and_deletes_nothing(
    store: Path,
) -> None:
    """CONSOLE rule 12"""
    with a_worker():
        a_failed_job("the pump is dry")
        async with a_terminal(store, a_second_officer()) as terminal:
            await goes_to_list(terminal, BEFORE, 1, "! 1 new", "a acknowledge")
            await terminal.press("a")
            await terminal.sees("Sleep failed once", "Why may it stand")
            await terminal.press("enter")
            await terminal.sees("A few words are needed")
            await terminal.type("seal on order\n")
            await terminal.sees("Who sees to it?")
            await terminal.type("\n")
            await terminal.says("Acknowledged; if it happens again, it is new again.")
            await terminal.sees("✓ Priya Nair", "seal on order")
            await terminal.press("a")
            await terminal.says("It is acknowledged already and has not happened since.")
            a_failed_job("the pump is dry")
            await terminal.sees("! 1 new")
    (failure,) = failure_groups()
    assert failure.count == 2 and failure.acknowledged is not None


async def test_the_lists_stand_up_in_a_very_small_terminal(store: Path, clock: ShipClock) -> None:
    a_group()
    with a_worker():
        a_failed_job("the pump is dry")
    six_missed_runs(clock)
    async with a_terminal(store) as terminal:
        await terminal.press("4")
        for size in ((40, 10), (20, 5), (5, 2), (40, 10)):
            await terminal.pilot.resize_terminal(*size)
            await terminal.press(NEXT)
            await terminal.pilot.pause()
        await terminal.sees("[4 Jobs]")


async def test_the_watch_says_that_runs_were_missed_and_where_to_answer(
    store: Path, clock: ShipClock
) -> None:
    six_missed_runs(clock)
    async with a_terminal(store) as terminal:
        await terminal.sees("[4] “Generate handover” missed 6 runs: run or skip, under Schedules")

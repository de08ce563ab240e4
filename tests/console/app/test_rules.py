"""The rules of CONSOLE that peers learnt the hard way, each by its number."""

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input, TextArea

from console.session import IDLE_LOCK_S
from console.widgets.filter_line import FilterLine
from storage.clock import both_times
from storage.jobs.actions import cancel, pause
from storage.jobs.states import JobStatus
from storage.jobs.views import find_job
from tests.builders import a_captain, a_second_officer, an_entry, entries, pin_of
from tests.clock import START
from tests.console.app.jobs import a_failed_job, a_queued_job, a_running_job, a_worker
from tests.console.app.terminal import LARGE, a_terminal


async def test_keys_typed_ahead_of_a_list_never_land_in_its_closed_filter(store: Path) -> None:
    """The list would be empty for a word that nobody sees."""
    an_entry("Fire door 3 does not close.")
    async with a_terminal(store) as terminal:
        terminal.app.post_message(events.Key("2", "2"))
        while "[2 Entries]" not in terminal.text:
            terminal.app.post_message(events.Key("k", "k"))
            await asyncio.sleep(0)
        await terminal.sees("[2 Entries]", "1 entry", "Fire door 3")
        assert not terminal.app.screen.query_one(FilterLine).text


async def test_a_bulk_act_is_on_exactly_these_rows(store: Path) -> None:
    """CONSOLE rules 1 and 2: "these n" are the marked rows and no other."""
    first, second, third = (a_queued_job(str(n)) for n in range(3))
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "3 jobs")
        await terminal.press("space", "space", "x")
        await terminal.sees("These 2 marked jobs will be cancelled, or asked to stop if running.")
        await terminal.press("y")
        await terminal.says("2 cancelled or asked to stop.")
    states = [find_job(job).status for job in (first, second, third)]
    assert states == [JobStatus.QUEUED, JobStatus.CANCELLED, JobStatus.CANCELLED]


async def test_what_cannot_be_undone_asks_and_enter_means_no(store: Path) -> None:
    """CONSOLE rule 3"""
    job = a_queued_job()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "1 job")
        await terminal.press("x")
        await terminal.sees("Cancel?", "n, Enter or Esc leave it")
        await terminal.press("enter")
        await terminal.until(lambda: len(terminal.app.screen_stack) == 1, "sheet closed")
    assert find_job(job).status is JobStatus.QUEUED


async def test_a_question_tells_any_other_key_that_it_comes_first(store: Path) -> None:
    """CONSOLE rule 3: a key pressed for another place is not swallowed in silence."""
    a_queued_job()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "1 job")
        await terminal.press("x")
        await terminal.sees("Cancel?")
        await terminal.press("3")
        await terminal.sees("This question comes first: y cancel it")


async def test_a_retry_always_asks(store: Path) -> None:
    """CONSOLE rule 3"""
    with a_worker():
        job = a_failed_job()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("4", "✗ failed", "the pump is dry")
        await terminal.press("r")
        await terminal.sees("Retry?", "will be queued again as a new attempt")
        await terminal.press("y")
        await terminal.says("Queued again.")
        await terminal.sees("○ queued")
    assert find_job(job).status is JobStatus.QUEUED


async def test_an_act_that_is_not_legal_now_is_dimmed_and_says_why(store: Path) -> None:
    """CONSOLE rule 5"""
    a_queued_job()
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await terminal.goes_to("4", "(r retry)", "x cancel")
        await terminal.press("r")
        await terminal.says("The job is queued; only a failed job is retried.")
        await terminal.press("question_mark")
        await terminal.sees("not now: The job is queued; only a failed job is retried.")


async def test_a_queued_job_says_why_it_waits(store: Path) -> None:
    """CONSOLE rule 6"""
    a_queued_job()
    async with a_terminal(store) as terminal:
        await terminal.sees("1 job waiting and no worker is running")
        await terminal.goes_to("4", "It waits because no worker is running")
        with a_worker():
            a_queued_job("another")
            await terminal.sees("It waits for a free worker")


async def test_a_paused_engine_is_told_on_the_watch_and_of_the_draft_that_waits(
    store: Path,
) -> None:
    """CONSOLE rule 6"""
    an_entry("Fire door 3 does not close.")
    pause(a_captain().actor, why="pump room")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.sees("the whole engine is paused, no job starts: pump room")
        await terminal.press("g")
        await terminal.sees("Generate handover It waits because the whole engine is paused.")


async def test_a_stop_that_was_asked_for_is_not_called_stopped(store: Path) -> None:
    """CONSOLE rule 7"""
    with a_worker():
        job = a_running_job()
        cancel(a_second_officer().actor, job.job_id)
        async with a_terminal(store) as terminal:
            await terminal.goes_to("4", "▶ stop requested", "It was asked to stop")


async def test_stored_text_is_shown_and_never_obeyed(store: Path) -> None:
    """CONSOLE rule 8, I17: control, direction and markup are text like any other."""
    said = "pump\x1b[2J\x07 [red]hot[/red] [@click=app.quit]x[/] inv\u202efdp.exe"
    an_entry(said)
    shown = "pump<U+001B>[2J<U+0007> [red]hot[/red] [@click=app.quit]x[/] inv<U+202E>fdp.exe"
    async with a_terminal(store, size=(200, 50)) as terminal:
        await terminal.goes_to("2", shown[:40])
        assert "\x1b" not in terminal.text
        await terminal.press("enter")
        await terminal.sees("Entry ·", shown)


async def test_a_long_text_is_cut_in_the_list_and_whole_on_demand(store: Path) -> None:
    """CONSOLE rule 8"""
    an_entry("Bilge pump. " + "It leaks. " * 40 + "The seal is worn.")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "Bilge pump. It leaks.", "…")
        await terminal.press("enter")
        await terminal.sees("The seal is worn.")


async def test_the_count_follows_the_filter(store: Path) -> None:
    """CONSOLE rule 9"""
    entries("Bilge pump leaks.", "Fire door 3 does not close.", "Fire door 4 does not close.")
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "3 entries")
        await terminal.press("slash")
        await terminal.type("fire")
        await terminal.sees("2 entries found")
        await terminal.press("enter", "escape")
        await terminal.sees("3 entries")


async def test_a_filter_that_cannot_be_read_says_so_and_changes_nothing(store: Path) -> None:
    an_entry()
    async with a_terminal(store) as terminal:
        await terminal.goes_to("2", "1 entry")
        await terminal.press("slash")
        await terminal.type("colour:red")
        await terminal.says("There is no field 'colour' here; there are status")
        await terminal.until(lambda: terminal.status in terminal.flat, "the whole sentence")
        await terminal.press("escape")
        await terminal.sees("1 entry")


async def test_every_time_is_ships_time_and_utc_with_the_offset_and_an_age(store: Path) -> None:
    """CONSOLE rule 10"""
    an_entry()
    async with a_terminal(store, size=(120, 30)) as terminal:
        at = both_times(START, 120)
        await terminal.sees(at)
        await terminal.goes_to("2", "LT UTC+2", f"{at} · just now")


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("2", "Press n and say what matters."),
        ("4", "On the Watch (1), g drafts a handover."),
        ("7", "No handover has been signed yet."),
    ],
)
async def test_an_empty_screen_says_why_and_what_to_press(
    store: Path, key: str, words: str
) -> None:
    """CONSOLE rule 11"""
    async with a_terminal(store) as terminal:
        await terminal.goes_to(key, words)


async def test_a_console_left_alone_locks_itself_and_only_a_pin_opens_it(store: Path) -> None:
    """CONSOLE rule 13"""
    officer = a_second_officer()
    async with a_terminal(store, officer) as terminal:
        terminal.app.session._last_key_at -= IDLE_LOCK_S + 1
        terminal.app._lock_if_unattended()
        await terminal.sees("Locked.")
        assert terminal.app.person is None
        assert "Needs attention" not in terminal.text
        await terminal.press("escape")
        await terminal.sees("The console is locked; a PIN opens it.")
        await terminal.press("down")
        await terminal.type(pin_of(officer))
        await terminal.press("enter")
        await terminal.sees("Needs attention")
        assert terminal.app.person == officer


async def test_a_running_job_shows_phase_percent_and_elapsed_time(store: Path) -> None:
    """CONSOLE rule 14"""
    with a_worker():
        a_running_job()
        async with a_terminal(store) as terminal:
            await terminal.sees("▶ running Sleep sleep", "40 %")
            await terminal.goes_to("4", "0.0 s", "sleep", "40 %")


async def test_nothing_blinks(store: Path) -> None:
    async with a_terminal(store, a_second_officer()) as terminal:
        for keys in (["n"], ["escape", "colon"], ["escape", "2", "slash"], ["escape", "i"]):
            await terminal.press(*keys)
            await terminal.pilot.pause()
            fields = [*terminal.app.screen.query(Input), *terminal.app.screen.query(TextArea)]
            assert fields and not any(field.cursor_blink for field in fields)


async def test_a_terminal_too_small_still_shows_a_sentence(store: Path) -> None:
    an_entry()
    async with a_terminal(store, a_second_officer()) as terminal:
        for key, size in (("2", (40, 10)), ("n", (20, 5)), ("escape", (5, 2)), ("8", (40, 10))):
            terminal.app.state("Said at any width, however narrow the terminal has become.")
            await terminal.pilot.resize_terminal(*size)
            await terminal.press(key)
        await terminal.sees("captured an entry")


async def test_without_colour_every_state_still_has_its_word(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    with a_worker():
        a_failed_job()
    async with a_terminal(store) as terminal:
        assert terminal.app.no_color
        await terminal.goes_to("4", "✗ failed")

"""The System place: workers, queues, the engine, the store, and what stands wrong."""

import os
from pathlib import Path

import pytest

from console.screens.system.acts import read_limit
from console.words.upkeep import size_words
from storage.alerts.actions import raise_standing
from storage.alerts.states import Standing
from storage.alerts.views import on_record
from storage.audit.actor import SYSTEM
from storage.audit.anchor import write_anchor
from storage.errors import BadInput
from storage.jobs.actions import begin_draining, bury_dead_workers, complete
from storage.jobs.endings import Account
from storage.jobs.kind_spec import Queue
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.queue_views import QueueRecord, engine
from storage.jobs.record import JobQuery
from storage.jobs.views import list_jobs
from storage.recovery.actions import record_backup
from storage.recovery.backing_up import backup
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.console.app.jobs import a_queued_job, a_running_job, a_worker
from tests.console.app.terminal import LARGE, Terminal, a_terminal


def queue(which: Queue) -> QueueRecord:
    """One queue as it stands."""
    return next(one for one in engine().queues if one.queue is which)


async def goes_to_line(terminal: Terminal, line_id: str) -> None:
    """Put the cursor on a line."""
    await terminal.press("home")
    for _ in terminal.rows.row_ids:
        if terminal.rows.cursor_id == line_id:
            break
        await terminal.press("down")
    await terminal.until(lambda: terminal.rows.cursor_id == line_id, line_id)


async def test_a_worker_shows_its_age_its_state_what_it_runs_and_what_it_did(store: Path) -> None:
    with a_worker() as worker:
        complete(a_running_job(), dict, Account())
        job = a_running_job()
        async with a_terminal(store, size=LARGE) as terminal:
            await terminal.goes_to("9", "[9 System]", f":{os.getpid()}", "✓ ok 0 s", "1 done")
            await terminal.sees("▶ Sleep sleep 40 %")
            await goes_to_line(terminal, f"worker:{worker}")
            await terminal.sees("heard 0 s ago (ok), alive", "1 done since it began")
            await terminal.press("enter")
            await terminal.sees(f"z Sleep · job {job.job_id}")


@pytest.mark.parametrize(
    ("silent_s", "words"), [(20, "✓ ok 20 s"), (45, "! late 45 s"), (300, "✗ stale 5 min")]
)
async def test_a_silent_worker_is_shown_by_its_age_in_words(
    store: Path, clock: ShipClock, silent_s: int, words: str
) -> None:
    with a_worker():
        clock.advance(seconds=silent_s)
        async with a_terminal(store) as terminal:
            await terminal.goes_to("9", words)


async def test_a_worker_that_was_told_to_stop_is_called_draining(store: Path) -> None:
    """CONSOLE rule 7: asked to end is not ended."""
    with a_worker():
        begin_draining("pool-of-a-test")
        async with a_terminal(store) as terminal:
            await terminal.goes_to("9", "✓ ok 0 s", "draining · idle")


async def test_a_worker_that_died_is_lost_and_stays_in_sight_for_a_day(store: Path) -> None:
    with a_worker():
        pass
    async with a_terminal(store) as terminal:
        await terminal.goes_to("9", "✗ lost", "! none runs", "W starts one")
        bury_dead_workers()
        await terminal.sees("died without a word, just now")


async def test_the_engine_is_paused_with_a_reason_that_everybody_reads(store: Path) -> None:
    """CONSOLE rules 3 and 6"""
    a_queued_job()
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("9", "all queues ✓ open", "1 waiting · 0 running")
        await terminal.press("E")
        await terminal.sees("Pause the whole engine?", "No job starts any more")
        await terminal.type("dry dock\n")
        await terminal.says("The engine is paused.")
        await terminal.sees("all queues ‖ paused", "dry dock · 1 waiting", "‖ all paused")
        await terminal.sees("E resume all")
        await terminal.press("E")
        await terminal.sees("Resume the whole engine?", "paused because: dry dock.")
        await terminal.press("enter")
        assert engine().pause is not None
        await terminal.press("E", "y")
        await terminal.says("The engine is running.")
    assert engine().pause is None


async def test_a_queue_is_paused_and_limited_by_itself(store: Path) -> None:
    async with a_terminal(store, a_second_officer(), LARGE) as terminal:
        await terminal.goes_to("9", "export", "2 at once")
        await goes_to_line(terminal, "queue:export")
        await terminal.sees("2 at once, built in")
        await terminal.press("u")
        await terminal.type("no paper\n")
        await terminal.says("Queue export is paused.")
        await terminal.sees("E pause all", "u resume queue")
        await terminal.sees("because no paper", "u starts it again")
        await terminal.press("m")
        await terminal.press("backspace")
        await terminal.type("1\n")
        await terminal.says("The limit of export is 1 from now on.")
        await terminal.sees("1 at once, set by hand")
        await terminal.press("m", "backspace")
        await terminal.type("-\n")
        await terminal.sees("2 at once, built in")
        await terminal.press("u", "y")
        await terminal.says("Queue export runs again.")
    assert queue(Queue.EXPORT).pause is None


async def test_a_command_about_another_sort_of_line_says_where_to_put_the_cursor(
    store: Path,
) -> None:
    """CONSOLE rule 5"""
    with a_worker():
        async with a_terminal(store, a_second_officer()) as terminal:
            await terminal.goes_to("9", "[9 System]")
            await goes_to_line(terminal, "engine")
            await terminal.press("u")
            await terminal.says("Put the cursor on a queue.")
            await terminal.press("a")
            await terminal.says("Put the cursor on an alert.")
            await terminal.press("enter")
            await terminal.says("All there is stands in the pane.")


async def test_an_alert_is_acknowledged_with_a_reason_and_stays(store: Path) -> None:
    raise_standing(SYSTEM, Standing.DISK_LOW, "12 MiB are free.")
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("9", "✗ error", "The disk is nearly full")
        await terminal.press("a")
        await terminal.sees("12 MiB are free. What is done about it?")
        await terminal.type("exports go ashore\n")
        await terminal.says("Acknowledged; it stays until it is over.")
        await terminal.sees("✓ seen", "Priya Nair: exports go ashore")
        await terminal.press("a")
        await terminal.says("Priya Nair has acknowledged it already.")
    assert on_record()[Standing.DISK_LOW].acknowledged_why == "exports go ashore"


async def test_an_alert_that_is_read_live_cannot_be_acknowledged_and_says_why(store: Path) -> None:
    """CONSOLE rule 5"""
    async with a_terminal(store, a_second_officer()) as terminal:
        await terminal.goes_to("9", "Nobody watches")
        await terminal.press("a")
        await terminal.says("It is read live and not on record")


async def test_the_store_says_what_it_costs_and_that_there_is_no_backup(store: Path) -> None:
    write_anchor()
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("9", "write-ahead log", "GB free", "anchored at event")
        await terminal.sees("! none yet", "b makes one", "! never yet", "log check")
        record_backup(SYSTEM, backup(store))
        await terminal.sees("✓ just now", "read again", "1 beside the store")


async def test_a_copy_made_before_an_upgrade_is_no_backup_of_now_and_is_named(store: Path) -> None:
    backup(store, label="before-upgrade")
    async with a_terminal(store, size=LARGE) as terminal:
        await terminal.goes_to("9", "! none of now", "1 beside the store, made before")


@pytest.mark.parametrize(
    ("key", "kind"),
    [("b", JobKind.BACKUP), ("c", JobKind.STORE_CHECK), ("v", JobKind.AUDIT_VERIFY)],
)
async def test_each_kind_of_upkeep_is_started_by_a_key_as_by_its_schedule(
    store: Path, key: str, kind: JobKind
) -> None:
    async with a_terminal(store, a_second_officer(), size=LARGE) as terminal:
        await terminal.goes_to("9", "anchor")
        await terminal.press(key)
        await terminal.says(f"{KINDS[kind].label}: queued.")
        await terminal.press(key)
        await terminal.says(f"{KINDS[kind].label}: it waits or runs already.")
    (job,) = list_jobs(JobQuery(kind=kind))
    assert job.requested_by == a_second_officer().id


async def test_a_place_held_still_shows_nothing_new_until_it_is_let_go(store: Path) -> None:
    """CONSOLE rule 4"""
    async with a_terminal(store) as terminal:
        await terminal.goes_to("9", "0 waiting · 0 running")
        await terminal.press("p")
        a_queued_job()
        await terminal.sees("new · display held")
        assert "1 waiting" not in terminal.flat
        await terminal.press("p")
        await terminal.sees("1 waiting · 0 running")


async def test_the_place_stands_up_in_a_very_small_terminal(store: Path) -> None:
    async with a_terminal(store) as terminal:
        await terminal.goes_to("9", "[9 System]")
        for size in ((40, 10), (20, 5), (5, 2), (40, 10)):
            await terminal.pilot.resize_terminal(*size)
            await terminal.press("down")
        await terminal.sees("[9 System]")


def test_a_limit_is_a_number_or_the_built_in_one() -> None:
    assert (read_limit("3"), read_limit("-")) == (3, None)
    with pytest.raises(BadInput, match="'many' is not a number"):
        read_limit("many")


def test_a_size_is_said_in_the_unit_people_read() -> None:
    sizes = [size_words(n) for n in (999, 812_000, 12_300_000, 4_100_000_000)]
    assert sizes == ["0 kB", "812 kB", "12.3 MB", "4.1 GB"]

"""How System and the lists beside the jobs look, as pictures; ids, disk and machine stand still."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from console.app import EightBellsApp
from storage.alerts.actions import raise_standing
from storage.alerts.states import Standing
from storage.audit.actor import SYSTEM
from storage.jobs.actions import complete, pause
from storage.jobs.endings import Account
from storage.jobs.kind_spec import Queue
from tests.builders import a_second_officer
from tests.clock import ShipClock
from tests.console.app.engine import a_group, a_group_that_is_followed, six_missed_runs
from tests.console.app.jobs import a_failed_job, a_running_job, a_worker
from tests.console.app.stillness import DISK
from tests.console.app.terminal import LARGE, SMALL
from tests.console.app.test_snapshots import Compare, shows

NEXT, BEFORE = "right_square_bracket", "left_square_bracket"
SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "160x50"])


@pytest.fixture
def standing_still(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs from run to run and from machine to machine, and is in the pictures."""
    numbers = count(1)
    for module in ("submission", "groups", "claims"):
        monkeypatch.setattr(
            f"storage.jobs.{module}.new_id", lambda: f"019ae{next(numbers):03d}-77aa-7000-8000"
        )
    monkeypatch.setattr("storage.jobs.workforce.HOST", "bridge-pc")
    monkeypatch.setattr("storage.jobs.workforce.getpid", lambda: 4711)
    monkeypatch.setattr("storage.jobs.claims.HOST", "bridge-pc")
    monkeypatch.setattr("os.getpid", lambda: 4711)
    monkeypatch.setattr("console.snapshots.engine.take_upkeep", lambda: DISK)


@pytest.fixture
def an_engine_at_work(
    store: Path, clock: ShipClock, standing_still: None
) -> Iterator[EightBellsApp]:
    """A console on a day in which runs were missed, jobs failed, and a queue is paused."""
    officer = a_second_officer()
    six_missed_runs(clock)
    with a_worker():
        a_failed_job("no route to the printer 192.168.1.4")
        clock.advance(minutes=3)
        a_failed_job("the pump is dry")
        first = a_running_job()
        clock.advance(seconds=30)
        complete(first, dict, Account())
        a_group()
        a_group_that_is_followed()
        a_running_job("debug")
        clock.advance(seconds=12)
        raise_standing(SYSTEM, Standing.DISK_LOW, "312 MiB are free.")
        pause(officer.actor, Queue.EXPORT, why="the printer is being moved")
        app = EightBellsApp(store, offers_worker=False)
        app.session.person = officer
        yield app


@pytest.mark.parametrize(
    ("palette", "size"),
    [("day", SMALL), ("dusk", SMALL), ("night", SMALL), ("dusk", LARGE)],
    ids=["day", "dusk", "night", "large"],
)
def test_the_system_looks_right(
    an_engine_at_work: EightBellsApp, snap_compare: Compare, palette: str, size: tuple[int, int]
) -> None:
    an_engine_at_work.theme = palette
    ready = shows("[9 System]", "bridge-pc:4711", "the printer is being moved", press=("9",))
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=size)


@SIZES
def test_the_crew_looks_right(
    an_engine_at_work: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("[Crew]", "Anna Lindqvist", "PIN", press=("9", NEXT))
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=size)


@SIZES
def test_the_groups_look_right(
    an_engine_at_work: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("checks of the night", "1: ○ 1 queued", press=("4", NEXT))
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=size)


@SIZES
def test_the_schedules_look_right(
    an_engine_at_work: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("! 6 missed", "r runs once for all of them", press=("4", NEXT, NEXT))
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=size)


@SIZES
def test_the_failures_look_right(
    an_engine_at_work: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows("2 sorts of failure", "nobody yet; a says who", press=("4", BEFORE))
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=size)


@SIZES
def test_a_running_job_looks_right(
    an_engine_at_work: EightBellsApp, snap_compare: Compare, size: tuple[int, int]
) -> None:
    ready = shows(
        "run time 12 s", press=("4", "slash", *"status", "colon", *"running", "enter", "enter")
    )
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=size)


def test_the_system_looks_right_in_a_very_small_terminal(
    an_engine_at_work: EightBellsApp, snap_compare: Compare
) -> None:
    ready = shows("[9 System]", "all queues", press=("9",))
    assert snap_compare(an_engine_at_work, run_before=ready, terminal_size=(40, 10))

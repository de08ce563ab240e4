"""A disk with room for one page more each time: signing and export stop at every step there is.

Whenever it stops, it says so, the store opens and is whole, what was acknowledged is there, no
half-made file bears a name, and the same verb ends the work once there is room.
"""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage import database
from storage.audit.views import verify
from storage.database import quick_check
from storage.drafts.states import DraftState
from storage.drafts.views import draft
from storage.errors import StoreFull
from storage.handovers.exports import request_export
from storage.handovers.verification import verify_path
from storage.handovers.views import handover
from storage.jobs import actions
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobQuery
from storage.jobs.states import JobStatus
from storage.jobs.views import list_jobs
from tests.builders import a_captain, accepted, an_accepted_draft, countersigned, reviewed
from tests.builders import a_draft_in_review as in_review
from tests.clock import ShipClock
from tests.crash.conftest import Extent
from worker.registry import HANDLERS
from worker.runner import Runner
from worker.station import Station

PAGE = 4096


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of twelve megabytes, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    database.close()
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def made(tmp_path: Path, a_manned_store: Path) -> Callable[[Callable[[], str]], Path]:
    """A closed store with what a builder makes, and that draft's id beside it."""

    def make(build: Callable[[], str]) -> Path:
        home = tmp_path / "made"
        shutil.copytree(a_manned_store, home)
        database.open_store(home, clock=ShipClock())
        (home / "draft").write_text(build())
        database.close()
        return home

    return make


def put_on(disk: Path, made: Path) -> tuple[Path, str]:
    """A fresh copy of the store on the disk, open."""
    home = disk / "ship"
    database.close()
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(made, home)
    database.open_store(home, clock=ShipClock())
    return home, (home / "draft").read_text()


def fill_up_to(disk: Path, pages: int) -> Path:
    """Leave room for so many pages."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        free = shutil.disk_usage(disk).free - pages * PAGE
        file.write(bytes(free))
    return ballast


def is_whole() -> bool:
    return verify().ok and quick_check() == []


def runs_out_at_every_page(
    disk: Path, made: Path, step: int, verb: Callable[[str], object],
    holds: Callable[[Path, str, bool], None],
) -> int:  # fmt: skip
    """Do the verb with ever more room until it succeeds; the number of times it did not."""
    for failures, pages in enumerate(range(1, 2_000, step)):
        home, draft_id = put_on(disk, made)
        ballast = fill_up_to(disk, pages)
        try:
            verb(draft_id)
            done = True
        except (StoreFull, SystemExit):
            done = False
        ballast.unlink()
        database.close()
        database.open_store(home, clock=ShipClock())
        assert is_whole()
        holds(home, draft_id, done)
        if done:
            return failures
    raise AssertionError("it never had room enough")


@pytest.mark.parametrize("step", ["accept", "countersign"])
def test_a_signature_is_whole_or_not_there_wherever_the_disk_is_full(
    disk: Path, made: Callable[[Callable[[], str]], Path], extent: Extent, step: str
) -> None:
    builds, verb, ends = {
        "accept": (lambda: reviewed(in_review()), accepted, DraftState.ACCEPTED),
        "countersign": (an_accepted_draft, countersigned, DraftState.SIGNED),
    }[step]

    def holds(home: Path, draft_id: str, done: bool) -> None:
        state = draft(draft_id).state
        assert state is ends or not done, "it was acknowledged"
        if state is not ends:
            verb(draft_id)
        assert draft(draft_id).state is ends
        assert is_whole()

    assert runs_out_at_every_page(disk, made(builds), extent.pages, verb, holds) > 2


def an_export_is_asked_for_and_run(draft_id: str) -> None:
    """Ask for the files of a signed handover and work until there is nothing to do."""
    captain = a_captain()
    request_export(captain.actor, draft_id, "json")
    work()


def work() -> None:
    station = Station("pool-1")
    try:
        while jobs := actions.claim(station.worker_id):
            Runner(station, HANDLERS, lambda: True).run(jobs)
    finally:
        station.close()


def a_handover_with_its_set() -> str:
    draft_id = countersigned(an_accepted_draft())
    work()
    return draft_id


def test_an_export_is_whole_or_not_there_wherever_the_disk_is_full(
    disk: Path, made: Callable[[Callable[[], str]], Path], extent: Extent
) -> None:
    """I14: no file under a name of an export unless a row names it; the retry makes it."""

    def holds(home: Path, draft_id: str, done: bool) -> None:
        before = handover(draft_id).exports
        named = {home / export.path for export in before}
        assert all(verify_path(folder).ok for folder in named)
        for job in list_jobs(JobQuery(kind=JobKind.EXPORT_PREPARE)):
            if job.status is JobStatus.FAILED:
                actions.retry(a_captain().actor, job.job_id)
        actions.rescue_lost()
        if not any(export.type == "json" for export in before):
            an_export_is_asked_for_and_run(draft_id)
        (export,) = [one for one in handover(draft_id).exports if one.type == "json"]
        assert verify_path(home / export.path).ok
        assert list(home.glob("handover/**/.*")) == [], "something half-made lies about"
        assert is_whole()

    ready = made(a_handover_with_its_set)
    asked = an_export_is_asked_for_and_run
    assert runs_out_at_every_page(disk, ready, 4 * extent.pages, asked, holds) > 2

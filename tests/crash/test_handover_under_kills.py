"""kill -9 at random moments of generation and export: nothing half-made, the next worker ends it.

Each round starts a real pool in a process group of its own, lets it run for a random while, kills
the whole group, and then lets a second pool finish. `--long` makes it many more rounds.
"""

import os
import random
import signal
import time
from pathlib import Path

import pytest

from storage import database
from storage.audit.views import verify
from storage.drafts.states import DraftState
from storage.drafts.views import draft, list_drafts
from storage.handovers.verification import verify_path
from storage.handovers.views import handover
from storage.jobs.kinds import JobKind
from storage.jobs.record import JobRow
from storage.jobs.states import JobStatus
from storage.jobs.submission import submit
from storage.jobs.views import JobQuery, find_job, list_jobs
from storage.vessel.views import the_vessel
from tests.builders import a_second_officer, a_signed_handover, many_entries
from tests.conftest import store as store  # with a crew, unlike that of tests/crash
from worker.__main__ import main

ENTRIES = 60
LONGEST_S = 0.5


def a_pool(home: Path, *, drain: bool = False) -> int:
    """The process id of a real worker pool that leads its own process group."""
    database.close()
    pid = os.fork()
    if pid == 0:
        os.setsid()
        options = ["--home", str(home), "--workers", "1", "--log-level", "WARNING"]
        os._exit(main([*options, *(["--drain"] if drain else [])]))
    return pid


def killed_after(home: Path, seconds: float) -> None:
    """Run a pool for a while and kill all of it at once."""
    pid = a_pool(home)
    time.sleep(seconds)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def finished(home: Path) -> None:
    """Let a second pool finish whatever is left."""
    _, status = os.waitpid(a_pool(home, drain=True), 0)
    assert os.waitstatus_to_exitcode(status) == 0


def opened(home: Path) -> None:
    database.open_store(home)


def is_honest(job: JobRow) -> bool:
    """Completed, or failed with a reason a person can act on."""
    return job.status is JobStatus.COMPLETED or (
        job.status is JobStatus.FAILED and job.status_reason in ("worker_lost", "outcome_unknown")
    )


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> int:
    return 50 if request.config.getoption("--long") else 4


def test_i2_i6_a_pool_killed_while_drafting_leaves_no_partial_draft(
    store: Path, rounds: int
) -> None:
    chance = random.Random(8)
    many_entries(ENTRIES)
    for _ in range(rounds):
        submitted = submit(
            a_second_officer().actor, JobKind.HANDOVER_GENERATE, {},
            subject=the_vessel().id, vessel_id=the_vessel().id,
        )  # fmt: skip
        killed_after(store, chance.uniform(0.02, LONGEST_S))
        opened(store)
        assert all(_is_whole(summary.id) for summary in list_drafts())
        finished(store)
        opened(store)
        assert is_honest(find_job(submitted.job_id))
        many_entries(1)
    (only,) = list_drafts()
    assert only.state is DraftState.DRAFT
    assert verify().ok
    assert database.quick_check() == []


def test_i2_i14_a_pool_killed_while_exporting_leaves_no_partial_document(
    store: Path, rounds: int
) -> None:
    chance = random.Random(9)
    for _ in range(rounds):
        draft_id = a_signed_handover()
        killed_after(store, chance.uniform(0.02, LONGEST_S))
        finished(store)
        opened(store)
        assert is_honest(list_jobs(JobQuery(kind=JobKind.EXPORT_PREPARE))[0])
        (export,) = handover(draft_id).exports
        assert verify_path(store / export.path).ok
    assert list(store.glob("handover/**/.*.tmp")) == []
    assert verify().ok


def _is_whole(draft_id: str) -> bool:
    items = draft(draft_id).items().values()
    return len({i for item in items for i in item.sources.entries}) >= ENTRIES

"""A worker as a process of its own: it comes alive, ends with its console, and explains itself."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from console import worker_process
from console.workflows import known_workflows
from storage.audit.actor import SYSTEM
from storage.errors import Failed
from storage.jobs.actions import submit
from storage.jobs.kinds import JobKind
from storage.jobs.liveness import any_worker_alive
from storage.jobs.states import JobStatus
from storage.jobs.views import find_job, wait_for

ROOT = Path(__file__).parents[2]

STARTS_ONE_AND_SLEEPS = """
import sys, time
from pathlib import Path
from console import worker_process
from storage import database
home = Path(sys.argv[1])
database.open_store(home)
worker_process.wait_until_alive(worker_process.start(home))
print("alive", flush=True)
time.sleep(600)
"""


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it never came to be"
        time.sleep(0.02)


def test_what_lies_in_the_working_folder_is_never_taken_for_the_worker(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The console is started wherever somebody stands, on a stick too."""
    foreign = tmp_path / "worker" / "__init__.py"
    foreign.parent.mkdir()
    foreign.write_text("raise SystemExit('foreign code was run')\n")
    monkeypatch.chdir(tmp_path)
    assert known_workflows(store)


def test_a_worker_runs_for_the_length_of_a_block(store: Path) -> None:
    with worker_process.running(store):
        job = submit(SYSTEM, JobKind.DEBUG, {"message": "Ahoy"})
        assert wait_for(job.job_id, 60).status is JobStatus.COMPLETED
    assert not any_worker_alive()


def test_draining_runs_what_waits_and_ends(store: Path) -> None:
    job = submit(SYSTEM, JobKind.DEBUG, {})
    worker_process.drain(store)
    assert find_job(job.job_id).status is JobStatus.COMPLETED and not any_worker_alive()


def test_a_worker_that_cannot_run_is_quoted(empty_store: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    with pytest.raises(Failed, match="There is no store in"):
        worker_process.drain(nowhere)
    with pytest.raises(Failed, match="ended at once: store_missing"):
        worker_process.wait_until_alive(worker_process.start(nowhere))


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_worker_ends_with_the_console_that_started_it(store: Path, how: int) -> None:
    console = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE_AND_SLEEPS, str(store)],
        stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert console.stdout is not None and console.stdout.readline() == b"alive\n"
    assert any_worker_alive()
    console.send_signal(how)
    console.communicate()
    until(lambda: not any_worker_alive())


def test_stopping_lets_the_job_in_hand_end_whatever_thread_started_the_worker(store: Path) -> None:
    with ThreadPoolExecutor(1) as threads:
        worker = threads.submit(worker_process.start, store).result()
        threads.submit(worker_process.wait_until_alive, worker).result()
        job = submit(SYSTEM, JobKind.SLEEP, {"seconds": 1.0})
        until(lambda: find_job(job.job_id).status is JobStatus.RUNNING)
    worker.stop()
    assert find_job(job.job_id).status is JobStatus.COMPLETED and worker.has_ended()

"""A handler that misbehaves: a stated reason each, the worker survives, the next job runs."""

import dataclasses
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from storage.audit.actor import SYSTEM
from storage.audit.views import verify
from storage.jobs import actions, views
from storage.jobs.kinds import KINDS, JobKind
from storage.jobs.record import JobDetail
from storage.jobs.states import JobStatus
from tests.crash.conftest import Extent
from tests.crash.pool import Victim
from tests.worker.waiting import wait_until
from worker.handler import Reporter
from worker.registry import HANDLERS

CHUNK = 1 << 16
MEMORY = 1 << 30


def raises(extent: Extent) -> None:
    raise ValueError("pump <No 2>")


def hangs(extent: Extent) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(600)


def exits_hard(extent: Extent) -> None:
    os._exit(7)


def dies_of_a_signal(extent: Extent) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def forks(extent: Extent) -> str:
    for _ in range(3):
        if os.fork() == 0:
            return "from a grandchild"
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    return "from the child"


def prints(extent: Extent) -> str:
    for _ in range(extent.printed // CHUNK):
        sys.stdout.write("x" * CHUNK)
    return "printed"


def returns_what_cannot_cross(extent: Extent) -> Any:
    return threading.Lock()


def returns_what_json_cannot_hold(extent: Extent) -> Any:
    return {1, 2}


def returns_no_number(extent: Extent) -> Any:
    return float("nan")


def exhausts_memory(extent: Extent) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    hoard = []
    while True:
        hoard.append(bytearray(CHUNK * 16))


BAD = {
    body.__name__: body
    for body in (
        raises, hangs, exits_hard, dies_of_a_signal, forks, prints, returns_what_cannot_cross,
        returns_what_json_cannot_hold, returns_no_number, exhausts_memory,
    )
}  # fmt: skip

ENDINGS = {
    "raises": ("failed", "error", "pump <No 2>"),
    "hangs": ("failed", "timed_out", "It ran longer than 1 s and was stopped."),
    "exits_hard": ("failed", "crashed", "Its process left with exit code 7 and no result."),
    "dies_of_a_signal": ("failed", "crashed", "Its process was ended by signal 11 (SIGSEGV)."),
    "forks": ("completed", "completed", "from the child"),
    "prints": ("completed", "completed", "printed"),
    "returns_what_cannot_cross": ("failed", "error", "cannot pickle"),
    "returns_what_json_cannot_hold": ("failed", "error", "not JSON serializable"),
    "returns_no_number": ("failed", "error", "not JSON compliant"),
    "exhausts_memory": ("failed", "error", "MemoryError"),
}


@pytest.fixture
def one_worker(
    victim_of: Callable[..., Victim], extent: Extent, monkeypatch: pytest.MonkeyPatch
) -> Victim:
    """A pool of one worker: its `debug` jobs do what their message says, its `sleep` jobs hang."""
    impatient = dataclasses.replace(KINDS[JobKind.SLEEP], timeout_s=1)
    monkeypatch.setitem(KINDS, JobKind.SLEEP, impatient)

    def perform(given: Any, report: Reporter) -> Any:
        return BAD[given](extent) if given in BAD else given

    handler = SimpleNamespace(
        gather=lambda job: job.arguments.get("message", "hangs"),
        perform=perform,
        settle=lambda job, output: {"echo": output},
    )
    bad = dict.fromkeys((JobKind.DEBUG, JobKind.SLEEP), handler)
    return victim_of(size=1, handlers={**HANDLERS, **bad})


def ended(job_id: str) -> JobDetail:
    """The job, once it has ended."""
    wait_until(lambda: views.find_job(job_id).status not in (JobStatus.QUEUED, JobStatus.RUNNING))
    return views.show_job(job_id)


def test_whatever_a_handler_does_has_a_stated_end_and_the_next_job_runs(
    one_worker: Victim, extent: Extent
) -> None:
    workers = set()
    for name, ending in ENDINGS.items():
        request = ("sleep", {}) if name == "hangs" else ("debug", {"message": name})
        bad = actions.submit(SYSTEM, *request).job_id
        good = actions.submit(SYSTEM, "debug", {"message": "fair winds"}).job_id
        job, after = ended(bad), ended(good)
        said = str((job.result or {}).get("echo") or job.error)
        assert (job.status, job.status_reason) == ending[:2], said
        assert ending[2] in said or ending[2] in str(job.attempts[0].error_type)
        assert after.result == {"echo": "fair winds"}
        workers |= {attempt.pid for attempt in (*job.attempts, *after.attempts)}
    assert len(workers) == 1, "the worker survived all of them"
    assert verify().ok


def test_what_is_printed_is_kept_in_part(one_worker: Victim, extent: Extent) -> None:
    job = ended(actions.submit(SYSTEM, "debug", {"message": "prints"}).job_id)
    (line,) = [line for line in job.log if line.event == "printed"]
    assert f"printed {extent.printed // CHUNK * CHUNK} bytes" in line.message
    assert len(line.message) < 5_000

"""Jobs in every state, made by the store's own verbs as a worker would use them."""

from collections.abc import Iterator
from contextlib import contextmanager

from storage.jobs.actions import claim_next, fail, register_worker, submit
from storage.jobs.endings import Account, Failure
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob, LogEntry, Progress
from storage.jobs.states import Reason
from storage.jobs.telemetry import tell
from tests.builders import a_second_officer

WORKER = "worker-of-a-test"


@contextmanager
def a_worker() -> Iterator[str]:
    """A live worker: its lock is held until the block ends."""
    handle = take_lock(WORKER)
    register_worker(WORKER, "pool-of-a-test")
    try:
        yield WORKER
    finally:
        handle.close()


def a_queued_job(message: str = "hello", kind: str = "debug") -> str:
    """A job nobody has taken yet; its id."""
    arguments = {"message": message} if kind == "debug" else {}
    return submit(a_second_officer().actor, kind, arguments).job_id


def a_running_job(kind: str = "sleep") -> ClaimedJob:
    """A job in the hands of the worker of this test, 40 percent done."""
    submit(a_second_officer().actor, kind, {})
    job = claim_next(WORKER)
    assert job is not None
    progress = Progress(phase=job.spec.phases[0], current=4, total=10, unit="things")
    line = LogEntry(level="INFO", event="start", message="it begins")
    tell(job, progress, [line])
    return job


def a_failed_job(error: str = "the pump is dry") -> str:
    """A job that failed with this error; its id."""
    job = a_running_job()
    fail(job, Failure(Reason.ERROR, "RuntimeError", error, "Traceback: line 1"), Account())
    return job.job_id

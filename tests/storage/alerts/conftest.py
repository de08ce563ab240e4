"""A store whose clock stands still, and a worker that fails jobs on demand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.jobs.actions import claim_next, fail, submit
from storage.jobs.endings import Account, Failure
from storage.jobs.states import Reason
from tests.builders import a_second_officer
from tests.console.app.jobs import a_worker
from worker.watch import Watch

Fail = Callable[..., str]


@pytest.fixture
def failing(store: Path) -> Iterator[Fail]:
    """Fails one job with an error; its id."""

    def one(error: str = "the pump is dry", reason: str = Reason.ERROR, kind: str = "debug") -> str:
        submit(a_second_officer().actor, kind, {})
        job = claim_next(worker)
        assert job is not None
        fail(job, Failure(reason, "RuntimeError", error), Account())
        return job.job_id

    with a_worker() as worker:
        yield one


@pytest.fixture
def watch(store: Path) -> Iterator[Watch]:
    """The watch of this process."""
    watch = Watch()
    yield watch
    watch.close()

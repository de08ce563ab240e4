"""A real store in a temporary folder, and the people who act on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.audit.actor import Actor, ActorKind
from storage.jobs.actions import claim_next, register_worker
from storage.jobs.liveness import take_lock
from storage.jobs.record import ClaimedJob


@pytest.fixture
def store(bare_store: Path) -> Path:
    """Here a store has nothing in it."""
    return bare_store


@pytest.fixture
def operator() -> Actor:
    """A person at the console."""
    return Actor(kind=ActorKind.HUMAN, id="crew-1", name="Ada Okafor", role="2E")


@pytest.fixture
def worker(store: Path) -> Iterator[str]:
    """A live worker: its lock is held until the test ends."""
    handle = take_lock("worker-1")
    register_worker("worker-1", "pool-1")
    yield "worker-1"
    handle.close()


@pytest.fixture
def claim(worker: str) -> Callable[[], ClaimedJob]:
    """Claim the next job, which must be there."""

    def take() -> ClaimedJob:
        job = claim_next(worker)
        assert job is not None
        return job

    return take

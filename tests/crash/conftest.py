"""The crash suite: bounded by default; `--long` is the form run before a release."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.crash.pool import Victim


@dataclass(frozen=True)
class Extent:
    """How much is thrown at the store."""

    faults: int
    jobs: int


@pytest.fixture
def store(bare_store: Path) -> Path:
    """Here a store has nothing in it."""
    return bare_store


@pytest.fixture
def extent(request: pytest.FixtureRequest) -> Extent:
    """50 faults over 600 jobs; with `--long`, 5,000 over 50,000 (RELIABILITY §5)."""
    return Extent(5_000, 50_000) if request.config.getoption("--long") else Extent(50, 600)


@pytest.fixture
def victim(store: Path) -> Iterator[Victim]:
    """A running pool; nothing of it is left when the test ends."""
    victim = Victim(store)
    victim.start()
    yield victim
    if Path(f"/proc/{victim.pid}").exists():
        victim.kill_all()


@pytest.fixture
def chance() -> random.Random:
    """Different faults at every run; a failure prints the seed."""
    seed = random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}")
    return random.Random(seed)

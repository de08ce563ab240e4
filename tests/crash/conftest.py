"""The crash suite: bounded by default; `--long` is the form run before a release."""

import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.crash.pool import Victim


@dataclass(frozen=True)
class Extent:
    """How much is thrown at the store."""

    faults: int
    jobs: int
    power_cuts: int
    schedules: int  # orders of moves by workers, operator and reaper
    copies: int
    printed: int  # bytes one handler prints
    examples: int  # of the random verbs
    entries: int  # of one work order
    pages: int  # more on the disk each time it fills up


BOUNDED = Extent(
    faults=150,
    jobs=2_000,
    power_cuts=3_000,
    schedules=20_000,
    copies=12,
    printed=50_000_000,
    examples=60,
    entries=240,
    pages=3,
)
LONG = Extent(
    faults=5_000,
    jobs=50_000,
    power_cuts=100_000,
    schedules=1_000_000,
    copies=1_000,
    printed=1 << 30,
    examples=3_000,
    entries=5_000,
    pages=1,
)


@pytest.fixture
def store(bare_store: Path) -> Path:
    """Here a store has nothing in it."""
    return bare_store


@pytest.fixture
def extent(request: pytest.FixtureRequest) -> Extent:
    """What fits into every commit; with `--long`, what is run before a release (RELIABILITY §5)."""
    return LONG if request.config.getoption("--long") else BOUNDED


@pytest.fixture
def victim_of(store: Path) -> Iterator[Callable[..., Victim]]:
    """Starts pools; nothing of them is left when the test ends."""
    victims: list[Victim] = []

    def start(**traits: Any) -> Victim:
        victims.append(Victim(store, **traits))
        victims[-1].start()
        return victims[-1]

    yield start
    for victim in victims:
        if Path(f"/proc/{victim.pid}").exists():
            victim.kill_all()


@pytest.fixture
def victim(victim_of: Callable[..., Victim]) -> Victim:
    """A running pool of two workers."""
    return victim_of()


@pytest.fixture
def chance() -> random.Random:
    """Different faults at every run; a failure prints the seed, and `CRASH_SEED` brings it back."""
    seed = int(os.environ.get("CRASH_SEED") or random.SystemRandom().randrange(1 << 32))
    print(f"CRASH_SEED={seed}")
    return random.Random(seed)

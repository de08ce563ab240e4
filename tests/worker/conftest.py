"""A real store, and workers on it: one in this process, pools in processes of their own."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from worker.station import Station

ROOT = Path(__file__).parents[2]
StartPool = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def store(bare_store: Path) -> Path:
    """Here a store has nothing in it."""
    return bare_store


@pytest.fixture
def station(store: Path) -> Iterator[Station]:
    """This process as a worker."""
    station = Station("pool-here")
    yield station
    station.close()


@pytest.fixture
def start_pool(store: Path) -> Iterator[StartPool]:
    """Starts `python -m worker` on the store; what is left of it is killed when the test ends."""
    pools: list[subprocess.Popen[str]] = []

    def start(*options: str, **environment: str) -> subprocess.Popen[str]:
        pool = subprocess.Popen(
            [sys.executable, "-m", "worker", "--home", str(store), *options],
            cwd=ROOT,
            env={**os.environ, **environment},
            stderr=subprocess.PIPE,
            text=True,
        )
        pools.append(pool)
        return pool

    yield start
    for pool in pools:
        if pool.poll() is None:
            pool.send_signal(signal.SIGKILL)
        pool.communicate()

"""Bare SqliteHuey with our pragmas: the peer the job engine is measured against."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey.api import SqliteHuey
from huey.storage import SqliteStorage

from storage.engine import PRAGMAS


def run(
    path: Path, jobs: int, workers: int, synchronous: str, rate: Callable[..., float],
    until: Callable[[Callable[[], bool]], None],
) -> tuple[float, float]:  # fmt: skip
    """Submitted and run a second, by tasks that do nothing in a pool of processes."""
    huey = SqliteHuey("bench", filename=str(path), storage_class=_storage(synchronous))

    @huey.task()  # type: ignore[untyped-decorator]
    def nothing() -> None:
        pass

    submitted = rate(jobs, lambda: [nothing() for _ in range(jobs)])
    huey.storage.close()
    pid = os.fork()
    if pid == 0:
        huey.create_consumer(workers=workers, worker_type="process", periodic=False).run()
        os._exit(0)
    until(lambda: huey.pending_count() < jobs)
    ran = rate(jobs, lambda: until(lambda: huey.pending_count() == 0))
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)
    huey.storage.close()
    return submitted, ran


def _storage(synchronous: str) -> type[SqliteStorage]:
    class Storage(SqliteStorage):
        def _create_connection(self) -> Any:
            connection: Any = super()._create_connection()  # type: ignore[no-untyped-call]
            for name, value in {**PRAGMAS, "synchronous": synchronous}.items():
                connection.execute(f"PRAGMA {name} = {value}")
            return connection

    return Storage

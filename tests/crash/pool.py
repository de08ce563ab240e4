"""A real pool to be hurt: its processes by name, and the faults that befall them."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from storage import database
from storage.jobs import views
from worker import logs
from worker.guard import open_guarded
from worker.queue import run_pool
from worker.registry import HANDLERS, Handlers
from worker.tenure import Tenure

WORKERS = 2


@dataclass
class Victim:
    """One pool on one store: a forked process, so that a new one is there in no time."""

    home: Path
    pid: int = 0
    size: int = WORKERS
    handlers: Handlers = field(default_factory=lambda: HANDLERS)

    def start(self, *, drain: bool = False) -> None:
        """Fork a pool, as `python -m worker` would be after its imports."""
        database.disconnect()
        self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                self._be_the_pool(drain)
                code = 0
            finally:
                os._exit(code)

    def _be_the_pool(self, drain: bool) -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        logs.set_up(self.home, "CRITICAL")
        open_guarded(self.home)
        no_limit = Tenure(megabytes=None)  # it carries all of the tests' memory
        run_pool(self.size, drain=drain, handlers=self.handlers, tenure=no_limit)

    def wait(self) -> int:
        """The exit code of the pool's parent process."""
        _, status = os.waitpid(self.pid, 0)
        return os.waitstatus_to_exitcode(status)

    def workers(self) -> list[int]:
        """The worker processes that live."""
        return [row.pid for row in views.workers() if row.alive]

    def clock(self) -> list[int]:
        """Huey's scheduler process: the parent's child that is no worker."""
        return [pid for pid in children(self.pid) if pid not in self.workers()]

    def job_children(self) -> list[int]:
        """The processes that run a job's body."""
        return [child for worker in self.workers() for child in children(worker)]

    def everyone(self) -> list[int]:
        """All of them, the parent first."""
        family = [self.pid, *children(self.pid)]
        return [*family, *(child for pid in family[1:] for child in children(pid))]

    def kill_parent(self) -> None:
        """The parent only; the kernel takes the rest (RELIABILITY §1.8)."""
        kill([self.pid])
        self.wait()

    def kill_all(self) -> None:
        """All at once, as a power cut would."""
        kill(self.everyone())
        self.wait()


def children(pid: int) -> list[int]:
    """The processes a process has made and not yet reaped."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for child in text.split()]


def kill(pids: list[int], number: int = signal.SIGKILL) -> None:
    """Send a signal to those that are still there."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)


def faults(victim: Victim, chance: random.Random) -> list[Callable[[], None]]:
    """The faults to choose from; a fault that is listed twice is twice as likely."""

    def one_of(pids: Callable[[], list[int]]) -> Callable[[], None]:
        def strike() -> None:
            found = pids()
            kill([chance.choice(found)] if found else [])

        return strike

    def freeze() -> None:
        """For as long as it takes; it may be the one whose turn it is to write."""
        found = victim.workers()
        kill(found[:1], signal.SIGSTOP)
        time.sleep(chance.uniform(0.05, 0.3))
        kill(found[:1], signal.SIGCONT)

    def parent() -> None:
        victim.kill_parent()
        victim.start()

    def everyone() -> None:
        victim.kill_all()
        victim.start()

    worker, child = one_of(victim.workers), one_of(victim.job_children)
    clock = one_of(victim.clock)
    return [worker, worker, worker, child, child, clock, freeze, freeze, parent, everyone]

"""A worker's standing: the lock that proves it lives, the bell it listens to, its heartbeat."""

import select
import time

from storage.database import home
from storage.errors import StoreError
from storage.identity import new_id
from storage.jobs import doorbell
from storage.jobs.actions import beat, register_worker, sign_off
from storage.jobs.liveness import take_lock
from storage.translation import translated

BEAT_S = 10.0
DRAINED = "drained"


class Station:
    """One per worker process, opened after the fork: a lock taken before would be shared."""

    def __init__(self, pool_id: str) -> None:
        """Begin work.

        Raises:
            StoreError: there is no room or no leave for the lock, or nobody to write it to.
        """
        self.worker_id = new_id()
        self.jobs_begun = 0
        with translated(home()):
            self._lock = take_lock(self.worker_id)
            self._bell = doorbell.hang(self.worker_id)
        try:
            register_worker(self.worker_id, pool_id)
        except StoreError:
            self._put_away()
            raise
        self._beat_at = time.monotonic() + BEAT_S

    def wait(self, seconds: float) -> None:
        """Sleep until the bell rings, at most `seconds`."""
        select.select([self._bell], [], [], max(0.0, seconds))
        doorbell.quieten(self._bell)

    def beat_if_due(self) -> None:
        """Every ten seconds, say that this worker is still here (JOBS §5)."""
        now = time.monotonic()
        if now >= self._beat_at:
            self._beat_at = now + BEAT_S
            beat(self.worker_id)

    def is_cut_off(self) -> bool:
        """Whether the lock was lost: to everybody else this worker is dead, and it has to leave."""
        return self._lock.is_cut_off()

    def close(self, why: str = DRAINED) -> None:
        """Sign off, saying why, and let the lock go."""
        try:
            sign_off(self.worker_id, why)
        finally:
            self._put_away()

    def _put_away(self) -> None:
        self._bell.close()
        self._lock.close()
